package org.lyceum.pipelines.run;

import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pipeline from its start to its end. */
final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

  private PipelineRun() {}

  /**
   * Runs it until it is done. Where it fails, or this thread is interrupted, it is cancelled: the
   * Direct runner would go on in the background, and commit.
   *
   * @throws Refusal when it ends in another state
   */
  static PipelineResult toItsEnd(Pipeline pipeline) {
    PipelineResult result = pipeline.run();
    PipelineResult.State state = null;
    try {
      state = result.waitUntilFinish();
    } finally {
      if (state == null) {
        cancel(result);
      }
    }
    if (state != PipelineResult.State.DONE) {
      throw new Refusal(
          Exit.FAILED, "the runner ended in state " + state + "; earlier commits of the run stand");
    }
    return result;
  }

  private static void cancel(PipelineResult result) {
    boolean isInterrupted = Thread.interrupted(); // what is open could not be closed under it
    try {
      result.cancel();
    } catch (IOException | RuntimeException e) {
      LOG.debug("the runner could not be cancelled", e);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
