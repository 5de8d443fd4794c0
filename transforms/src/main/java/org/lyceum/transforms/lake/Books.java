package org.lyceum.transforms.lake;

import java.util.Map;
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

  /** An entry without counts. */
  static Entry delivery(
      CommitRequest request, long sequence, String delivery, LogFile file, Ledger.Status status) {
    return new Entry(DELIVERY)
        .set("run_id", request.run().runId())
        .set("sequence", sequence)
        .set("source", request.source())
        .set("feed", request.feed())
        .set("delivery", delivery)
        .set("path", file == null ? null : file.path())
        .set("size_bytes", file == null ? null : file.size())
        .set("modified_at", file == null ? null : file.modifiedAt())
        .set("status", status.name())
        .set("bytes", 0L)
        .set("read", 0L)
        .set("parsed", 0L)
        .set("skipped", 0L)
        .set("failed", 0L)
        .set("failed_by_code", Map.of())
        .set("rows_written", Map.of())
        .set("rows_taken", Map.of());
  }

  static Row leftOut(CommitRequest request, CommitRequest.LeftOut leftOut) {
    return new Entry(FAILED_RECORD)
        .set("source", request.source())
        .set("feed", request.feed())
        .set("delivery", Ledger.LEFT_OUT + leftOut.file().path())
        .set("position", "")
        .set("run_id", request.run().runId())
        .set("stage", "read")
        .set("code", leftOut.code().code())
        .set("message", leftOut.message())
        .set("payload_size_bytes", leftOut.file().size())
        .row();
  }
}
