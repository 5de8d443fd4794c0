package org.lyceum.transforms.land;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  private final Map<Contract, DataWriter<StructLike>> open = new HashMap<>();
  private final Map<String, List<DataFile>> rows = new TreeMap<>();
  private final List<DataFile> failed = new ArrayList<>();
  private final Map<String, Long> failedByCode = new TreeMap<>();
  private DataWriter<StructLike> failedWriter;
  private long read;
  private long parsed;
  private long skipped;
  private long bytes;
  private Long first;
  private Long last;

  /** The tables of a worker, loaded once, and the run that it writes for. */
  static final class Worker {
    private final RESTCatalog catalog;
    private final String runId;
    private final Map<Contract, Table> tables = new HashMap<>();

    Worker(RESTCatalog catalog, String runId) {
      this.catalog = catalog;
      this.runId = runId;
    }

    String runId() {
      return runId;
    }

    Table table(Contract contract) {
      return tables.computeIfAbsent(contract, any -> catalog.loadTable(any.identifier()));
    }
  }

  DeliveryFiles(Worker worker, String source, String feed, String delivery) {
    this.worker = worker;
    this.feed = feed;
    this.delivery = delivery;
    this.failedRows = new FailedRows(source, feed, worker.runId());
  }

  /** Counts bytes that were read for the records of the delivery. */
  void bytes(long more) {
    bytes += more;
  }

  /** Writes a row whose columns are set but for those that say where it lies. */
  void parsed(Contract contract, Row row, String position) throws IOException {
    read++;
    parsed++;
    row.set(contract.ordinal("feed"), feed);
    row.set(contract.ordinal("delivery"), delivery);
    row.set(contract.ordinal("position"), position);
    row.set(contract.ordinal("run_id"), worker.runId());
    long at = row.get(contract.ordinal("occurred_at"), Long.class);
    first = first == null ? at : Math.min(first, at);
    last = last == null ? at : Math.max(last, at);
    DataWriter<StructLike> writer = open.get(contract);
    if (writer == null) {
      Table table = worker.table(contract);
      writer = RowFiles.open(table, table.schema(), feed, fileName());
      open.put(contract, writer);
    }
    writer.write(row);
  }

  void skipped() {
    read++;
    skipped++;
  }

  void failed(String position, Verdict verdict, byte[] buffer, int offset, int length)
      throws IOException {
    read++;
    failedByCode.merge(verdict.code().code(), 1L, Long::sum);
    if (failedWriter == null) {
      Table table = worker.table(FailedRows.CONTRACT);
      failedWriter = RowFiles.open(table, table.schema(), null, fileName());
    }
    failedWriter.write(failedRows.of(delivery, position, verdict, buffer, offset, length));
  }

  /** A file's name begins with its delivery, for people who look into folders. */
  private String fileName() {
    return delivery.replaceAll("[^A-Za-z0-9.@_-]", "-");
  }

  /** Closes what is open; more may follow. */
  void flush() throws IOException {
    for (Map.Entry<Contract, DataWriter<StructLike>> writer : open.entrySet()) {
      writer.getValue().close();
      rows.computeIfAbsent(writer.getKey().table(), any -> new ArrayList<>())
          .add(writer.getValue().toDataFile());
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
    return first;
  }

  Long last() {
    return last;
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
