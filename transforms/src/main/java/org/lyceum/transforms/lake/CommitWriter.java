package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;

/**
 * What was decided in; the changes of all tables out: rows that come and go, masks, failed records,
 * books. Made anew by each attempt of a commit; only the files that came stay as they are.
 */
final class CommitWriter {
  private final TableCommits tables;
  private final RunInfo run;
  private final long commits;
  private final boolean isFirst;
  private final boolean isLast;
  private final Decision decision;
  private final Scope scope;
  private final Map<String, Map<String, Long>> taken = new TreeMap<>();
  private final Map<String, List<EventFile>> files = new LinkedHashMap<>();
  private final Map<String, Duplicates> duplicates = new LinkedHashMap<>();

  CommitWriter(
      TableCommits tables,
      RunInfo run,
      long commits,
      boolean isFirst,
      boolean isLast,
      Decision decision) {
    this.tables = tables;
    this.run = run;
    this.commits = commits;
    this.isFirst = isFirst;
    this.isLast = isLast;
    this.decision = decision;
    this.scope = decision.scope();
  }

  /** Notes all changes of a commit; without {@code forReal} only counts what they would do. */
  LakeCommit.Result write(boolean forReal, Clock clock) {
    List<TableCommits.Split> failedOut = failedOut();
    try {
      long vanishing = 0;
      for (String name : decision.tables()) {
        vanishing += settle(Contracts.of(name));
      }
      LakeCommit.Result result =
          new LakeCommit.Result(
              decision.arrivals.stream().map(Decision.Arrival::delivery).toList(),
              decision.unchanged.stream().map(Decision.Arrival::delivery).toList(),
              decision.leftOut,
              duplicates.values().stream().mapToLong(Duplicates::hidden).sum(),
              duplicates.values().stream().mapToLong(Duplicates::shown).sum(),
              vanishing);
      if (forReal) {
        for (String name : decision.tables()) {
          writeEvents(Contracts.of(name));
        }
        writeFailed(failedOut);
        Duplicates.write(tables, duplicates.values(), scope, run);
        new DeliveryBook(tables, run, decision, taken).write();
        writeRun(clock);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      duplicates.values().forEach(Duplicates::close);
    }
  }

  /** Decides which copies of a table show; returns how many events show before and not after. */
  private long settle(Contract contract) throws IOException {
    Table events = tables.table(contract.identifier());
    List<EventFile> all = eventFiles(contract, events);
    files.put(contract.table(), all);
    Duplicates changes = new Duplicates(tables, run, contract);
    duplicates.put(contract.table(), changes);
    if (scope.isByTime()) {
      for (EventFile file : all) {
        changes.takeGoing(events, file);
      }
    }
    CopySearch.settle(events, contract, all, changes, CopySearch.MAX_IDS);
    long shownBefore = 0;
    long added = 0;
    long hiddenNow = 0;
    for (EventFile file : all) {
      switch (file.role()) {
        case REMOVED -> shownBefore += file.goingShown();
        case ADDED -> {
          added += file.file().recordCount();
          hiddenNow += file.hiddenAfter().cardinality();
        }
        case CARRIED, KEPT -> {}
      }
    }
    // shown after less shown before: rows that come unhidden, rows shown again, less rows hidden
    // elsewhere and taken
    return shownBefore - (added - hiddenNow) - changes.shown() + (changes.hidden() - hiddenNow);
  }

  /** Added and removed files first, then those that stay. */
  private List<EventFile> eventFiles(Contract contract, Table events) throws IOException {
    List<EventFile> moving = new ArrayList<>();
    List<EventFile> staying = new ArrayList<>();
    for (Decision.Arrival arrival : decision.arrivals) {
      for (DataFile file : arrival.rows().getOrDefault(contract.table(), List.of())) {
        moving.add(EventFile.added(events, file));
      }
    }
    for (TableCommits.Planned planned :
        tables.plan(contract.identifier(), "delivery", "position", "occurred_at")) {
      switch (scope.cover(RowFiles.bounds(events, planned.file()))) {
        case NONE -> staying.add(EventFile.kept(events, planned));
        case ALL -> {
          EventFile removed = EventFile.removed(events, planned, null);
          moving.add(removed);
          count(removed.delivery(), contract.name(), planned.file().recordCount());
        }
        case PART -> {
          EventFile whole = EventFile.kept(events, planned);
          TableCommits.Split split =
              TableCommits.split(contract, events, planned.file(), scope::covers, run.runId());
          if (split.going().isEmpty()) {
            staying.add(whole);
          } else {
            EventFile removed = EventFile.removed(events, planned, split.going());
            moving.add(removed);
            if (split.rest() != null) {
              staying.add(EventFile.carried(events, split.rest(), removed.hiddenRest()));
            }
          }
          split.taken().forEach((delivery, rows) -> count(delivery, contract.name(), rows));
        }
      }
    }
    moving.addAll(staying);
    return moving;
  }

  private void count(String delivery, String table, long rows) {
    taken.computeIfAbsent(delivery, any -> new TreeMap<>()).merge(table, rows, Long::sum);
  }

  /**
   * Files of failed records that go or lose some: those in scope, and those of paths that are left
   * out again or not any more.
   */
  private List<TableCommits.Split> failedOut() {
    List<TableCommits.Split> out = new ArrayList<>();
    Scope settled = decision.settledPaths();
    if (scope.isEmpty() && settled.isEmpty()) {
      return out;
    }
    TableIdentifier id = Books.FAILED_RECORD.identifier();
    Table failedRecords = tables.table(id);
    for (TableCommits.Planned planned : tables.plan(id, "delivery", "position", "occurred_at")) {
      Scope.Bounds bounds = RowFiles.bounds(failedRecords, planned.file());
      if (scope.cover(bounds) == Scope.Cover.NONE && settled.cover(bounds) == Scope.Cover.NONE) {
        continue;
      }
      TableCommits.Split split =
          TableCommits.split(
              Books.FAILED_RECORD,
              failedRecords,
              planned.file(),
              place -> scope.covers(place) || settled.covers(place),
              run.runId());
      if (!split.going().isEmpty()) {
        out.add(split);
        split.taken().keySet().stream()
            .filter(delivery -> !delivery.startsWith(Ledger.LEFT_OUT))
            .forEach(
                delivery ->
                    count(delivery, Books.FAILED_RECORD.name(), split.taken().get(delivery)));
      }
    }
    return out;
  }

  private void writeEvents(Contract contract) throws IOException {
    List<DataFile> in = new ArrayList<>();
    List<DataFile> out = new ArrayList<>();
    List<DeleteFile> masksIn = new ArrayList<>();
    List<DeleteFile> masksOut = new ArrayList<>();
    for (EventFile file : files.get(contract.table())) {
      switch (file.role()) {
        case ADDED, CARRIED -> in.add(file.file());
        case REMOVED -> {
          out.add(file.file());
          masksOut.addAll(file.masks());
        }
        case KEPT -> {}
      }
      if (file.needsMask()) {
        masksOut.addAll(file.masks());
        DeleteFile mask = file.writeMask();
        if (mask != null) {
          masksIn.add(mask);
        }
      }
    }
    tables.change(contract.identifier(), in, out, masksIn, masksOut);
  }

  private void writeFailed(List<TableCommits.Split> splits) {
    List<DataFile> in = new ArrayList<>();
    List<DataFile> out = new ArrayList<>();
    for (TableCommits.Split split : splits) {
      out.add(split.file());
      if (split.rest() != null) {
        in.add(split.rest());
      }
    }
    decision.arrivals.forEach(arrival -> in.addAll(arrival.failed()));
    if (!decision.leftOut.isEmpty()) {
      Table failedRecords = tables.table(Books.FAILED_RECORD.identifier());
      for (CommitRequest.LeftOut leftOut : decision.leftOut) {
        in.add(
            RowFiles.write(
                failedRecords, "left-out", List.of(Books.leftOut(decision, run, leftOut))));
      }
    }
    if (!in.isEmpty() || !out.isEmpty()) {
      tables.change(Books.FAILED_RECORD.identifier(), in, out, List.of(), List.of());
    }
  }

  /** The run's row: written at its first commit, replaced at its last. */
  private void writeRun(Clock clock) throws IOException {
    if (!isFirst && !isLast) {
      return;
    }
    TableIdentifier id = Books.RUN.identifier();
    Table runs = tables.table(id);
    List<DataFile> in = new ArrayList<>();
    List<DataFile> out = new ArrayList<>();
    boolean leftOutBefore = false;
    if (!isFirst) {
      tables.withoutRun(id, run.runId(), in, out);
      leftOutBefore = leftOutBefore();
    }
    String status = "running";
    Long finishedAt = null;
    if (isLast) {
      status = decision.leftOut.isEmpty() && !leftOutBefore ? "done" : "left_out";
      finishedAt = TimeUnit.MILLISECONDS.toMicros(clock.millis());
    }
    Row row = Books.run(run, status, commits, finishedAt);
    in.add(RowFiles.write(runs, run.runId(), List.of(row)));
    tables.change(id, in, out, List.of(), List.of());
  }

  /** Whether an earlier commit of this run left a delivery out. */
  private boolean leftOutBefore() throws IOException {
    Table deliveries = tables.table(Books.DELIVERY.identifier());
    for (TableCommits.Planned planned : tables.plan(Books.DELIVERY.identifier(), "run_id")) {
      if (!RowFiles.mayHoldRun(deliveries, planned.file(), run.runId())) {
        continue;
      }
      try (CloseableIterable<StructLike> rows =
          RowFiles.read(
              deliveries, planned.file(), deliveries.schema().select("run_id", "status"))) {
        for (StructLike row : rows) {
          if (run.runId().contentEquals(row.get(0, CharSequence.class))
              && "failed".contentEquals(row.get(1, CharSequence.class))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
