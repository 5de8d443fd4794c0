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
 * What a stream does for its tables beside its commits, in a thread of its own: every hundred
 * commits its older snapshots go, and once an hour is over the small files of it are merged. It
 * gives way to commits, and what fails is left to the next time.
 */
final class StreamUpkeep implements AutoCloseable {
  static final int KEPT_SNAPSHOTS = 100;
  private static final int EVERY_COMMITS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(StreamUpkeep.class);

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
  private long hour;

  StreamUpkeep(Lake lake, String runId) {
    this.lake = lake;
    this.runId = runId;
    this.hour = hour(Clock.systemUTC());
  }

  private static long hour(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.HOURS).getEpochSecond();
  }

  /** Is told of each commit. */
  void afterCommit(long number) {
    Clock clock = Clock.systemUTC();
    boolean isNewHour = hour(clock) > hour;
    if ((isNewHour || number % EVERY_COMMITS == 0) && isBusy.compareAndSet(false, true)) {
      hour = hour(clock);
      thread.execute(() -> work(isNewHour, clock));
    }
  }

  private void work(boolean isNewHour, Clock clock) {
    try (RESTCatalog catalog = lake.connect()) {
      work(catalog, runId, isNewHour, clock);
    } catch (Exception e) {
      LOG.warn("upkeep beside the stream failed; it is tried again later", e);
    } finally {
      isBusy.set(false);
    }
  }

  /** Expires, and merges if an hour is over. */
  static void work(RESTCatalog catalog, String runId, boolean isNewHour, Clock clock) {
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
    thread.shutdownNow();
  }
}
