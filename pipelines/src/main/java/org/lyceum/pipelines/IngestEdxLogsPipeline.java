package org.lyceum.pipelines;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.LogIngest;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.CommitRun;
import org.lyceum.transforms.land.LandLogs;
import org.lyceum.transforms.land.LandUnit;
import org.lyceum.transforms.land.LogBatch;
import org.lyceum.transforms.land.SpreadUnits;

/**
 * {@code make ingest-edx-logs}: edX tracking logs in; rows of events.edx_tracking_log, failed
 * records and books out.
 */
public final class IngestEdxLogsPipeline {
  static final String FORMAT = "edx_tracking_log";

  private IngestEdxLogsPipeline() {}

  public static void main(String[] args) {
    PipelineOptionsFactory.register(LyceumOptions.IngestEdxLogs.class);
    Exit.with(
        () -> {
          var options = PipelineOptionsFactory.fromArgs(args).as(LyceumOptions.IngestEdxLogs.class);

          IngestEdxLogsConfig config = IngestEdxLogsConfig.from(options, System.getenv());
          Lake lake = Lake.fromEnvironment();
          return LogIngest.of("ingest-edx-logs", FORMAT, lake, options)
              .run(
                  config.input(),
                  config.feed(),
                  config.reason(),
                  config.force(),
                  config.replace(),
                  (pipeline, batch, request) -> build(pipeline, batch, request, lake, config));
        });
  }

  /** One batch: its logs are landed side by side, then committed at once. */
  static void build(
      Pipeline pipeline,
      LogBatch batch,
      CommitRequest request,
      Lake lake,
      IngestEdxLogsConfig config) {
    pipeline
        .apply("SpreadUnits", SpreadUnits.of(batch.units(), LandUnit.class))
        .apply("LandLogs", LandLogs.with(lake, FORMAT, request.run().runId(), config.columns()))
        .apply("CommitRun", CommitRun.to(lake, request));
  }
}
