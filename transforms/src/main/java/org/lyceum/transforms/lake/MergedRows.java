package org.lyceum.transforms.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SortOrderComparators;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;

/**
 * Rows of several files of one partition in, the same rows in merged files out, shown and hidden
 * ones apart, and where each of them stands now.
 *
 * <p>Rows are laid in the table's order as far as memory goes: files come in order of their first
 * rows, and so many rows at a time are sorted.
 */
final class MergedRows {
  /** A row that waits to be sorted. */
  private record Held(StructLike row, String file, int number, boolean isHidden) {}

  /** The file that is being written to; null when the next row opens another. */
  private final class Target {
    private DataWriter<StructLike> writer;
    private int number;
    private int rows;

    long write(StructLike row) throws IOException {
      if (writer == null) {
        writer = RowFiles.open(table, table.schema(), feed, "merged", expectedRows);
        number = writers.size();
        rows = 0;
        writers.add(writer);
      }
      writer.write(row);
      return (long) number << Integer.SIZE | rows++;
    }

    void closeWhenFull() throws IOException {
      if (writer != null && writer.length() >= limits.fileBytes()) {
        close();
      }
    }

    void close() throws IOException {
      if (writer != null) {
        writer.close();
        writer = null;
      }
    }
  }

  private final Table table;
  private final String feed;
  private final MergeFiles.Limits limits;
  private final Comparator<StructLike> order;
  private final long expectedRows;
  private final List<DataWriter<StructLike>> writers = new ArrayList<>();
  private final List<DataFile> files = new ArrayList<>();
  private final Target shown = new Target();
  private final Target hidden = new Target();

  /** By old file: number of the new file and of the row there, for each row. */
  private final Map<String, long[]> places = new HashMap<>();

  private MergedRows(Table table, String feed, MergeFiles.Limits limits, long expectedRows) {
    this.expectedRows = expectedRows;
    this.table = table;
    this.feed = feed;
    this.limits = limits;
    this.order = SortOrderComparators.forSchema(table.schema(), table.sortOrder());
  }

  /** Writes the rows of all files, which are of one partition. */
  static MergedRows write(Table table, List<EventFile> old, MergeFiles.Limits limits)
      throws IOException {
    boolean isPartitioned = table.spec().isPartitioned();
    long rows = old.stream().mapToLong(file -> file.file().recordCount()).sum();
    MergedRows merged =
        new MergedRows(table, isPartitioned ? old.get(0).feed() : null, limits, rows);
    try {
      merged.copy(old);
    } catch (IOException | RuntimeException e) {
      merged.abandon(e);
      throw e;
    }
    merged.writers.forEach(writer -> merged.files.add(writer.toDataFile()));
    return merged;
  }

  private void copy(List<EventFile> old) throws IOException {
    List<Held> held = new ArrayList<>();
    for (EventFile file : old) {
      String location = file.file().location();
      places.put(location, new long[Math.toIntExact(file.file().recordCount())]);
      BitSet isHidden = file.hidden();
      int number = 0;
      try (CloseableIterable<StructLike> rows =
          RowFiles.read(table, file.file(), table.schema(), false)) {
        for (StructLike row : rows) {
          held.add(new Held(row, location, number, isHidden.get(number)));
          number++;
          if (held.size() == limits.heldRows()) {
            write(held);
          }
        }
      }
    }
    write(held);
    shown.close();
    hidden.close();
  }

  private void write(List<Held> held) throws IOException {
    held.sort(Comparator.comparing(Held::row, order));
    for (Held one : held) {
      places.get(one.file)[one.number] = (one.isHidden ? hidden : shown).write(one.row);
    }
    held.clear();
    shown.closeWhenFull();
    hidden.closeWhenFull();
  }

  private void abandon(Exception cause) {
    for (Target target : List.of(shown, hidden)) {
      try {
        target.close();
      } catch (IOException | RuntimeException e) {
        cause.addSuppressed(e);
      }
    }
    for (DataWriter<StructLike> writer : writers) {
      try {
        table.io().deleteFile(writer.toDataFile().location());
      } catch (RuntimeException e) { // not closed, or not there: the sweep finds it
        cause.addSuppressed(e);
      }
    }
  }

  /** The merged files. */
  List<DataFile> files() {
    return files;
  }

  int oldFiles() {
    return places.size();
  }

  boolean isOfFile(String location) {
    return places.containsKey(location);
  }

  /** The merged files, hiding the rows that are hidden in the old ones. */
  List<EventFile> hiding(Table now, Collection<EventFile> old) {
    List<BitSet> rows = new ArrayList<>();
    files.forEach(file -> rows.add(new BitSet()));
    for (EventFile file : old) {
      long[] place = places.get(file.file().location());
      file.hidden().stream()
          .forEach(row -> rows.get((int) (place[row] >>> Integer.SIZE)).set((int) place[row]));
    }
    List<EventFile> hiding = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      hiding.add(EventFile.carried(now, files.get(i), rows.get(i)));
    }
    return hiding;
  }
}
