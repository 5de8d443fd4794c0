package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.lyceum.catalog.Row;

/** Rows into Parquet files of a table, and back. */
public final class RowFiles {
  /** Statistics of text are cut here, unless a table's properties keep a column's in full. */
  private static final int CUT_AT = 16;

  private static final long ROWS_WORTH_A_FILTER = 1_000;
  private static final long MOST_FILTER_BYTES = 16L << 20;

  private RowFiles() {}

  /**
   * Opens a file of one feed (of none where the table is not partitioned).
   *
   * @param schema the table's, or a part of it: columns left out read as NULL
   * @param name begins the file's name, for people who look into folders
   */
  public static DataWriter<StructLike> open(Table table, Schema schema, String feed, String name)
      throws IOException {
    return open(table, schema, feed, name, 0);
  }

  /**
   * The same, for a file that is asked for single events later: it gets a Bloom filter on event_id,
   * unless it is so small that reading the ids costs less.
   *
   * @param expectedRows a row more than that makes the filter less sharp
   */
  public static DataWriter<StructLike> open(
      Table table, Schema schema, String feed, String name, long expectedRows) throws IOException {
    PartitionSpec spec = table.spec();
    StructLike partition = partition(spec, feed);
    String fileName = FileFormat.PARQUET.addExtension(name + "-" + UUID.randomUUID());
    OutputFile out =
        table
            .io()
            .newOutputFile(
                spec.isUnpartitioned()
                    ? table.locationProvider().newDataLocation(fileName)
                    : table.locationProvider().newDataLocation(spec, partition, fileName));
    Parquet.DataWriteBuilder file =
        Parquet.writeData(EncryptedFiles.plainAsEncryptedOutput(out)).forTable(table);
    if (expectedRows >= ROWS_WORTH_A_FILTER && schema.findField("event_id") != null) {
      file.set("write.parquet.bloom-filter-enabled.column.event_id", "true")
          .set("write.parquet.bloom-filter-max-bytes", Long.toString(filterBytes(expectedRows)));
    }
    return file.schema(schema)
        .createWriterFunc((fileSchema, type) -> InternalWriter.create(fileSchema.asStruct(), type))
        .withPartition(partition)
        .build();
  }

  /**
   * Six bytes a row and more, up to a power of two: of a million ids that a file has not, less than
   * one is found falsely.
   */
  private static long filterBytes(long rows) {
    return Math.min(MOST_FILTER_BYTES, Long.highestOneBit(6 * rows - 1) * 2);
  }

  private static StructLike partition(PartitionSpec spec, String feed) {
    if (spec.isUnpartitioned()) {
      return null;
    }
    PartitionData partition = new PartitionData(spec.partitionType());
    partition.set(0, feed);
    return partition;
  }

  /** Writes rows to one file; null when there are none. */
  static DataFile write(Table table, String name, List<Row> rows) {
    if (rows.isEmpty()) {
      return null;
    }
    try {
      DataWriter<StructLike> writer = open(table, table.schema(), null, name);
      try (writer) {
        rows.forEach(writer::write);
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads columns of one file, all its rows in order, hidden ones too. A row is reused from one to
   * the next.
   */
  static CloseableIterable<StructLike> read(Table table, DataFile file, Schema columns) {
    return read(table, file, columns, true);
  }

  /** The same; without reuse the rows and what they hold can be kept. */
  static CloseableIterable<StructLike> read(
      Table table, DataFile file, Schema columns, boolean reuse) {
    Parquet.ReadBuilder read =
        Parquet.read(table.io().newInputFile(file))
            .project(columns)
            .createReaderFunc(type -> InternalReader.create(columns, type));
    return (reuse ? read.reuseContainers() : read).build();
  }

  /** Lowest value of a column in a file, or null. */
  static Object lower(Table table, ContentFile<?> file, String column) {
    return bound(table, file.lowerBounds(), column);
  }

  static Object upper(Table table, ContentFile<?> file, String column) {
    return bound(table, file.upperBounds(), column);
  }

  private static Object bound(Table table, Map<Integer, ByteBuffer> bounds, String column) {
    Types.NestedField field = table.schema().findField(column);
    ByteBuffer value = bounds == null || field == null ? null : bounds.get(field.fieldId());
    return value == null ? null : Conversions.fromByteBuffer(field.type(), value);
  }

  /** What a file's statistics tell about where its rows belong. */
  static Scope.Bounds bounds(Table table, ContentFile<?> file) {
    String feed = text(lower(table, file, "feed"));
    if (table.spec().isPartitioned()) {
      feed = file.partition().get(0, CharSequence.class).toString();
    } else if (feed != null
        && (feed.length() >= CUT_AT || !feed.equals(text(upper(table, file, "feed"))))) {
      feed = null;
    }
    return new Scope.Bounds(
        feed,
        text(lower(table, file, "delivery")),
        text(upper(table, file, "delivery")),
        text(lower(table, file, "position")),
        text(upper(table, file, "position")),
        (Long) lower(table, file, "occurred_at"),
        (Long) upper(table, file, "occurred_at"));
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  /** Whether a file of the books may hold rows of a run. */
  static boolean mayHoldRun(Table table, DataFile file, String runId) {
    String first = text(lower(table, file, "run_id"));
    String last = text(upper(table, file, "run_id"));
    return first == null
        || last == null
        || (first.compareTo(runId) <= 0 && runId.compareTo(last) <= 0);
  }
}
