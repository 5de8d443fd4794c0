package org.lyceum.transforms.land;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.util.Utf8;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.util.StructProjection;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.ReadLines;
import org.lyceum.transforms.io.UnreadableLogException;
import org.lyceum.transforms.lake.LakeCommit;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.lake.RowFiles;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.RecordParser;
import org.lyceum.transforms.parse.Verdict;

/**
 * One range of a log in; its rows and failed records in files, and its account, out. Reading,
 * parsing and writing are one pass over one buffer, because handing lines from transform to
 * transform costs as much as parsing them.
 */
final class LandRange implements Closeable {
  private static final int TELL_EVERY = 4096;

  private final Table events;
  private final Table failedRecords;
  private final Schema columns;
  private final RecordParser parser;
  private final String source;
  private final String feed;
  private final LogRange range;
  private final String runId;
  private final Row row;
  private final StructLike written;
  private final int positionAt;

  private final Map<String, Long> failedByCode = new TreeMap<>();
  private DataWriter<StructLike> rows;
  private DataWriter<StructLike> failed;
  private long read;
  private long parsed;
  private long skipped;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private String unended;

  /** The tables and the parser of a worker; a range writes through them. */
  record Tools(
      Table events,
      Table failedRecords,
      Schema columns,
      RecordParser parser,
      String source,
      String runId) {}

  LandRange(Tools tools, String feed, LogRange range) {
    this.events = tools.events();
    this.failedRecords = tools.failedRecords();
    this.columns = tools.columns();
    this.parser = tools.parser();
    this.source = tools.source();
    this.feed = feed;
    this.range = range;
    this.runId = tools.runId();
    Contract contract = parser.contract();
    this.row = Row.of(contract);
    boolean isWhole = columns.columns().size() == row.size();
    this.written = isWhole ? row : StructProjection.create(events.schema(), columns).wrap(row);
    this.positionAt = contract.ordinal("position");
    row.set(contract.ordinal("feed"), new Utf8(feed));
    row.set(contract.ordinal("delivery"), new Utf8(range.delivery()));
    row.set(contract.ordinal("run_id"), new Utf8(runId));
  }

  Landed land() throws IOException {
    int occurredAt = parser.contract().ordinal("occurred_at");
    byte[] position = new byte[20];
    row.set(positionAt, new Utf8(position));
    long told = 0;
    try (ReadLines lines =
        new ReadLines(range.file(), range.start(), range.end(), range.length())) {
      while (lines.next()) {
        read++;
        if (!lines.hasLineEnd()) {
          unended = LakeCommit.position(lines.position());
        }
        Verdict verdict =
            lines.digest() == null
                ? parser.parse(lines.buffer(), lines.offset(), lines.length(), row)
                : Verdict.failed(FailureCode.RECORD_TOO_LARGE, "the line is longer than 64 MiB");
        switch (verdict.kind()) {
          case PARSED -> {
            parsed++;
            digits(lines.position(), position);
            long at = row.get(occurredAt, Long.class);
            first = Math.min(first, at);
            last = Math.max(last, at);
            rows().write(written);
          }
          case SKIPPED -> skipped++;
          case FAILED -> fail(lines, verdict);
        }
        if (read % TELL_EVERY == 0) {
          told = tell(lines, told, TELL_EVERY);
        }
      }
      tell(lines, told, read % TELL_EVERY);
      return landed(lines, null);
    } catch (UnreadableLogException e) {
      return landed(null, new Landed.Fault(e.code(), e.getMessage()));
    }
  }

  private long tell(ReadLines lines, long told, long records) {
    long bytes = lines.bytesOnDisk();
    Progress.add(bytes - told, records);
    return bytes;
  }

  /** A byte offset as {@link LakeCommit#position} writes it, without garbage. */
  private static void digits(long offset, byte[] into) {
    for (int i = into.length - 1; i >= 0; i--) {
      into[i] = (byte) ('0' + offset % 10);
      offset /= 10;
    }
  }

  private DataWriter<StructLike> rows() throws IOException {
    if (rows == null) {
      rows = RowFiles.open(events, columns, feed, fileName());
    }
    return rows;
  }

  private String fileName() {
    return range.delivery() + "-" + range.start();
  }

  private void fail(ReadLines lines, Verdict verdict) throws IOException {
    failedByCode.merge(verdict.code().code(), 1L, Long::sum);
    if (failed == null) {
      failed = RowFiles.open(failedRecords, failedRecords.schema(), null, fileName());
    }
    failed.write(
        new FailedRows(source, feed, runId)
            .of(
                range.delivery(),
                LakeCommit.position(lines.position()),
                verdict,
                lines.buffer(),
                lines.offset(),
                lines.length(),
                lines.wholeLength(),
                lines.digest()));
  }

  private Landed landed(ReadLines lines, Landed.Fault fault) throws IOException {
    close();
    boolean isLastRange = range.file().isGzip() || range.end() == range.length();
    String fingerprint = range.fingerprint();
    if (fingerprint == null && lines != null) {
      fingerprint = lines.fingerprint();
    }
    return new Landed(
        source,
        feed,
        range.delivery(),
        range.file(),
        range.start(),
        null,
        isLastRange ? fingerprint : null,
        unended,
        new Landed.Account(lines == null ? 0 : lines.bytes(), read, parsed, skipped, failedByCode),
        parsed == 0 ? null : first,
        parsed == 0 ? null : last,
        Map.of(parser.contract().table(), file(rows)),
        file(failed),
        List.of(),
        fault);
  }

  private static List<DataFile> file(DataWriter<StructLike> writer) {
    List<DataFile> files = new ArrayList<>();
    if (writer != null) {
      files.add(writer.toDataFile());
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
    if (failed != null) {
      failed.close();
    }
  }
}
