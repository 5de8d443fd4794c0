package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.util.Tasks;
import org.lyceum.catalog.Lake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the books how a run ended that no last commit ends; its rows are untouched. */
public final class RunLog {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private RunLog() {}

  /**
   * Writes or replaces the run's row with status failed.
   *
   * @param commits commits of the run that stand
   */
  public static void failed(RESTCatalog catalog, RunInfo run, long commits, Throwable cause) {
    failed(catalog, run, () -> commits, cause);
  }

  /** The same, for who does not know how many commits stand: the lake says it. */
  public static void failed(RESTCatalog catalog, RunInfo run, Throwable cause) {
    failed(catalog, run, () -> commits(catalog, run.runId()), cause);
  }

  private static void failed(
      RESTCatalog catalog, RunInfo run, LongSupplier commits, Throwable cause) {
    try {
      long standing = commits.getAsLong();
      Tasks.foreach(run)
          .retry(5)
          .exponentialBackoff(100, 2_000, 20_000, 2)
          .onlyRetryOn(CommitFailedException.class)
          .run(failed -> write(catalog, failed, standing, "failed"));
    } catch (RuntimeException | Error e) { // the disk may be full for this too
      cause.addSuppressed(e);
      LOG.warn("ops.run does not say that the run failed: the catalog cannot be reached");
    }
  }

  /**
   * How many commits of a run stand: the run's row counts them at its end only, and a commit that
   * had no news is none.
   */
  public static long commits(RESTCatalog catalog, String runId) {
    Set<String> ids = new HashSet<>();
    for (TableIdentifier id :
        List.of(Books.DELIVERY.identifier(), Books.STATE.identifier(), Books.RUN.identifier())) {
      for (Snapshot snapshot : catalog.loadTable(id).snapshots()) {
        String commit = snapshot.summary().get(LakeCommit.COMMIT_ID);
        if (commit != null && commit.matches(Pattern.quote(runId) + "/[0-9]+")) {
          ids.add(commit);
        }
      }
    }
    return ids.size();
  }

  /** Says that a stream was stopped; nothing when it never committed. */
  public static void stopped(Lake lake, RunInfo run, long commits) {
    if (commits == 0) {
      return;
    }
    try (RESTCatalog catalog = lake.connect()) {
      Tasks.foreach(run)
          .retry(5)
          .exponentialBackoff(100, 1_000, 5_000, 2)
          .onlyRetryOn(CommitFailedException.class)
          .run(stopped -> write(catalog, stopped, commits, "done"));
    } catch (IOException | RuntimeException e) {
      LOG.warn("ops.run does not say that the run was stopped: the catalog cannot be reached");
    }
  }

  private static void write(RESTCatalog catalog, RunInfo run, long commits, String status) {
    TableCommits tables = new TableCommits(catalog, run.runId() + "/" + status);
    TableIdentifier id = Books.RUN.identifier();
    Table runs = tables.table(id);
    List<DataFile> in = new ArrayList<>();
    List<DataFile> out = new ArrayList<>();
    try {
      tables.withoutRun(id, run.runId(), in, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long now = TimeUnit.MILLISECONDS.toMicros(Clock.systemUTC().millis());
    in.add(RowFiles.write(runs, run.runId(), List.of(Books.run(run, status, commits, now))));
    tables.change(id, in, out, List.of(), List.of());
    tables.commit();
  }
}
