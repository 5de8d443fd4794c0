package org.lyceum.transforms.land;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.util.Utf8;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.lake.RowFiles;
import org.lyceum.transforms.parse.Verdict;

/**
 * The files and the account of one part of one delivery, while it is written: rows of any of a
 * source's tables, failed records. Closing its writers and opening others later is allowed, so that
 * few are open at a time. For one thread.
 */
final class DeliveryFiles {
  private final Worker worker;
  private final String feed;
  private final String delivery;
  private final FailedRows failedRows;
  private final long expectedRows;
  private final Utf8 feedText;
  private final Utf8 deliveryText;

  private final Map<String, Open> open = new HashMap<>();
  private final Map<String, List<DataFile>> rows = new TreeMap<>();
  private final List<DataFile> failed = new ArrayList<>();
  private final Map<String, Long> failedByCode = new TreeMap<>();
  private DataWriter<StructLike> failedWriter;
  private long read;
  private long parsed;
  private long skipped;
  private long bytes;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /** A file that is being written, and where a row says what it is and lies. */
  private static final class Open {
    private final DataWriter<StructLike> writer;
    private final int occurredAt;
    private final int feed;
    private final int delivery;
    private final int position;
    private final int runId;

    Open(DataWriter<StructLike> writer, Contract contract) {
      this.writer = writer;
      this.occurredAt = contract.ordinal("occurred_at");
      this.feed = contract.ordinal("feed");
      this.delivery = contract.ordinal("delivery");
      this.position = contract.ordinal("position");
      this.runId = contract.ordinal("run_id");
    }
  }

  /** The tables of a worker, loaded once, and the run that it writes for. */
  static final class Worker {
    private final RESTCatalog catalog;
    private final String runId;
    private final Utf8 runIdText;
    private final Map<Contract, Table> tables = new HashMap<>();

    Worker(RESTCatalog catalog, String runId) {
      this.catalog = catalog;
      this.runId = runId;
      this.runIdText = new Utf8(runId);
    }

    String runId() {
      return runId;
    }

    Table table(Contract contract) {
      return tables.computeIfAbsent(contract, any -> catalog.loadTable(any.identifier()));
    }
  }

  /**
   * Files for one part of a delivery.
   *
   * @param expectedRows about how many rows there will be, for files that later batches ask for
   *     single events; 0 for others
   */
  DeliveryFiles(Worker worker, String source, String feed, String delivery, long expectedRows) {
    this.expectedRows = expectedRows;
    this.worker = worker;
    this.feed = feed;
    this.delivery = delivery;
    this.feedText = new Utf8(feed);
    this.deliveryText = new Utf8(delivery);
    this.failedRows = new FailedRows(source, feed, worker.runId());
  }

  /** Counts bytes that were read for the records of the delivery. */
  void bytes(long more) {
    bytes += more;
  }

  /**
   * Writes a row whose columns are set but for those that say where it lies.
   *
   * @param position is copied, and may be changed then
   */
  void parsed(Contract contract, Row row, CharSequence position) throws IOException {
    read++;
    parsed++;
    Open to = open.get(contract.table());
    if (to == null) {
      Table table = worker.table(contract);
      to = new Open(RowFiles.open(table, table.schema(), feed, fileName(), expectedRows), contract);
      open.put(contract.table(), to);
    }
    row.set(to.feed, feedText);
    row.set(to.delivery, deliveryText);
    row.set(to.position, position);
    row.set(to.runId, worker.runIdText);
    long at = row.get(to.occurredAt, Long.class);
    first = Math.min(first, at);
    last = Math.max(last, at);
    to.writer.write(row);
  }

  /** Records so far. */
  long read() {
    return read;
  }

  void skipped() {
    read++;
    skipped++;
  }

  void failed(String position, Verdict verdict, byte[] buffer, int offset, int length)
      throws IOException {
    fail(verdict, failedRows.of(delivery, position, verdict, buffer, offset, length));
  }

  /**
   * An object that cannot be read is one failed record, by its name.
   *
   * @param bytes of the object; null if there are none to be had
   */
  void unreadable(String name, Verdict verdict, byte[] bytes, long size) throws IOException {
    fail(verdict, failedRows.ofObject(delivery, name, verdict, bytes, size));
  }

  private void fail(Verdict verdict, Row row) throws IOException {
    read++;
    failedByCode.merge(verdict.code().code(), 1L, Long::sum);
    if (failedWriter == null) {
      Table table = worker.table(FailedRows.CONTRACT);
      failedWriter = RowFiles.open(table, table.schema(), null, fileName());
    }
    failedWriter.write(row);
  }

  /** A file's name begins with its delivery, for people who look into folders. */
  private String fileName() {
    return delivery.replaceAll("[^A-Za-z0-9.@_-]", "-");
  }

  /** Closes what is open; more may follow. */
  void flush() throws IOException {
    for (Map.Entry<String, Open> writer : open.entrySet()) {
      writer.getValue().writer.close();
      rows.computeIfAbsent(writer.getKey(), any -> new ArrayList<>())
          .add(writer.getValue().writer.toDataFile());
    }
    open.clear();
    if (failedWriter != null) {
      failedWriter.close();
      failed.add(failedWriter.toDataFile());
      failedWriter = null;
    }
  }

  Map<String, List<DataFile>> rows() {
    return rows;
  }

  List<DataFile> failed() {
    return failed;
  }

  Long first() {
    return parsed == 0 ? null : first;
  }

  Long last() {
    return parsed == 0 ? null : last;
  }

  Landed.Account account() {
    return new Landed.Account(bytes, read, parsed, skipped, failedByCode);
  }

  /** Closes and removes what was written: nobody will name it. */
  void abandon() throws IOException {
    flush();
    rows.forEach(
        (name, files) ->
            files.forEach(
                file -> worker.tables.values().iterator().next().io().deleteFile(file.location())));
    failed.forEach(file -> worker.table(FailedRows.CONTRACT).io().deleteFile(file.location()));
  }
}
