package org.lyceum.pipelines.run;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.lyceum.furniture.RunId;
import org.lyceum.transforms.lake.RunInfo;

/** Runs that need no runner. */
public final class Runs {
  private Runs() {}

  /** A run of this process that starts now. */
  public static RunInfo start(String pipeline, Clock clock) {
    return new RunInfo(
        RunId.start(),
        pipeline,
        "direct",
        TimeUnit.MILLISECONDS.toMicros(clock.millis()),
        Version.current(),
        null);
  }
}
