package org.lyceum.pipelines;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.HarvestRun;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.lake.HarvestState;
import org.lyceum.transforms.lake.HarvestStep;
import org.lyceum.transforms.land.SpreadUnits;
import org.lyceum.transforms.opencast.ActionPlan;
import org.lyceum.transforms.opencast.ActionWindow;
import org.lyceum.transforms.opencast.HarvestActions;
import org.lyceum.transforms.opencast.OpencastStep;

/**
 * {@code make harvest-opencast}: a host's user actions in; rows of events.opencast_useraction and
 * of the episodes that they name, failed records, books and the watermark out, and documents for
 * who takes them.
 */
public final class HarvestOpencastPipeline {
  private HarvestOpencastPipeline() {}

  public static void main(String[] args) {
    PipelineOptionsFactory.register(LyceumOptions.HarvestOpencast.class);
    Exit.with(
        () -> {
          var options =
              PipelineOptionsFactory.fromArgs(args).as(LyceumOptions.HarvestOpencast.class);
          HarvestOpencastConfig config =
              HarvestOpencastConfig.from(options, System.getenv(), HttpSettings.defaults());
          return run(Lake.fromEnvironment(), options, config);
        });
  }

  static Exit.Outcome run(
      Lake lake, LyceumOptions.HarvestOpencast options, HarvestOpencastConfig config)
      throws IOException {
    Lake target = config.outputs().hasLake() ? lake : null;
    Optional<Instant> watermark = watermark(target, config.feed());
    ActionPlan plan =
        ActionPlan.of(
            config.asked(),
            config.access().hostTime(),
            watermark,
            target == null || watermark.isPresent() ? Optional.empty() : config.stored());
    return HarvestRun.start(
            "harvest-opencast", target, options, config.feed(), config.reason(), config.replace())
        .run(
            plan.windows(),
            (pipeline, window, step) ->
                build(pipeline, window, step, target, config, plan.isNewWatermark()),
            HarvestActions.class,
            HarvestActions.MISSING_EPISODES,
            count -> "the host does not have " + count + " episodes");
  }

  private static Optional<Instant> watermark(Lake lake, String feed) throws IOException {
    if (lake == null) {
      return Optional.empty();
    }
    try (RESTCatalog catalog = lake.connect()) {
      return HarvestState.read(catalog, "opencast", feed).watermark(OpencastStep.WATERMARK);
    }
  }

  /** One window: it is read, its documents are sent, then it is committed at once. */
  static void build(
      Pipeline pipeline,
      ActionWindow window,
      HarvestStep step,
      Lake lake,
      HarvestOpencastConfig config,
      boolean isNewWatermark) {
    OpencastStep opencast =
        new OpencastStep(step, config.access(), lake, config.outputs().hasDocuments());
    HarvestActions.Reading reading =
        new HarvestActions.Reading(config.batchSize(), config.episodesExpire(), isNewWatermark);
    PCollectionTuple read =
        pipeline
            .apply("SpreadWindows", SpreadUnits.of(ActionWindow.class, List.of(window)))
            .apply("HarvestActions", HarvestActions.with(opencast, reading));
    config
        .outputs()
        .sendThenCommit(
            read.get(HarvestActions.DOCUMENTS), read.get(HarvestActions.LANDED), lake, step);
  }
}
