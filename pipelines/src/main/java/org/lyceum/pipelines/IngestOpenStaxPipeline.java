package org.lyceum.pipelines;

import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.DeliveryIngest;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.io.FindObjects;
import org.lyceum.transforms.io.FoundObjects;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.CommitRun;
import org.lyceum.transforms.land.DayBatch;
import org.lyceum.transforms.land.DayPlan;
import org.lyceum.transforms.land.DayUnit;
import org.lyceum.transforms.land.LandObjects;
import org.lyceum.transforms.land.SpreadUnits;
import org.lyceum.transforms.parse.Formats;
import org.lyceum.transforms.parse.StoredParser;

/**
 * {@code make ingest-openstax}: stored days of OpenStax events in; rows of events.openstax_event,
 * failed records and books out.
 */
public final class IngestOpenStaxPipeline {
  static final String FORMAT = "openstax_parquet";

  private IngestOpenStaxPipeline() {}

  public static void main(String[] args) {
    PipelineOptionsFactory.register(LyceumOptions.IngestOpenStax.class);
    Exit.with(
        () -> {
          var options =
              PipelineOptionsFactory.fromArgs(args).as(LyceumOptions.IngestOpenStax.class);
          IngestOpenStaxConfig config = IngestOpenStaxConfig.from(options, System.getenv());
          return run(Lake.fromEnvironment(), options, config, DayPlan.Limits.DEFAULT);
        });
  }

  static Exit.Outcome run(
      Lake lake,
      LyceumOptions.IngestOpenStax options,
      IngestOpenStaxConfig config,
      DayPlan.Limits limits)
      throws IOException {
    StoredParser parser = Formats.storedParser(FORMAT);
    FoundObjects found =
        FindObjects.of(config.input(), config.from(), config.to(), parser::event, config.s3());
    boolean isAllDays = config.from() == null && config.to() == null;
    if (isAllDays && found.objects().isEmpty() && found.misplaced().isEmpty()) {
      throw new Refusal(
          Exit.WRONG_USE, "input " + config.input() + ": there are no Parquet files below it");
    }
    var what =
        new DeliveryIngest.What(
            parser.contract(),
            parser.version(),
            CommitRequest.Kind.DAY,
            config.feed(),
            config.reason(),
            config.force(),
            config.replace());
    return DeliveryIngest.<DayBatch>of("ingest-openstax", what, lake, options)
        .run(
            ledger ->
                DayPlan.of(found, config.feed(), ledger, parser.version(), config.force(), limits),
            (pipeline, batch, request) -> build(pipeline, batch, request, lake, config));
  }

  /** One batch: its days are landed side by side, then committed at once. */
  static void build(
      Pipeline pipeline,
      DayBatch batch,
      CommitRequest request,
      Lake lake,
      IngestOpenStaxConfig config) {
    pipeline
        .apply("SpreadUnits", SpreadUnits.of(DayUnit.class, batch.units()))
        .apply("LandObjects", LandObjects.with(lake, config.s3(), FORMAT, request.run().runId()))
        .apply("CommitRun", CommitRun.to(lake, request));
  }
}
