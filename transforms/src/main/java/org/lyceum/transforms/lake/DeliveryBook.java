package org.lyceum.transforms.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.lyceum.catalog.Row;

/** The entries of {@code ops.delivery} that a commit writes. */
final class DeliveryBook {
  private static final TableIdentifier ID = Books.DELIVERY.identifier();

  private final TableCommits tables;
  private final RunInfo run;
  private final Decision decision;
  private final Map<String, Map<String, Long>> taken;
  private final long sequence;

  /**
   * Entries for one commit.
   *
   * @param taken rows that go, by delivery and table
   */
  DeliveryBook(
      TableCommits tables, RunInfo run, Decision decision, Map<String, Map<String, Long>> taken) {
    this.tables = tables;
    this.run = run;
    this.decision = decision;
    this.taken = taken;
    Snapshot start = tables.start(ID);
    this.sequence = start == null ? 1 : start.sequenceNumber() + 1;
  }

  void write() throws IOException {
    List<Row> rows = new ArrayList<>();
    List<DataFile> in = new ArrayList<>();
    List<DataFile> out = new ArrayList<>();
    if (decision.isSummed) {
      rows.addAll(summed(in, out));
    } else {
      decision.arrivals.forEach(arrival -> rows.add(arrived(arrival).row()));
    }
    for (Decision.Grown grown : decision.grown) {
      rows.add(
          gone(grown.delivery(), Ledger.Status.grown)
              .set("grown_into", grown.into())
              .set("message", "every row stands in the longer log")
              .row());
    }
    for (String removed : decision.removed) {
      rows.add(gone(removed, Ledger.Status.removed).set("message", run.reason()).row());
    }
    for (CommitRequest.Seen seen : decision.seen) {
      rows.add(
          Books.delivery(decision, run, sequence, seen.delivery(), Ledger.Status.complete)
              .file(seen.file())
              .set("message", seenAs(seen))
              .row());
    }
    for (CommitRequest.LeftOut leftOut : decision.leftOut) {
      rows.add(
          Books.delivery(
                  decision,
                  run,
                  sequence,
                  Ledger.LEFT_OUT + leftOut.file().path(),
                  Ledger.Status.failed)
              .file(leftOut.file())
              .set("code", leftOut.code().code())
              .set("message", leftOut.message())
              .row());
    }
    DataFile file = RowFiles.write(tables.table(ID), run.runId(), rows);
    if (file != null) {
      in.add(file);
    }
    tables.change(ID, in, out, List.of(), List.of());
  }

  private static String seenAs(CommitRequest.Seen seen) {
    return seen.file().modifiedAt() == 0
        ? "the same storage day, as it was before it was left out"
        : "the same log, seen at another path";
  }

  private Books.Entry arrived(Decision.Arrival arrival) {
    Landed.Account account = arrival.account();
    return Books.delivery(decision, run, sequence, arrival.delivery(), arrival.status())
        .set("source", arrival.source())
        .file(arrival.file())
        .set("scope", arrival.scope())
        .set("fingerprint", arrival.fingerprint())
        .set("unended_position", arrival.unendedPosition())
        .set("parser_version", arrival.parserVersion())
        .account(account)
        .set("rows_written", written(arrival))
        .set("rows_taken", taken.getOrDefault(arrival.delivery(), Map.of()))
        .set("first_occurred_at", arrival.firstOccurredAt())
        .set("last_occurred_at", arrival.lastOccurredAt());
  }

  private static Map<String, Long> written(Decision.Arrival arrival) {
    Map<String, Long> written = new LinkedHashMap<>();
    arrival
        .rows()
        .forEach(
            (table, files) -> {
              if (!files.isEmpty()) {
                written.put(
                    table.substring(table.indexOf('.') + 1),
                    files.stream().mapToLong(DataFile::recordCount).sum());
              }
            });
    if (arrival.account().failed() > 0) {
      written.put(Books.FAILED_RECORD.name(), arrival.account().failed());
    }
    return written;
  }

  /**
   * The run's entries of what comes in parts: what earlier commits of the run wrote of a delivery
   * and what this one does, added up in one entry that takes the place of the earlier one.
   */
  private List<Row> summed(List<DataFile> in, List<DataFile> out) throws IOException {
    Map<String, Row> entries = new TreeMap<>();
    if (!decision.isFirst) {
      for (Row earlier : tables.withoutRun(ID, run.runId(), in, out)) {
        entries.put(key(earlier), earlier);
      }
    }
    for (Decision.Arrival arrival : decision.arrivals) {
      Row row = arrived(arrival).row();
      entries.merge(key(row), row, Books::plus);
    }
    TreeSet<String> onlyTaken = new TreeSet<>(taken.keySet());
    decision.arrivals.forEach(arrival -> onlyTaken.remove(arrival.delivery()));
    for (String delivery : onlyTaken) {
      Row row =
          Books.delivery(decision, run, sequence, delivery, decision.statusOf(delivery))
              .set("rows_taken", taken.get(delivery))
              .row();
      entries.merge(key(row), row, Books::plus);
    }
    for (Decision.Note note : decision.notes) {
      Row row =
          Books.delivery(
                  decision, run, sequence, note.delivery(), decision.statusOf(note.delivery()))
              .set("path", note.path())
              .set("code", note.code() == null ? null : note.code().code())
              .set("message", note.message())
              .row();
      entries.merge(key(row), row, Books::plus);
    }
    return new ArrayList<>(entries.values());
  }

  private static String key(Row entry) {
    return entry.get(Books.DELIVERY.ordinal("delivery"))
        + "\0"
        + entry.get(Books.DELIVERY.ordinal("path"));
  }

  private Books.Entry gone(String delivery, Ledger.Status status) {
    Optional<String> path = decision.pathOf(delivery);
    return Books.delivery(decision, run, sequence, delivery, status)
        .set("path", path.orElse(null))
        .set("rows_taken", taken.getOrDefault(delivery, Map.of()));
  }

  /** Reads all rows of a file of the books. */
  static List<Row> rows(Table table, DataFile file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterable<StructLike> read = RowFiles.read(table, file, table.schema(), false)) {
      for (StructLike struct : read) {
        Row row = new Row(struct.size());
        for (int i = 0; i < row.size(); i++) {
          row.set(i, struct.get(i, Object.class));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
