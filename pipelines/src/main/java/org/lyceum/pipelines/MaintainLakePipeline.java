package org.lyceum.pipelines;

import java.io.IOException;
import java.time.Clock;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.pipelines.run.Runs;
import org.lyceum.transforms.lake.RunInfo;
import org.lyceum.transforms.lake.Upkeep;

/**
 * {@code make maintain}: the lake in; the same rows in fewer files, without old snapshots and
 * orphans, and a line for each promise that was checked, out.
 */
public final class MaintainLakePipeline {
  private MaintainLakePipeline() {}

  public static void main(String[] args) {
    PipelineOptionsFactory.register(LyceumOptions.MaintainLake.class);
    Exit.with(
        () -> {
          var options = PipelineOptionsFactory.fromArgs(args).as(LyceumOptions.MaintainLake.class);
          return run(Lake.fromEnvironment(), MaintainLakeConfig.from(options), Clock.systemUTC());
        });
  }

  static Exit.Outcome run(Lake lake, MaintainLakeConfig config, Clock clock) throws IOException {
    RunInfo run = Runs.start("maintain", clock);
    try (RESTCatalog catalog = lake.connect()) {
      boolean isSound = Upkeep.run(catalog, run, config.ages(), clock, System.err::println);
      return isSound
          ? new Exit.Outcome(Exit.DONE, "the lake is tidy and its books are right")
          : new Exit.Outcome(Exit.FAILED, "the lake breaks a promise: see check FAILED above");
    }
  }
}
