package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * A data file of an event table, with what a commit does to it and the masks that hide rows of it.
 */
final class EventFile {
  /** What a commit does to the file. */
  enum Role {
    ADDED,
    /** All of its rows go, or some: the others stand in a file that is carried. */
    REMOVED,
    /** Holds what stays of a file that is removed. */
    CARRIED,
    KEPT
  }

  private final Table table;
  private final DataFile file;
  private final Role role;
  private final List<DeleteFile> masks;
  private final BitSet going;
  private final String feed;
  private final String delivery;
  private BitSet hidden;
  private BitSet hiddenAfter;

  private EventFile(
      Table table, DataFile file, Role role, List<DeleteFile> masks, BitSet going, BitSet hidden) {
    this.table = table;
    this.file = file;
    this.role = role;
    this.masks = masks;
    this.going = going;
    this.hidden = hidden;
    Scope.Bounds bounds = RowFiles.bounds(table, file);
    this.feed = bounds.feed();
    boolean isOne =
        bounds.firstDelivery() != null && bounds.firstDelivery().equals(bounds.lastDelivery());
    this.delivery = isOne ? bounds.firstDelivery() : null;
  }

  static EventFile added(Table table, DataFile file) {
    return new EventFile(table, file, Role.ADDED, List.of(), null, new BitSet());
  }

  static EventFile kept(Table table, TableCommits.Planned planned) {
    return new EventFile(table, planned.file(), Role.KEPT, planned.masks(), null, null);
  }

  /**
   * A file that goes.
   *
   * @param going the rows that really go; null for all
   */
  static EventFile removed(Table table, TableCommits.Planned planned, BitSet going) {
    return new EventFile(table, planned.file(), Role.REMOVED, planned.masks(), going, null);
  }

  /** A file with rows that stay, some of them hidden. */
  static EventFile carried(Table table, DataFile file, BitSet hidden) {
    return new EventFile(table, file, Role.CARRIED, List.of(), null, hidden);
  }

  DataFile file() {
    return file;
  }

  Role role() {
    return role;
  }

  List<DeleteFile> masks() {
    return masks;
  }

  String feed() {
    return feed;
  }

  /** The one delivery that all rows are of; null in a merged file. */
  String delivery() {
    return delivery;
  }

  /** Order in which files were committed: a larger one came later. */
  long sequence() {
    return file.dataSequenceNumber() == null ? Long.MAX_VALUE : file.dataSequenceNumber();
  }

  /** Whether a row of a removed file goes, and does not stand in a carried one. */
  boolean goes(int row) {
    return going == null || going.get(row);
  }

  /** Rows that go and were not hidden. */
  long goingShown() {
    if (going == null) {
      return file.recordCount() - hidden().cardinality();
    }
    BitSet shown = (BitSet) going.clone();
    shown.andNot(hidden());
    return shown.cardinality();
  }

  /** Hidden rows of the file that carries what stays. */
  BitSet hiddenRest() {
    BitSet rest = new BitSet();
    int at = 0;
    for (int row = 0; row < file.recordCount(); row++) {
      if (!going.get(row)) {
        rest.set(at++, hidden().get(row));
      }
    }
    return rest;
  }

  /** Earliest occurred_at, microseconds. */
  long first() {
    return (Long) RowFiles.lower(table, file, "occurred_at");
  }

  long last() {
    return (Long) RowFiles.upper(table, file, "occurred_at");
  }

  /** Rows that are hidden before the commit. */
  BitSet hidden() {
    if (hidden == null) {
      hidden = new BitSet();
      masks.forEach(this::readMask);
    }
    return hidden;
  }

  /** Rows that are hidden after the commit; the caller sets and clears. */
  BitSet hiddenAfter() {
    if (hiddenAfter == null) {
      hiddenAfter = (BitSet) hidden().clone();
    }
    return hiddenAfter;
  }

  /** Whether the masks that there are do not say what is hidden after the commit. */
  boolean needsMask() {
    return switch (role) {
      case REMOVED -> false;
      case CARRIED -> !hiddenAfter().isEmpty();
      case ADDED, KEPT -> hiddenAfter != null && !hiddenAfter.equals(hidden());
    };
  }

  private void readMask(DeleteFile mask) {
    Schema columns = new Schema(MetadataColumns.DELETE_FILE_PATH, MetadataColumns.DELETE_FILE_POS);
    try (CloseableIterable<StructLike> rows =
        Parquet.read(table.io().newInputFile(mask))
            .project(columns)
            .reuseContainers()
            .createReaderFunc(type -> InternalReader.create(columns, type))
            .build()) {
      for (StructLike row : rows) {
        if (file.location().contentEquals(row.get(0, CharSequence.class))) {
          hidden.set(Math.toIntExact(row.get(1, Long.class)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the mask for {@link #hiddenAfter}; null when nothing is hidden. */
  DeleteFile writeMask() throws IOException {
    if (hiddenAfter.isEmpty()) {
      return null;
    }
    OutputFile out =
        table
            .io()
            .newOutputFile(
                table
                    .locationProvider()
                    .newDataLocation(
                        table.spec(),
                        file.partition(),
                        "hidden-" + java.util.UUID.randomUUID() + ".parquet"));
    // all three settings matter: rows are not repeated, path bounds are whole, the mask is this
    // file's alone
    PositionDeleteWriter<Record> writer =
        Parquet.writeDeletes(out)
            .forTable(table)
            .rowSchema(null)
            .metricsConfig(MetricsConfig.forPositionDelete(table))
            .withSpec(table.spec())
            .withPartition(file.partition())
            .overwrite()
            .createWriterFunc(GenericParquetWriter::create)
            .buildPositionWriter();
    try (writer) {
      PositionDelete<Record> position = PositionDelete.create();
      for (int row = hiddenAfter.nextSetBit(0); row >= 0; row = hiddenAfter.nextSetBit(row + 1)) {
        writer.write(position.set(file.location(), row));
      }
    }
    DeleteFile mask =
        FileMetadata.deleteFileBuilder(table.spec())
            .copy(writer.toDeleteFile())
            .withReferencedDataFile(file.location())
            .build();
    if (!ContentFileUtil.isFileScoped(mask)) {
      throw new IllegalStateException("mask " + mask.location() + " is not scoped to one file");
    }
    return mask;
  }
}
