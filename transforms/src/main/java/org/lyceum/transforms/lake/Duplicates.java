package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/** The rows of {@code ops.duplicate} that a commit adds and takes away for one event table. */
final class Duplicates implements CopySearch.Changes, AutoCloseable {
  private static final TableIdentifier ID = Books.DUPLICATE.identifier();

  private final TableCommits tables;
  private final RunInfo run;
  private final Contract contract;
  private final CopyKeys goes = new CopyKeys();
  private final Map<String, Scope> goesIn = new HashMap<>();
  private DataWriter<StructLike> writer;
  private long hidden;
  private long shown;

  Duplicates(TableCommits tables, RunInfo run, Contract eventContract) {
    this.tables = tables;
    this.run = run;
    this.contract = eventContract;
  }

  long hidden() {
    return hidden;
  }

  long shown() {
    return shown;
  }

  @Override
  public void hide(CopySearch.Copy copy) {
    hidden++;
    write(copy);
  }

  @Override
  public void show(CopySearch.Copy copy) {
    shown++;
    take(copy);
  }

  @Override
  public void compareAnew(CopySearch.Copy copy) {
    take(copy);
    write(copy);
  }

  private void take(CopySearch.Copy copy) {
    take(copy.eventId(), copy.feed(), copy.delivery(), copy.position(), copy.runId());
  }

  private void take(UUID eventId, String feed, String delivery, String position, String runId) {
    goes.add(eventId, feed, delivery, position, runId);
    goesIn.computeIfAbsent(feed, Scope::new).add(Set.of(delivery));
  }

  /** Hidden rows of a file that go: this book does not know their time, which says so. */
  void takeGoing(Table events, EventFile file) throws IOException {
    if (file.role() != EventFile.Role.REMOVED || file.hidden().isEmpty()) {
      return;
    }
    Schema columns = events.schema().select("event_id", "feed", "delivery", "position", "run_id");
    int number = 0;
    try (CloseableIterable<StructLike> rows = RowFiles.read(events, file.file(), columns)) {
      for (StructLike row : rows) {
        if (file.hidden().get(number) && file.goes(number)) {
          take(
              row.get(0, UUID.class),
              row.get(1, CharSequence.class).toString(),
              row.get(2, CharSequence.class).toString(),
              row.get(3, CharSequence.class).toString(),
              row.get(4, CharSequence.class).toString());
        }
        number++;
      }
    }
  }

  private void write(CopySearch.Copy copy) {
    write(
        new Books.Entry(Books.DUPLICATE)
            .set("table_name", contract.name())
            .set("event_id", copy.eventId())
            .set("feed", copy.feed())
            .set("delivery", copy.delivery())
            .set("position", copy.position())
            .set("run_id", copy.runId())
            .set("is_conflict", copy.isConflict())
            .set("is_far", copy.isFar())
            .row());
  }

  private void write(Row row) {
    try {
      if (writer == null) {
        Table table = tables.table(ID);
        writer = RowFiles.open(table, table.schema(), null, run.runId());
      }
      writer.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All tables' changes; files with a row that goes are written again without it. */
  static void write(TableCommits tables, Collection<Duplicates> all, Scope scope, RunInfo run)
      throws IOException {
    List<DataFile> in = new ArrayList<>();
    List<DataFile> out = new ArrayList<>();
    if (!scope.isEmpty() || all.stream().anyMatch(changes -> !changes.goes.isEmpty())) {
      Table table = tables.table(ID);
      for (TableCommits.Planned planned : tables.plan(ID, "delivery")) {
        if (mayHoldOutgoing(RowFiles.bounds(table, planned.file()), all, scope)
            && holdsOutgoing(table, planned.file(), all, scope)) {
          out.add(planned.file());
          DataFile rest = copy(table, planned.file(), all, scope, run);
          if (rest != null) {
            in.add(rest);
          }
        }
      }
    }
    for (Duplicates changes : all) {
      changes.close();
      if (changes.writer != null) {
        in.add(changes.writer.toDataFile());
      }
    }
    if (!in.isEmpty() || !out.isEmpty()) {
      tables.change(ID, in, out, List.of(), List.of());
    }
  }

  /** Files of other feeds and deliveries need not be read. */
  private static boolean mayHoldOutgoing(
      Scope.Bounds bounds, Collection<Duplicates> all, Scope scope) {
    return scope.cover(bounds) != Scope.Cover.NONE
        || all.stream()
            .flatMap(changes -> changes.goesIn.values().stream())
            .anyMatch(taken -> taken.cover(bounds) != Scope.Cover.NONE);
  }

  private static boolean holdsOutgoing(
      Table table, DataFile file, Collection<Duplicates> all, Scope scope) throws IOException {
    try (CloseableIterable<StructLike> rows = RowFiles.read(table, file, table.schema())) {
      for (StructLike row : rows) {
        if (goes(row, all, scope)) {
          return true;
        }
      }
    }
    return false;
  }

  private static DataFile copy(
      Table table, DataFile file, Collection<Duplicates> all, Scope scope, RunInfo run)
      throws IOException {
    DataWriter<StructLike> rest = null;
    try (CloseableIterable<StructLike> rows = RowFiles.read(table, file, table.schema())) {
      for (StructLike row : rows) {
        if (!goes(row, all, scope)) {
          if (rest == null) {
            rest = RowFiles.open(table, table.schema(), null, run.runId());
          }
          rest.write(row);
        }
      }
    } finally {
      if (rest != null) {
        rest.close();
      }
    }
    return rest == null ? null : rest.toDataFile();
  }

  private static boolean goes(StructLike row, Collection<Duplicates> all, Scope scope) {
    String tableName = row.get(0, CharSequence.class).toString();
    String feed = row.get(2, CharSequence.class).toString();
    String delivery = row.get(3, CharSequence.class).toString();
    String position = row.get(4, CharSequence.class).toString();
    String runId = row.get(5, CharSequence.class).toString();
    for (Duplicates changes : all) {
      if (changes.contract.name().equals(tableName)) {
        Scope.Place place =
            new Scope.Place(changes.contract.table(), null, feed, delivery, position, null);
        return scope.covers(place)
            || changes.goes.contains(row.get(1, UUID.class), feed, delivery, position, runId);
      }
    }
    return false;
  }

  @Override
  public void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
