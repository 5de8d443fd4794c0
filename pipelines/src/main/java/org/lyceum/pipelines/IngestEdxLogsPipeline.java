package org.lyceum.pipelines;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.DeliveryIngest;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.io.FindFiles;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.CommitRun;
import org.lyceum.transforms.land.LandLogs;
import org.lyceum.transforms.land.LandUnit;
import org.lyceum.transforms.land.LogBatch;
import org.lyceum.transforms.land.LogPlan;
import org.lyceum.transforms.land.SpreadUnits;
import org.lyceum.transforms.parse.Formats;
import org.lyceum.transforms.parse.RecordParser;

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
          return run(Lake.fromEnvironment(), options, config, LogPlan.Limits.DEFAULT);
        });
  }

  static Exit.Outcome run(
      Lake lake,
      LyceumOptions.IngestEdxLogs options,
      IngestEdxLogsConfig config,
      LogPlan.Limits limits)
      throws IOException {
    RecordParser parser = Formats.parser(FORMAT);
    List<LogFile> files = FindFiles.of(config.input());
    var what =
        new DeliveryIngest.What(
            parser.contract(),
            parser.version(),
            CommitRequest.Kind.FILE,
            config.feed(),
            config.reason(),
            config.force(),
            config.replace());
    return DeliveryIngest.<LogBatch>of("ingest-edx-logs", what, lake, options)
        .run(
            ledger ->
                LogPlan.of(
                    files,
                    config.feed(),
                    ledger,
                    parser.version(),
                    config.force(),
                    config.replace(),
                    limits),
            (pipeline, batch, request) -> build(pipeline, batch, request, lake, config));
  }

  /** One batch: its logs are landed side by side, then committed at once. */
  static void build(
      Pipeline pipeline,
      LogBatch batch,
      CommitRequest request,
      Lake lake,
      IngestEdxLogsConfig config) {
    pipeline
        .apply("SpreadUnits", SpreadUnits.of(LandUnit.class, batch.units()))
        .apply("LandLogs", LandLogs.with(lake, FORMAT, request.run().runId(), config.columns()))
        .apply("CommitRun", CommitRun.to(lake, request));
  }
}
