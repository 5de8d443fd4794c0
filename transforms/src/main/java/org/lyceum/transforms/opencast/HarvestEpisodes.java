package org.lyceum.transforms.opencast;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.lake.CommitHarvest.Listings;

/**
 * Media packages in; their episodes, landed, and a document of each out. An episode that the host
 * does not have is counted, and stays in the lake as it is.
 */
public final class HarvestEpisodes
    extends PTransform<PCollection<HarvestEpisodes.Some>, PCollectionTuple> {
  private static final long serialVersionUID = 1;

  /** What was read, to be committed; nothing without a lake. */
  public static final TupleTag<Listings> LANDED = new TupleTag<>() {};

  /** One for each row; none if nobody wants them. */
  public static final TupleTag<Document> DOCUMENTS = new TupleTag<>() {};

  /** Counts media packages that the host does not have. */
  public static final String MISSING_EPISODES = HarvestActions.MISSING_EPISODES;

  private final OpencastStep step;

  /** Some media packages, which go into one commit. */
  public record Some(List<String> mpids) implements Serializable {
    public Some {
      mpids = List.copyOf(mpids);
    }
  }

  private HarvestEpisodes(OpencastStep step) {
    this.step = step;
  }

  public static HarvestEpisodes with(OpencastStep step) {
    return new HarvestEpisodes(step);
  }

  @Override
  public PCollectionTuple expand(PCollection<Some> some) {
    PCollectionTuple read =
        some.apply(
            "ReadEpisodes",
            ParDo.of(new ReadFn(step)).withOutputTags(LANDED, TupleTagList.of(DOCUMENTS)));
    read.get(LANDED).setCoder(SerializableCoder.of(Listings.class));
    return read;
  }

  private static final class ReadFn extends DoFn<Some, Listings> {
    private static final long serialVersionUID = 1;

    private final OpencastStep step;
    private final Counter missing = Metrics.counter(HarvestActions.class, MISSING_EPISODES);

    ReadFn(OpencastStep step) {
      this.step = step;
    }

    @ProcessElement
    public void read(@Element Some some, MultiOutputReceiver out) throws IOException {
      RunEpisodes episodes = RunEpisodes.of(step.harvest().run().runId(), step.harvest().feed());
      try (HttpSession session = step.access().open()) {
        episodes.read(new OpencastClient(session, step.access().hosts()), some.mpids());
      } catch (HttpFailureException e) {
        throw new Refusal(Exit.FAILED, e.getMessage(), e);
      }
      long found = episodes.found(some.mpids()).size();
      missing.inc(some.mpids().size() - found);
      if (step.hasDocuments()) {
        episodes
            .rows(some.mpids())
            .values()
            .forEach(row -> out.get(DOCUMENTS).output(EpisodeDocument.of(row)));
      }
      if (step.lake() != null) {
        try (RESTCatalog catalog = step.lake().connect()) {
          out.get(LANDED)
              .output(
                  new Listings(
                      List.of(
                          EpisodeScope.harvested(
                              catalog, step.harvest(), episodes, some.mpids()))));
        }
      }
    }
  }
}
