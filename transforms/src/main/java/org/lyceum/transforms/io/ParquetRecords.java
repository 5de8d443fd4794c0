package org.lyceum.transforms.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.lyceum.transforms.parse.FailureCode;

/**
 * One whole Parquet file in; its rows out, one at a time, as logical records: a map in the order of
 * the file's columns, without the columns that the file does not have. Values are {@code null},
 * Boolean, Integer, Long, Double, BigDecimal (decimals), String, byte[] (fixed, binary that is not
 * annotated as text, and text that is not UTF-8), {@link Timestamp} (also INT96), {@code List}
 * (lists of two and three levels) and {@code Map} (maps by key, records by field).
 *
 * <p>A file that is damaged, cut or no Parquet file throws {@link UnreadableObjectException} with
 * code {@code CORRUPT_FILE}, possibly after some rows.
 */
public final class ParquetRecords implements Closeable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

  /** Magic, length of the footer, magic; a file of no rows has a footer too. */
  private static final int MIN_BYTES = 12;

  private final ParquetFileReader reader;
  private final MessageColumnIO columns;
  private final ParquetRow row;
  private final long rowCount;

  private RecordReader<Map<String, Object>> group;
  private long leftInGroup;
  private long next;
  private Map<String, Object> record;

  private ParquetRecords(InputFile file) throws UnreadableObjectException {
    try {
      reader = ParquetFileReader.open(file, options());
    } catch (IOException | RuntimeException e) { // the library documents none of what it throws
      throw corrupt("its footer cannot be read", e);
    }
    try {
      checkRowGroups(file.getLength());
      MessageType schema = reader.getFileMetaData().getSchema();
      columns = new ColumnIOFactory(reader.getFileMetaData().getCreatedBy()).getColumnIO(schema);
      row = new ParquetRow(schema);
      rowCount = reader.getRecordCount();
    } catch (IOException | RuntimeException e) {
      close();
      throw corrupt("its schema cannot be read", e);
    } catch (UnreadableObjectException e) {
      close();
      throw e;
    }
  }

  /** A file that is in memory. */
  public static ParquetRecords of(byte[] file) throws UnreadableObjectException {
    int tail = Math.min(4, file.length);
    checkEnds(file.length, ByteBuffer.wrap(file), ByteBuffer.wrap(file, file.length - tail, tail));
    return new ParquetRecords(new ParquetBytes(ByteBuffer.wrap(file)));
  }

  /** A file of any size; a row group of it is in memory at a time. */
  public static ParquetRecords of(Path file) throws UnreadableObjectException {
    try (var channel = Files.newByteChannel(file)) {
      ByteBuffer head = ByteBuffer.allocate(4);
      ByteBuffer tail = ByteBuffer.allocate(4);
      channel.read(head);
      channel.position(Math.max(0, channel.size() - 4)).read(tail);
      checkEnds(channel.size(), head.flip(), tail.flip());
    } catch (NoSuchFileException e) {
      throw new UnreadableObjectException(
          FailureCode.CHANGED_WHILE_READ, "the file went away since it was listed", e);
    } catch (IOException e) {
      throw new UnreadableObjectException(
          FailureCode.UNREADABLE_FILE,
          "the file cannot be read (" + e.getClass().getSimpleName() + ")",
          e);
    }
    return new ParquetRecords(new LocalInputFile(file));
  }

  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withCodecFactory(new ParquetCodecs())
        .usePageChecksumVerification() // the only thing that sees a flipped bit within a value
        .useStatsFilter(false)
        .useDictionaryFilter(false)
        .useColumnIndexFilter(false)
        .useBloomFilter(false)
        .build();
  }

  private static void checkEnds(long length, ByteBuffer head, ByteBuffer tail)
      throws UnreadableObjectException {
    if (length == 0) {
      throw corrupt("it is empty");
    }
    if (length < MIN_BYTES || !startsWith(head, MAGIC)) {
      throw corrupt(
          startsWith(head, ENCRYPTED) ? "it is encrypted" : "it does not begin as a Parquet file");
    }
    if (!startsWith(tail, MAGIC)) {
      throw corrupt("it does not end as a Parquet file; it may be cut");
    }
  }

  private static boolean startsWith(ByteBuffer bytes, byte[] magic) {
    return bytes.remaining() >= magic.length
        && bytes.slice(bytes.position(), magic.length).equals(ByteBuffer.wrap(magic));
  }

  /** A footer that lies about its columns would be believed: memory is taken as it says. */
  private void checkRowGroups(long length) throws UnreadableObjectException {
    for (BlockMetaData each : reader.getRowGroups()) {
      if (each.getRowCount() < 0) {
        throw corrupt("its footer counts fewer rows than none");
      }
      for (ColumnChunkMetaData column : each.getColumns()) {
        long start = column.getStartingPos();
        if (start < MAGIC.length
            || column.getTotalSize() < 0
            || column.getTotalSize() > length - start) {
          throw corrupt("its footer places a column outside of it");
        }
      }
    }
  }

  /** Rows that the footer announces. */
  public long rowCount() {
    return rowCount;
  }

  /** Moves to the next row; false after the last one. */
  public boolean next() throws UnreadableObjectException {
    try {
      while (leftInGroup == 0) {
        PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
          record = null;
          return false;
        }
        leftInGroup = pages.getRowCount();
        group = columns.getRecordReader(pages, row);
      }
      record = group.read();
    } catch (IOException | RuntimeException e) {
      throw corrupt("row " + next + " or its row group cannot be read", e);
    }
    leftInGroup--;
    next++;
    return true;
  }

  /** The current row; it is the caller's, and not used again. */
  public Map<String, Object> record() {
    return record;
  }

  /** Number of the current row, from 0. */
  public long rowNumber() {
    return next - 1;
  }

  private static UnreadableObjectException corrupt(String what) {
    return new UnreadableObjectException(
        FailureCode.CORRUPT_FILE, "the Parquet file is damaged: " + what);
  }

  /** The library's messages may quote values: only its kind of exception is told. */
  private static UnreadableObjectException corrupt(String what, Exception e) {
    return new UnreadableObjectException(
        FailureCode.CORRUPT_FILE,
        "the Parquet file is damaged: " + what + " (" + e.getClass().getSimpleName() + ")");
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      // everything was read
    }
  }
}
