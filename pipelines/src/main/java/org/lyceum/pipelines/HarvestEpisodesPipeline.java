package org.lyceum.pipelines;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.HarvestRun;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.documents.ElasticsearchClient;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.lake.HarvestStep;
import org.lyceum.transforms.land.SpreadUnits;
import org.lyceum.transforms.opencast.HarvestActions;
import org.lyceum.transforms.opencast.HarvestEpisodes;
import org.lyceum.transforms.opencast.HeldEpisodes;
import org.lyceum.transforms.opencast.OpencastStep;

/**
 * {@code make harvest-episodes}: episodes of a host, with the workflows that published them, in;
 * rows of events.opencast_episode, failed records and books out, and documents for who takes them.
 */
public final class HarvestEpisodesPipeline {
  /** They are read in some minutes, so that a run that ends early has not read much in vain. */
  private static final int EPISODES_OF_A_COMMIT = 200;

  private HarvestEpisodesPipeline() {}

  public static void main(String[] args) {
    PipelineOptionsFactory.register(LyceumOptions.HarvestEpisodes.class);
    Exit.with(
        () -> {
          var options =
              PipelineOptionsFactory.fromArgs(args).as(LyceumOptions.HarvestEpisodes.class);
          HarvestEpisodesConfig config =
              HarvestEpisodesConfig.from(
                  options, System.getenv(), HttpSettings.defaults(), Clock.systemUTC());
          return run(Lake.fromEnvironment(), options, config);
        });
  }

  static Exit.Outcome run(
      Lake lake, LyceumOptions.HarvestEpisodes options, HarvestEpisodesConfig config)
      throws IOException {
    Lake target = config.outputs().hasLake() ? lake : null;
    List<HarvestEpisodes.Some> parts = parts(mpids(lake, config));
    return HarvestRun.start(
            "harvest-episodes", target, options, config.feed(), config.reason(), config.replace())
        .run(
            parts,
            (pipeline, some, step) -> build(pipeline, some, step, target, config),
            HarvestActions.class,
            HarvestEpisodes.MISSING_EPISODES,
            count -> "the host does not have " + count + " episodes");
  }

  private static Collection<String> mpids(Lake lake, HarvestEpisodesConfig config)
      throws IOException {
    if (!config.mpids().isEmpty()) {
      return config.mpids();
    }
    HarvestEpisodesConfig.Watched watched = config.watched();
    if (watched.elasticsearch() != null) {
      try (ElasticsearchClient client = ElasticsearchClient.open(watched.elasticsearch())) {
        return client.values(watched.indexes(), "mpid");
      }
    }
    try (RESTCatalog catalog = lake.connect()) {
      return new HeldEpisodes(catalog, config.feed()).watched(watched.from(), watched.to());
    }
  }

  private static List<HarvestEpisodes.Some> parts(Collection<String> mpids) {
    List<String> all = new ArrayList<>(mpids);
    List<HarvestEpisodes.Some> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += EPISODES_OF_A_COMMIT) {
      parts.add(
          new HarvestEpisodes.Some(all.subList(i, Math.min(all.size(), i + EPISODES_OF_A_COMMIT))));
    }
    return parts;
  }

  /** Some episodes: they are read, their documents are sent, then they are committed at once. */
  static void build(
      Pipeline pipeline,
      HarvestEpisodes.Some some,
      HarvestStep step,
      Lake lake,
      HarvestEpisodesConfig config) {
    OpencastStep opencast =
        new OpencastStep(step, config.access(), lake, config.outputs().hasDocuments());
    PCollectionTuple read =
        pipeline
            .apply("SpreadEpisodes", SpreadUnits.of(HarvestEpisodes.Some.class, List.of(some)))
            .apply("HarvestEpisodes", HarvestEpisodes.with(opencast));
    String index = config.targetIndex();
    PCollection<Document> documents =
        read.get(HarvestEpisodes.DOCUMENTS)
            .apply(
                "NameIndex",
                MapElements.into(TypeDescriptor.of(Document.class))
                    .via(document -> document.in(index)));
    config.outputs().sendThenCommit(documents, read.get(HarvestEpisodes.LANDED), lake, step);
  }
}
