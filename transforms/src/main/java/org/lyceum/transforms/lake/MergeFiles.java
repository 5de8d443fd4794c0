package org.lyceum.transforms.lake;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.util.Tasks;
import org.lyceum.catalog.Contract;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small files of a table in, fewer and larger ones with the same rows out; what is hidden lies
 * in files of its own, so that those which readers scan need no mask.
 *
 * <p>Safe beside writers: merged rows are written first; the commit takes from the lake as it is
 * then what is hidden, and is refused when anybody else has changed the table. It is tried a few
 * times; when a file that was merged is no longer there, or patience ends, the merged files are
 * thrown away. The rows themselves stay what they are, so a scope that is replaced later finds
 * them.
 */
public final class MergeFiles {
  private static final Logger LOG = LoggerFactory.getLogger(MergeFiles.class);

  private static final int TRIES = 5;
  private static final int FIRST_WAIT_MILLIS = 100;
  private static final int LONGEST_WAIT_MILLIS = 5_000;
  private static final int PATIENCE_MILLIS = 30_000;

  /**
   * How much at a time.
   *
   * @param fileBytes how large a merged file may become
   * @param fileRows rows that are merged in one commit: 8 bytes each are kept until it is made
   * @param heldRows rows that are held in memory to be sorted
   */
  public record Limits(long fileBytes, int fileRows, int heldRows) {
    public static final Limits STANDARD = new Limits(128L << 20, 4_000_000, 40_000);
  }

  /**
   * What a merge did to a table.
   *
   * @param gaveWay groups of files that were left as they are because a writer was faster
   */
  public record Result(
      long filesBefore, long filesAfter, long bytesBefore, long bytesAfter, int gaveWay) {}

  private final RESTCatalog catalog;
  private final Clock clock;
  private final Limits limits;

  public MergeFiles(RESTCatalog catalog, Clock clock, Limits limits) {
    this.catalog = catalog;
    this.clock = clock;
    this.limits = limits;
  }

  /** Merges what is closed of a table, a commit for each group of files. */
  public Result merge(Contract contract, MergePlan.Closed closed) {
    TableCommits start = new TableCommits(catalog, "merge");
    List<TableCommits.Planned> files = plan(start, contract);
    long filesAfter = files.size();
    long bytesBefore = bytes(files.stream().map(TableCommits.Planned::file).toList());
    long bytesAfter = bytesBefore;
    int gaveWay = 0;
    Table table = start.table(contract.identifier());
    for (List<TableCommits.Planned> group :
        new MergePlan(table, contract, closed, clock.instant(), limits).groups(files)) {
      List<DataFile> merged = merge(table, contract, group);
      if (merged.isEmpty()) {
        gaveWay++;
      } else {
        filesAfter += merged.size() - group.size();
        bytesAfter +=
            bytes(merged) - bytes(group.stream().map(TableCommits.Planned::file).toList());
      }
    }
    return new Result(files.size(), filesAfter, bytesBefore, bytesAfter, gaveWay);
  }

  private static List<TableCommits.Planned> plan(TableCommits tables, Contract contract) {
    return tables.plan(
        contract.identifier(),
        contract.columns().stream()
            .map(column -> column.name())
            .filter(List.of("delivery", "position", "occurred_at")::contains)
            .toArray(String[]::new));
  }

  private static long bytes(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
  }

  /** Merges one group; returns the new files, none when it gave way. */
  private List<DataFile> merge(Table table, Contract contract, List<TableCommits.Planned> group) {
    String id = "merge/" + UUID.randomUUID();
    MergedRows merged;
    try {
      merged =
          MergedRows.write(
              table, group.stream().map(file -> EventFile.kept(table, file)).toList(), limits);
    } catch (NotFoundException e) {
      LOG.info("{}: a file went while it was merged; it is left to the next time", id);
      return List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    boolean isDone = false;
    try {
      isDone = commit(id, contract, merged);
    } catch (CommitFailedException e) {
      LOG.info("{}: others write all the time; it is left to the next time", id);
    }
    if (!isDone) {
      // refused, so nobody can have seen them; after an unclear answer they are left to the sweep
      merged.files().forEach(file -> table.io().deleteFile(file.location()));
      return List.of();
    }
    return merged.files();
  }

  /** Tries to commit; false when a file that was merged has gone. */
  private boolean commit(String id, Contract contract, MergedRows merged) {
    boolean[] isDone = {false};
    Tasks.foreach(id)
        .retry(TRIES)
        .exponentialBackoff(FIRST_WAIT_MILLIS, LONGEST_WAIT_MILLIS, PATIENCE_MILLIS, 2)
        .onlyRetryOn(
            CommitFailedException.class,
            CommitStateUnknownException.class,
            ServiceFailureException.class,
            RESTException.class)
        .run(
            any -> {
              TableCommits tables = new TableCommits(catalog, id);
              isDone[0] = tables.isDone(contract.identifier()) || attempt(tables, contract, merged);
            });
    return isDone[0];
  }

  private static boolean attempt(TableCommits tables, Contract contract, MergedRows merged) {
    Table table = tables.table(contract.identifier());
    Map<String, EventFile> now = new HashMap<>();
    for (TableCommits.Planned planned : plan(tables, contract)) {
      if (merged.isOfFile(planned.file().location())) {
        now.put(planned.file().location(), EventFile.kept(table, planned));
      }
    }
    if (now.size() < merged.oldFiles()) {
      return false;
    }
    List<DeleteFile> masksOut = new ArrayList<>();
    now.values().forEach(file -> masksOut.addAll(file.masks()));
    List<DeleteFile> masksIn = new ArrayList<>();
    try {
      for (EventFile file : merged.hiding(table, now.values())) {
        if (file.needsMask()) {
          masksIn.add(file.writeMask());
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    tables.change(
        contract.identifier(),
        merged.files(),
        now.values().stream().map(EventFile::file).toList(),
        masksIn,
        masksOut);
    try {
      tables.commit();
    } catch (CommitFailedException e) {
      masksIn.forEach(mask -> table.io().deleteFile(mask.location()));
      throw e;
    }
    return true;
  }
}
