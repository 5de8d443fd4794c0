package org.lyceum.transforms.lake;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.LogFile;

/** Rows of the books, {@code ops.*}, by their contracts. */
final class Books {
  static final Contract RUN = Contracts.of("ops.run");
  static final Contract DELIVERY = Contracts.of("ops.delivery");
  static final Contract FAILED_RECORD = Contracts.of("ops.failed_record");
  static final Contract DUPLICATE = Contracts.of("ops.duplicate");
  static final Contract STATE = Contracts.of("ops.state");

  private Books() {}

  /** Sets columns by name; for books only, a hot path uses ordinals. */
  static final class Entry {
    private final Contract contract;
    private final Row row;

    Entry(Contract contract) {
      this.contract = contract;
      this.row = Row.of(contract);
    }

    Entry set(String column, Object value) {
      row.set(contract.ordinal(column), value);
      return this;
    }

    /** The file that a delivery was found as; none for a topic's. */
    Entry file(LogFile file) {
      return file == null
          ? this
          : set("path", file.path())
              .set("size_bytes", file.size())
              .set("modified_at", file.modifiedAt() == 0 ? null : file.modifiedAt());
    }

    Entry account(Landed.Account account) {
      return set("bytes", account.bytes())
          .set("read", account.read())
          .set("parsed", account.parsed())
          .set("skipped", account.skipped())
          .set("failed", account.failed())
          .set("failed_by_code", account.failedByCode());
    }

    Row row() {
      return row;
    }
  }

  static Row run(RunInfo run, String status, long commits, Long finishedAt) {
    return new Entry(RUN)
        .set("run_id", run.runId())
        .set("pipeline", run.pipeline())
        .set("runner", run.runner())
        .set("started_at", run.startedAt())
        .set("finished_at", finishedAt)
        .set("status", status)
        .set("commits", commits)
        .set("code_version", run.codeVersion())
        .set("reason", run.reason())
        .row();
  }

  /** An entry without file and counts. */
  static Entry delivery(
      Decision decision, RunInfo run, long sequence, String delivery, Ledger.Status status) {
    return new Entry(DELIVERY)
        .set("run_id", run.runId())
        .set("sequence", sequence)
        .set("source", decision.sourceOf(delivery))
        .set("feed", decision.feed)
        .set("delivery", delivery)
        .set("status", status.name())
        .account(Landed.Account.NONE)
        .set("rows_written", Map.of())
        .set("rows_taken", Map.of());
  }

  /** Two entries of one run and delivery, added up; what cannot be added is the later one's. */
  static Row plus(Row earlier, Row later) {
    Row sum = Row.of(DELIVERY);
    for (int i = 0; i < sum.size(); i++) {
      Object one = earlier.get(i);
      Object other = later.get(i);
      sum.set(
          i,
          switch (DELIVERY.columns().get(i).name()) {
            case "bytes", "read", "parsed", "skipped", "failed" -> (long) one + (long) other;
            case "failed_by_code", "rows_written", "rows_taken" -> plus((Map<?, ?>) one, other);
            case "first_occurred_at" -> earliest((Long) one, (Long) other, true);
            case "last_occurred_at" -> earliest((Long) one, (Long) other, false);
            case "scope" -> bothScopes(one, other);
            default -> other;
          });
    }
    return sum;
  }

  private static Map<String, Long> plus(Map<?, ?> one, Object other) {
    Map<String, Long> sum = new TreeMap<>();
    one.forEach((name, count) -> sum.merge(name.toString(), (Long) count, Long::sum));
    ((Map<?, ?>) other)
        .forEach((name, count) -> sum.merge(name.toString(), (Long) count, Long::sum));
    return sum;
  }

  private static Long earliest(Long one, Long other, boolean isFirst) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return isFirst ? Math.min(one, other) : Math.max(one, other);
  }

  /** Ranges and windows are added up; of anything else the later one says how it stands. */
  static String bothScopes(Object one, Object other) {
    if (one == null || other == null) {
      return one == null ? (other == null ? null : other.toString()) : one.toString();
    }
    if (Window.isText(one.toString()) && Window.isText(other.toString())) {
      List<Window> both = Window.parse(one.toString());
      both.addAll(Window.parse(other.toString()));
      return Window.text(both);
    }
    if (!Offsets.isText(other.toString())) {
      return other.toString();
    }
    Map<Integer, Offsets> both = new TreeMap<>(Offsets.parse(one.toString()));
    Offsets.parse(other.toString())
        .forEach((partition, range) -> both.merge(partition, range, Offsets::around));
    return Offsets.text(both);
  }

  static Row leftOut(Decision decision, RunInfo run, CommitRequest.LeftOut leftOut) {
    return new Entry(FAILED_RECORD)
        .set("source", decision.sourceOf(leftOut.file().path()))
        .set("feed", decision.feed)
        .set("delivery", Ledger.LEFT_OUT + leftOut.file().path())
        .set("position", "")
        .set("run_id", run.runId())
        .set("stage", "read")
        .set("code", leftOut.code().code())
        .set("message", leftOut.message())
        .set("payload_size_bytes", leftOut.file().size())
        .row();
  }
}
