package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/**
 * Several tables as they stand when first asked for, and the changes to make to them, committed
 * together. Whatever another writer commits to one of them in between refuses the whole.
 */
final class TableCommits {
  private final RESTCatalog catalog;
  private final String commitId;
  private final Map<TableIdentifier, Open> open = new LinkedHashMap<>();
  private final Map<String, List<Planned>> plans = new HashMap<>();

  /** A table, and the transaction that was begun before anything was planned from it. */
  private record Open(Table table, BaseTransaction transaction) {
    Snapshot start() {
      return transaction.startMetadata().currentSnapshot();
    }
  }

  /** A data file with the masks that apply to it. */
  record Planned(DataFile file, List<DeleteFile> masks) {}

  /** Says of each row whether it goes. */
  interface Goes {
    boolean covers(Scope.Place place);
  }

  /**
   * A file of which some rows go.
   *
   * @param going rows that go, by their number
   * @param rest a new file with the others; null when there are none or none goes
   * @param taken rows that go, by delivery
   */
  record Split(DataFile file, BitSet going, DataFile rest, Map<String, Long> taken) {}

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
    return plans.computeIfAbsent(id + " " + List.of(bounds), any -> planNow(id, bounds));
  }

  private List<Planned> planNow(TableIdentifier id, String... bounds) {
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

  /** Rows of a file that go, by delivery. */
  static Map<String, Long> count(Contract contract, Table table, DataFile file, Goes goes) {
    return going(contract, table, file, goes, new BitSet());
  }

  /** Finds the rows of a file that go, and writes the others anew. */
  static Split split(Contract contract, Table table, DataFile file, Goes goes, String name) {
    BitSet going = new BitSet();
    Map<String, Long> taken = going(contract, table, file, goes, going);
    boolean isSplit = !going.isEmpty() && going.cardinality() < file.recordCount();
    return new Split(file, going, isSplit ? rest(table, file, going, name) : null, taken);
  }

  private static Map<String, Long> going(
      Contract contract, Table table, DataFile file, Goes goes, BitSet going) {
    Map<String, Long> taken = new TreeMap<>();
    boolean isBook = contract.equals(Books.FAILED_RECORD); // of all sources
    List<String> names = List.of("feed", "delivery", "position", "occurred_at");
    Schema columns =
        table
            .schema()
            .select(isBook ? Stream.concat(Stream.of("source"), names.stream()).toList() : names);
    int sourceAt = isBook ? ordinal(columns, "source") : -1;
    int feedAt = ordinal(columns, "feed");
    int deliveryAt = ordinal(columns, "delivery");
    int positionAt = ordinal(columns, "position");
    int timeAt = ordinal(columns, "occurred_at");
    int row = 0;
    try (CloseableIterable<StructLike> rows = RowFiles.read(table, file, columns)) {
      for (StructLike at : rows) {
        String delivery = at.get(deliveryAt, CharSequence.class).toString();
        if (goes.covers(
            new Scope.Place(
                contract.table(),
                isBook ? at.get(sourceAt, CharSequence.class).toString() : null,
                at.get(feedAt, CharSequence.class).toString(),
                delivery,
                at.get(positionAt, CharSequence.class).toString(),
                at.get(timeAt, Long.class)))) {
          going.set(row);
          taken.merge(delivery, 1L, Long::sum);
        }
        row++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return taken;
  }

  private static int ordinal(Schema columns, String name) {
    return columns.columns().indexOf(columns.findField(name));
  }

  private static DataFile rest(Table table, DataFile file, BitSet going, String name) {
    try {
      String feed =
          table.spec().isPartitioned()
              ? file.partition().get(0, CharSequence.class).toString()
              : null;
      DataWriter<StructLike> writer = RowFiles.open(table, table.schema(), feed, name);
      try (writer;
          CloseableIterable<StructLike> rows = RowFiles.read(table, file, table.schema())) {
        int row = 0;
        for (StructLike at : rows) {
          if (!going.get(row++)) {
            writer.write(at);
          }
        }
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes a run's rows out of a table of the books: notes the files that go, and new ones with the
   * rows of other runs that lay in them.
   */
  List<Row> withoutRun(TableIdentifier id, String runId, List<DataFile> in, List<DataFile> out)
      throws IOException {
    Table table = table(id);
    int runAt = table.schema().columns().indexOf(table.schema().findField("run_id"));
    List<Row> taken = new ArrayList<>();
    for (Planned planned : plan(id, "run_id")) {
      if (!RowFiles.mayHoldRun(table, planned.file(), runId)) {
        continue;
      }
      List<Row> others = new ArrayList<>();
      int before = taken.size();
      for (Row row : DeliveryBook.rows(table, planned.file())) {
        (runId.contentEquals(row.get(runAt, CharSequence.class)) ? taken : others).add(row);
      }
      if (taken.size() > before) {
        out.add(planned.file());
        if (!others.isEmpty()) {
          in.add(RowFiles.write(table, "others", others));
        }
      }
    }
    return taken;
  }

  private static Set<String> withFeed(Table table, String... bounds) {
    Set<String> columns = new HashSet<>(List.of(bounds));
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
