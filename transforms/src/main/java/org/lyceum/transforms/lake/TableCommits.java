package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;

/**
 * Several tables as they stand when first asked for, and the changes to make to them, committed
 * together. Whatever another writer commits to one of them in between refuses the whole.
 */
final class TableCommits {
  private final RESTCatalog catalog;
  private final String commitId;
  private final Map<TableIdentifier, Open> open = new LinkedHashMap<>();

  /** A table, and the transaction that was begun before anything was planned from it. */
  private record Open(Table table, BaseTransaction transaction) {
    Snapshot start() {
      return transaction.startMetadata().currentSnapshot();
    }
  }

  /** A data file with the masks that apply to it. */
  record Planned(DataFile file, List<DeleteFile> masks) {}

  TableCommits(RESTCatalog catalog, String commitId) {
    this.catalog = catalog;
    this.commitId = commitId;
  }

  private Open open(TableIdentifier id) {
    return open.computeIfAbsent(
        id,
        name -> {
          Table table = catalog.loadTable(name);
          return new Open(table, (BaseTransaction) table.newTransaction());
        });
  }

  Table table(TableIdentifier id) {
    return open(id).table;
  }

  /** The snapshot that everything is planned from; null for an empty table. */
  Snapshot start(TableIdentifier id) {
    return open(id).start();
  }

  /** Whether a snapshot of the table carries this commit's id. */
  boolean isDone(TableIdentifier id) {
    for (Snapshot snapshot : open(id).transaction.startMetadata().snapshots()) {
      if (commitId.equals(snapshot.summary().get(LakeCommit.COMMIT_ID))) {
        return true;
      }
    }
    return false;
  }

  /** All data files at the start, with the bounds of some columns. */
  List<Planned> plan(TableIdentifier id, String... bounds) {
    Snapshot start = start(id);
    if (start == null) {
      return List.of();
    }
    List<Planned> files = new ArrayList<>();
    TableScan scan =
        table(id)
            .newScan()
            .useSnapshot(start.snapshotId())
            .includeColumnStats(withFeed(table(id), bounds));
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      tasks.forEach(task -> files.add(new Planned(task.file(), task.deletes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static Set<String> withFeed(Table table, String... bounds) {
    Set<String> columns = new java.util.HashSet<>(List.of(bounds));
    if (table.schema().findField("feed") != null) {
      columns.add("feed");
    }
    return columns;
  }

  /** Notes a change of one table; nothing happens when there is none. */
  void change(
      TableIdentifier id,
      List<DataFile> in,
      List<DataFile> out,
      List<DeleteFile> masksIn,
      List<DeleteFile> masksOut) {
    if (in.isEmpty() && out.isEmpty() && masksIn.isEmpty() && masksOut.isEmpty()) {
      return;
    }
    RowDelta delta = open(id).transaction.newRowDelta();
    in.forEach(delta::addRows);
    out.forEach(delta::removeRows);
    masksIn.forEach(delta::addDeletes);
    masksOut.forEach(delta::removeDeletes);
    delta.validateDeletedFiles();
    delta.set(LakeCommit.COMMIT_ID, commitId);
    delta.commit();
  }

  /** All changes, or a {@link org.apache.iceberg.exceptions.CommitFailedException} and none. */
  void commit() {
    List<TableCommit> commits = new ArrayList<>();
    open.forEach(
        (id, table) ->
            commits.add(
                TableCommit.create(
                    id, table.transaction.startMetadata(), table.transaction.currentMetadata())));
    catalog.commitTransaction(commits);
  }
}
