package org.lyceum.transforms.lake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.util.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the books that a run failed, where they can still be reached; its rows are untouched. */
public final class RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private RunLog() {}

  /**
   * Writes or replaces the run's row with status failed.
   *
   * @param commits commits of the run that stand
   */
  public static void failed(RESTCatalog catalog, RunInfo run, long commits, Throwable cause) {
    try {
      Tasks.foreach(run)
          .retry(5)
          .exponentialBackoff(100, 2_000, 20_000, 2)
          .onlyRetryOn(CommitFailedException.class)
          .run(failed -> write(catalog, failed, commits));
    } catch (RuntimeException | Error e) { // the disk may be full for this too
      cause.addSuppressed(e);
      LOG.warn("ops.run does not say that the run failed: the catalog cannot be reached");
    }
  }

  private static void write(RESTCatalog catalog, RunInfo run, long commits) {
    TableCommits tables = new TableCommits(catalog, run.runId() + "/failed");
    TableIdentifier id = Books.RUN.identifier();
    Table runs = tables.table(id);
    List<DataFile> out = new ArrayList<>();
    for (TableCommits.Planned planned : tables.plan(id, "run_id")) {
      if (run.runId().equals(String.valueOf(RowFiles.lower(runs, planned.file(), "run_id")))) {
        out.add(planned.file());
      }
    }
    long now = TimeUnit.MILLISECONDS.toMicros(Clock.systemUTC().millis());
    tables.change(
        id,
        List.of(RowFiles.write(runs, run.runId(), List.of(Books.run(run, "failed", commits, now)))),
        out,
        List.of(),
        List.of());
    tables.commit();
  }
}
