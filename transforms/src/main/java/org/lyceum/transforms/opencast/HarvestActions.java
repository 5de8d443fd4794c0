package org.lyceum.transforms.opencast;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
import org.lyceum.catalog.Row;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.lake.CommitHarvest.Listings;
import org.lyceum.transforms.lake.Harvested;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.lake.RestCommit;
import org.lyceum.transforms.lake.RestScope;
import org.lyceum.transforms.lake.StateBook;
import org.lyceum.transforms.land.LandHarvest;

/**
 * A window in; what a host lists of it, landed, and its documents, enriched with their episodes,
 * out. Episodes that the lake does not hold, or holds for too long, are read and landed with it. A
 * host's fault stops the step, with one clear sentence, and nothing of it is committed.
 */
public final class HarvestActions
    extends PTransform<PCollection<ActionWindow>, PCollectionTuple> {
  private static final long serialVersionUID = 1;

  /** What was read, to be committed; nothing without a lake. */
  public static final TupleTag<Listings> LANDED = new TupleTag<>() {};

  /** One for each row of the window; none if nobody wants them. */
  public static final TupleTag<Document> DOCUMENTS = new TupleTag<>() {};

  /** Counts media packages of a window that the host does not have. */
  public static final String MISSING_EPISODES = "missing_episodes";

  private static final String PREFIX = "actions/";

  private final OpencastStep step;
  private final Reading reading;

  /**
   * How a window is read.
   *
   * @param batchSize most actions of a page
   * @param episodesExpire how long a row of an episode is good
   * @param isNewWatermark whether the window's end becomes the watermark where there is none
   */
  public record Reading(int batchSize, Duration episodesExpire, boolean isNewWatermark)
      implements Serializable {}

  private HarvestActions(OpencastStep step, Reading reading) {
    this.step = step;
    this.reading = reading;
  }

  public static HarvestActions with(OpencastStep step, Reading reading) {
    return new HarvestActions(step, reading);
  }

  @Override
  public PCollectionTuple expand(PCollection<ActionWindow> windows) {
    PCollectionTuple read =
        windows.apply(
            "ReadActions",
            ParDo.of(new ReadFn(step, reading))
                .withOutputTags(LANDED, TupleTagList.of(DOCUMENTS)));
    read.get(LANDED).setCoder(SerializableCoder.of(Listings.class));
    return read;
  }

  private static final class ReadFn extends DoFn<ActionWindow, Listings> {
    private static final long serialVersionUID = 1;

    private final OpencastStep step;
    private final Reading reading;
    private final Counter actions = Metrics.counter(HarvestActions.class, "actions");
    private final Counter missing = Metrics.counter(HarvestActions.class, MISSING_EPISODES);

    ReadFn(OpencastStep step, Reading reading) {
      this.step = step;
      this.reading = reading;
    }

    @ProcessElement
    public void read(@Element ActionWindow window, MultiOutputReceiver out) throws IOException {
      try (HttpSession session = step.access().open();
          RESTCatalog catalog = step.lake() == null ? null : step.lake().connect()) {
        OpencastClient client = new OpencastClient(session, step.access().hosts());
        read(window, client, catalog, out);
      } catch (HttpFailureException e) {
        throw new Refusal(Exit.FAILED, e.getMessage(), e);
      }
    }

    private void read(
        ActionWindow window, OpencastClient client, RESTCatalog catalog, MultiOutputReceiver out)
        throws IOException {
      String feed = step.harvest().feed();
      OpencastActionParser parser = new OpencastActionParser(feed);
      String url = step.access().hosts().engage() + "/usertracking/actions.json";
      ActionReading read = new ActionReading(window, url, parser);
      actions.inc(client.forEachAction(window, reading.batchSize(), read));
      Set<String> mpids = read.mpids();
      RunEpisodes episodes = RunEpisodes.of(step.harvest().run().runId(), feed);
      Map<String, Row> held = held(catalog, mpids);
      Set<String> asked = new TreeSet<>(mpids);
      asked.removeAll(held.keySet());
      episodes.read(client, asked);
      missing.inc(asked.size() - (long) episodes.found(asked).size());
      if (step.hasDocuments()) {
        held.putAll(episodes.rows(asked));
        held.putAll(old(catalog, asked, episodes.found(asked)));
        for (Row row : read.rows()) {
          Optional<Row> episode = Optional.ofNullable(read.mpid(row)).map(held::get);
          out.get(DOCUMENTS).output(ActionDocument.of(row, episode));
        }
      }
      if (catalog != null) {
        List<Harvested> all = new ArrayList<>();
        if (!episodes.found(asked).isEmpty()) {
          all.add(EpisodeScope.harvested(catalog, step.harvest(), episodes, asked));
        }
        LandHarvest landing = landing(catalog);
        read.to(landing);
        all.add(harvested(window, parser, landing.land()));
        out.get(LANDED).output(new Listings(all));
      }
    }

    private Map<String, Row> held(RESTCatalog catalog, Set<String> mpids) throws IOException {
      if (catalog == null) {
        return new HashMap<>();
      }
      Instant since =
          HeldEpisodes.startOf(step.harvest().run().runId()).minus(reading.episodesExpire());
      return new HeldEpisodes(catalog, step.harvest().feed()).rows(mpids, since);
    }

    /** Of those that were asked for and not found, what the lake holds, however old. */
    private Map<String, Row> old(RESTCatalog catalog, Set<String> asked, Set<String> found)
        throws IOException {
      Set<String> gone = new TreeSet<>(asked);
      gone.removeAll(found);
      return catalog == null || gone.isEmpty()
          ? Map.of()
          : new HeldEpisodes(catalog, step.harvest().feed()).rows(gone, Instant.EPOCH);
    }

    private LandHarvest landing(RESTCatalog catalog) {
      return new LandHarvest(
          catalog, step.harvest().run().runId(), OpencastStep.SOURCE, step.harvest().feed());
    }

    private Harvested harvested(
        ActionWindow window, OpencastActionParser parser, List<Landed> landed) {
      StateBook.Key key =
          new StateBook.Key(OpencastStep.SOURCE, step.harvest().feed(), OpencastStep.WATERMARK);
      return new Harvested(
          RestScope.window(OpencastStep.SOURCE, PREFIX, window.from(), window.to()),
          List.of(parser.contract().table()),
          List.of(),
          new RestCommit.Watermark(key, window.to(), reading.isNewWatermark()),
          parser.version(),
          landed);
    }
  }
}
