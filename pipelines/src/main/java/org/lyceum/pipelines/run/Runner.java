package org.lyceum.pipelines.run;

import java.util.Locale;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions.CheckEnabled;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.io.S3Settings;
import software.amazon.awssdk.regions.Region;

/** Where a pipeline runs, and the settings that go with it. */
public enum Runner {
  /** Inside this process. */
  DIRECT {
    @Override
    void configure(PipelineOptions options) {
      options.setRunner(DirectRunner.class);
      DirectOptions direct = options.as(DirectOptions.class);
      // the two checks encode and compare every element: a tenth of the speed; tests keep them on
      direct.setEnforceImmutability(false);
      direct.setEnforceEncodability(false);
      direct.setBlockOnRun(false); // else nobody holds what could be cancelled
      direct.setTargetParallelism(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }
  },
  /** Embedded, or a cluster when --flinkMaster names one. */
  FLINK {
    @Override
    void configure(PipelineOptions options) {
      options.setRunner(FlinkRunner.class);
      FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
      if ("[auto]".equals(flink.getFlinkMaster())) {
        flink.setFlinkMaster("[local]");
      }
      if (flink.getParallelism() < 1) {
        flink.setParallelism(Runtime.getRuntime().availableProcessors());
      }
      flink.setObjectReuse(true);
      flink.setFasterCopy(true);
    }
  };

  abstract void configure(PipelineOptions options);

  /** The name as a person writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Chooses by name and sets the options. */
  public static Runner choose(LyceumOptions options) {
    for (Runner runner : values()) {
      if (runner.label().equals(options.getOn())) {
        options.setStableUniqueNames(CheckEnabled.ERROR);
        // Beam's own file system for S3 would ask the network for a region, at each start.
        options
            .as(AwsOptions.class)
            .setAwsRegion(Region.of(S3Settings.of(System.getenv()).region()));
        runner.configure(options);
        return runner;
      }
    }
    throw new Refusal(Exit.WRONG_USE, "RUNNER=" + options.getOn() + ": it is direct or flink");
  }
}
