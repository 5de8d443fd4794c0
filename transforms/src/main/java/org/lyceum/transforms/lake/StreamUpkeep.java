package org.lyceum.transforms.lake;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stream does for its tables beside its commits: every hundred commits its older snapshots
 * go, and once an hour is over the small files of it are merged.
 */
public final class StreamUpkeep implements AutoCloseable {
  static final int KEPT_SNAPSHOTS = 100;
  private static final int EVERY_COMMITS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(StreamUpkeep.class);

  /** Where the work is done. */
  private interface Place {
    /** Whether it took the work: it may still be at the last. */
    boolean take(boolean isNewHour, Clock clock);

    void close();
  }

  private final Place place;
  private final Clock clock;
  private long hour;

  private StreamUpkeep(Place place, Clock clock) {
    this.place = place;
    this.clock = clock;
    this.hour = hour(clock);
  }

  /** In a thread of its own: it gives way to commits, and what fails is left to the next time. */
  static StreamUpkeep besideCommits(Lake lake, String runId) {
    return new StreamUpkeep(new OwnThread(lake, runId), Clock.systemUTC());
  }

  /** In the thread that commits: the next commit waits for it, and what fails is thrown. */
  public static StreamUpkeep betweenCommits(RESTCatalog catalog, String runId, Clock clock) {
    Place sameThread =
        new Place() {
          @Override
          public boolean take(boolean isNewHour, Clock now) {
            work(catalog, runId, isNewHour, now);
            return true;
          }

          @Override
          public void close() {}
        };
    return new StreamUpkeep(sameThread, clock);
  }

  private static long hour(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.HOURS).getEpochSecond();
  }

  /** Is told of each commit, with its number in the run. */
  public void afterCommit(long number) {
    long now = hour(clock);
    boolean isNewHour = now > hour;
    if ((isNewHour || number % EVERY_COMMITS == 0) && place.take(isNewHour, clock)) {
      hour = now;
    }
  }

  /** Expires, and merges if an hour is over. */
  private static void work(RESTCatalog catalog, String runId, boolean isNewHour, Clock clock) {
    MergeFiles merge = new MergeFiles(catalog, clock, MergeFiles.Limits.STANDARD);
    for (Contract contract : Contracts.all()) {
      if (isNewHour && Upkeep.isMerged(contract)) {
        merge.merge(contract, MergePlan.Closed.HOURS);
      }
      ExpireSnapshots.ofRun(catalog.loadTable(contract.identifier()), runId, KEPT_SNAPSHOTS);
    }
  }

  @Override
  public void close() {
    place.close();
  }

  private static final class OwnThread implements Place {
    private final Lake lake;
    private final String runId;
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            body -> {
              Thread daemon = new Thread(body, "stream-upkeep");
              daemon.setDaemon(true);
              return daemon;
            });

    OwnThread(Lake lake, String runId) {
      this.lake = lake;
      this.runId = runId;
    }

    @Override
    public boolean take(boolean isNewHour, Clock clock) {
      boolean isFree = isBusy.compareAndSet(false, true);
      if (isFree) {
        thread.execute(() -> run(isNewHour, clock));
      }
      return isFree;
    }

    private void run(boolean isNewHour, Clock clock) {
      try (RESTCatalog catalog = lake.connect()) {
        work(catalog, runId, isNewHour, clock);
      } catch (Exception e) {
        LOG.warn("upkeep beside the stream failed; it is tried again later", e);
      } finally {
        isBusy.set(false);
      }
    }

    @Override
    public void close() {
      thread.shutdownNow();
    }
  }
}
