package org.lyceum.pipelines;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.stack.TestKafka;
import org.lyceum.transforms.lake.StateBook;

/** The real pipeline over a broker's topics, into a lake. */
record TopicSchool(TestKafka kafka, Producer producer, Lake lake) {

  /** What happens beside a stream. */
  interface Action {
    void act() throws Exception;
  }

  /** What the pipeline is to be told, to read all topics of the test. */
  String[] arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--on=direct",
                "--feed=school",
                "--bootstrap=" + kafka.bootstrapServers(),
                "--topics=" + String.join(",", producer.topics())));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** Runs the pipeline in this JVM over all topics of the test. */
  Exit.Outcome ingest(String... more) throws Exception {
    var options =
        PipelineOptionsFactory.fromArgs(arguments(more)).as(LyceumOptions.IngestKafka.class);
    return IngestKafkaPipeline.ingest(IngestKafkaConfig.from(options, Map.of()), lake, options);
  }

  /** Follows while something happens, until the lake holds so many offsets in all. */
  void follow(long offsets, Action meanwhile, String... more) throws Exception {
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread stream = start(failure, more);
    try {
      meanwhile.act();
      awaitHeld(offsets);
    } catch (AssertionError e) {
      throw failure.get() == null ? e : new AssertionError("the stream ended", failure.get());
    } finally {
      stream.interrupt();
      stream.join();
      DirectWorkers.awaitTheirEnd();
    }
  }

  /** Follows while something happens that ends the stream; what it ended with. */
  Exception followToItsEnd(Action meanwhile) throws Exception {
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread stream = start(failure);
    try {
      meanwhile.act();
      stream.join(TimeUnit.MINUTES.toMillis(3));
    } finally {
      stream.interrupt();
      stream.join();
      DirectWorkers.awaitTheirEnd();
    }
    return failure.get();
  }

  private Thread start(AtomicReference<Exception> failure, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--interval=1"));
    arguments.addAll(List.of(more));
    Thread stream =
        new Thread(
            () -> {
              try {
                ingest(arguments.toArray(String[]::new));
              } catch (Exception e) {
                failure.set(e);
              }
            },
            "stream");
    stream.start();
    return stream;
  }

  /** Waits until the lake holds so many offsets of all partitions. */
  void awaitHeld(long offsets) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (held() < offsets) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the lake holds " + held() + " offsets of " + offsets);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private long held() throws IOException {
    try (RESTCatalog catalog = lake.connect()) {
      return StateBook.read(catalog).values().stream().mapToLong(StateBook.Held::end).sum();
    }
  }
}
