package org.lyceum.transforms.lake;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stream does for its tables beside its commits, in a thread of its own that gives way to
 * them: merges the small files of each hour once it is over.
 */
final class StreamUpkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamUpkeep.class);

  private final Lake lake;
  private final Clock clock;
  private final ExecutorService beside =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "upkeep");
            thread.setDaemon(true);
            return thread;
          });
  private Instant hour;

  StreamUpkeep(Lake lake, Clock clock) {
    this.lake = lake;
    this.clock = clock;
    this.hour = hour();
  }

  private Instant hour() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS);
  }

  /** Is told of each commit. */
  void afterCommit() {
    if (hour().isAfter(hour)) {
      hour = hour();
      beside.execute(this::merge);
    }
  }

  private void merge() {
    try (RESTCatalog catalog = lake.connect()) {
      MergeFiles merging = new MergeFiles(catalog, clock, MergeFiles.Limits.STANDARD);
      for (Contract contract : Contracts.all()) {
        MergeFiles.Result result = merging.merge(contract, MergePlan.Closed.HOURS);
        if (result.filesAfter() < result.filesBefore()) {
          LOG.info(
              "merged {}: {} files are {} now",
              contract.table(),
              result.filesBefore(),
              result.filesAfter());
        }
      }
    } catch (Exception e) {
      LOG.warn("the hour's files were not merged, the next hour tries again", e);
    }
  }

  @Override
  public void close() {
    beside.shutdownNow();
  }
}
