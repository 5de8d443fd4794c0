package org.lyceum.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.pipelines.DirectWorkers;

class PipelineRunTest {
  private static final CountDownLatch FIRST = new CountDownLatch(1);

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void nothingGoesOnInTheBackgroundWhenTheThreadIsInterrupted() throws Exception {
    LyceumOptions.IngestKafka options =
        PipelineOptionsFactory.fromArgs("--on=direct").as(LyceumOptions.IngestKafka.class);
    Runner.choose(options);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(GenerateSequence.from(0)).apply(ParDo.of(new Notice()));
    AtomicReference<Exception> end = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                PipelineRun.toItsEnd(pipeline);
              } catch (RuntimeException e) {
                end.set(e);
              }
            });
    thread.start();
    FIRST.await();

    thread.interrupt();
    thread.join();

    assertInstanceOf(InterruptedException.class, end.get().getCause());
    DirectWorkers.awaitTheirEnd();
  }

  private static final class Notice extends DoFn<Long, Void> {
    @ProcessElement
    public void process() {
      FIRST.countDown();
    }
  }
}
