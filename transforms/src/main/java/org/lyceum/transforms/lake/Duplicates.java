package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/** The rows of {@code ops.duplicate} that a commit adds and takes away. */
final class Duplicates implements CopySearch.Changes, AutoCloseable {
  private final TableCommits tables;
  private final CommitRequest request;
  private final String tableName;
  private final Table table;
  private final CopyKeys shownAgain = new CopyKeys();
  private DataWriter<StructLike> writer;
  private long hidden;
  private long shown;

  Duplicates(TableCommits tables, CommitRequest request, Contract eventContract) {
    this.tables = tables;
    this.request = request;
    this.tableName = eventContract.name();
    this.table = tables.table(Books.DUPLICATE.identifier());
  }

  long hidden() {
    return hidden;
  }

  long shown() {
    return shown;
  }

  @Override
  public void hide(UUID eventId, EventFile file, String position, String runId) {
    hidden++;
    write(
        new Books.Entry(Books.DUPLICATE)
            .set("table_name", tableName)
            .set("event_id", eventId)
            .set("feed", file.feed())
            .set("delivery", file.delivery())
            .set("position", position)
            .set("run_id", runId)
            .set("is_conflict", false) // the key is the whole record
            .row());
  }

  @Override
  public void show(UUID eventId, EventFile file, String position, String runId) {
    shown++;
    shownAgain.add(eventId, file.feed(), file.delivery(), position);
  }

  private void write(Row row) {
    try {
      if (writer == null) {
        writer = RowFiles.open(table, table.schema(), null, request.run().runId());
      }
      writer.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files with a row that goes are written again without it. */
  void write(Set<String> outgoing) throws IOException {
    List<DataFile> out = new ArrayList<>();
    if (!outgoing.isEmpty() || !shownAgain.isEmpty()) {
      for (TableCommits.Planned planned : tables.plan(Books.DUPLICATE.identifier(), "delivery")) {
        if (holdsOutgoing(planned.file(), outgoing)) {
          out.add(planned.file());
          copy(planned.file(), outgoing);
        }
      }
    }
    List<DataFile> in = new ArrayList<>();
    if (writer != null) {
      writer.close();
      in.add(writer.toDataFile());
      writer = null;
    }
    tables.change(Books.DUPLICATE.identifier(), in, out, List.of(), List.of());
  }

  private boolean holdsOutgoing(DataFile file, Set<String> outgoing) throws IOException {
    try (CloseableIterable<StructLike> rows = RowFiles.read(table, file, table.schema())) {
      for (StructLike row : rows) {
        if (goes(row, outgoing)) {
          return true;
        }
      }
    }
    return false;
  }

  private void copy(DataFile file, Set<String> outgoing) throws IOException {
    try (CloseableIterable<StructLike> rows = RowFiles.read(table, file, table.schema())) {
      for (StructLike row : rows) {
        if (!goes(row, outgoing)) {
          Row copy = Row.of(Books.DUPLICATE);
          for (int i = 0; i < copy.size(); i++) {
            copy.set(i, row.get(i, Object.class));
          }
          write(copy);
        }
      }
    }
  }

  private boolean goes(StructLike row, Set<String> outgoing) {
    if (!tableName.contentEquals(row.get(0, CharSequence.class))) {
      return false;
    }
    String feed = row.get(2, CharSequence.class).toString();
    String delivery = row.get(3, CharSequence.class).toString();
    return (feed.equals(request.feed()) && outgoing.contains(delivery))
        || shownAgain.contains(
            row.get(1, UUID.class), feed, delivery, row.get(4, CharSequence.class).toString());
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
