package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * What a step of a harvest read in, a commit of the lake for each of its listings out, in their
 * order. A worker that repeats it finds done what was done.
 */
public final class CommitHarvest extends PTransform<PCollection<CommitHarvest.Listings>, PDone> {
  private static final long serialVersionUID = 1;

  private final Lake lake;
  private final HarvestStep step;

  private CommitHarvest(Lake lake, HarvestStep step) {
    this.lake = lake;
    this.step = step;
  }

  /**
   * The listings that a step read; a pipeline has one element of them.
   *
   * @param stopped why the harvest ends when they are committed, in one clear sentence; null when
   *     it goes on
   */
  public record Listings(List<Harvested> all, String stopped) implements Serializable {
    public Listings {
      all = List.copyOf(all);
    }

    public Listings(List<Harvested> all) {
      this(all, null);
    }
  }

  public static CommitHarvest to(Lake lake, HarvestStep step) {
    return new CommitHarvest(lake, step);
  }

  @Override
  public PDone expand(PCollection<Listings> listings) {
    listings.apply("Commit", ParDo.of(new CommitFn(lake, step)));
    return PDone.in(listings.getPipeline());
  }

  private static final class CommitFn extends DoFn<Listings, Void> {
    private static final long serialVersionUID = 1;

    private final Lake lake;
    private final HarvestStep step;

    CommitFn(Lake lake, HarvestStep step) {
      this.lake = lake;
      this.step = step;
    }

    @ProcessElement
    public void commit(@Element Listings listings) throws IOException {
      if (!listings.all().isEmpty()) {
        commitAll(listings);
      }
      if (listings.stopped() != null) {
        throw new Refusal(Exit.FAILED, listings.stopped());
      }
    }

    private void commitAll(Listings listings) throws IOException {
      List<Harvested> all = new ArrayList<>(listings.all());
      try (RESTCatalog catalog = lake.connect()) {
        for (int i = 0; i < all.size(); i++) {
          long commits = 1 + RunLog.commits(catalog, step.run().runId());
          boolean isEnd = i == all.size() - 1 && listings.stopped() == null;
          boolean isLast = step.isLast() && isEnd;
          RestCommit.Request request = request(step, i, commits, isLast, all.get(i));
          RestCommit.replace(catalog, request, all.get(i).landed(), Clock.systemUTC());
        }
      }
    }

    private static RestCommit.Request request(
        HarvestStep step, int listing, long commits, boolean isLast, Harvested harvested) {
      return new RestCommit.Request(
          step.run(),
          step.commit(listing),
          commits,
          isLast,
          step.feed(),
          harvested.tables(),
          harvested.scope(),
          harvested.standings(),
          harvested.watermark(),
          harvested.parserVersion(),
          step.replace());
    }
  }
}
