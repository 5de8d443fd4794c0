package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.util.Tasks;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.LogName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One commit: deliveries that landed, and the lake as it is, in; rows of all tables, failed
 * records, hidden copies and books out, visible together or not at all. A commit that is refused
 * because another came in between decides again all that it took from the lake, and tries again
 * with growing waits; its own data files stay as they are.
 */
public final class LakeCommit {
  private static final Logger LOG = LoggerFactory.getLogger(LakeCommit.class);

  /** Summary property of a snapshot by which, and nothing else, a commit recognises itself. */
  public static final String COMMIT_ID = "lyceum.commit";

  private static final int FIRST_WAIT_MILLIS = 100;
  private static final int LONGEST_WAIT_MILLIS = 10_000;
  private static final int PATIENCE_MILLIS = 180_000;

  private final RESTCatalog catalog;
  private final CommitRequest request;
  private final Collection<Landed> landed;
  private final Clock clock;
  private final Contract eventContract;

  private LakeCommit(
      RESTCatalog catalog, CommitRequest request, Collection<Landed> landed, Clock clock) {
    this.catalog = catalog;
    this.request = request;
    this.landed = landed;
    this.clock = clock;
    this.eventContract = Contracts.of(request.table());
  }

  /**
   * What a commit did, or would do.
   *
   * @param vanishing events that show before and not after
   */
  public record Result(
      List<String> in,
      List<String> unchanged,
      List<CommitRequest.LeftOut> leftOut,
      long hidden,
      long shown,
      long vanishing) {}

  /** Makes the commit, or finds that it was made already. */
  public static Result commit(
      RESTCatalog catalog, CommitRequest request, Collection<Landed> landed, Clock clock) {
    LakeCommit commit = new LakeCommit(catalog, request, landed, clock);
    AtomicReference<Result> result = new AtomicReference<>();
    Tasks.foreach(request.id())
        .retry(200)
        .exponentialBackoff(FIRST_WAIT_MILLIS, LONGEST_WAIT_MILLIS, PATIENCE_MILLIS, 1.6)
        .onlyRetryOn(
            CommitFailedException.class,
            CommitStateUnknownException.class,
            ServiceFailureException.class,
            RESTException.class)
        .run(id -> result.set(commit.attempt(true)));
    return result.get();
  }

  /** Decides without committing: what the commit would do. */
  public static Result rehearse(
      RESTCatalog catalog, CommitRequest request, Collection<Landed> landed) {
    return new LakeCommit(catalog, request, landed, Clock.systemUTC()).attempt(false);
  }

  private Result attempt(boolean forReal) {
    TableCommits tables = new TableCommits(catalog, request.id());
    if (tables.isDone(Books.DELIVERY.identifier())) {
      LOG.info("commit {} was made already", request.id());
      return new Result(List.of(), List.of(), List.of(), 0, 0, 0);
    }
    Table events = tables.table(eventContract.identifier());
    Table failedRecords = tables.table(Books.FAILED_RECORD.identifier());
    Table deliveries = tables.table(Books.DELIVERY.identifier());

    Ledger ledger =
        Ledger.read(deliveries, tables.start(Books.DELIVERY.identifier()), request.source());
    List<TableCommits.Planned> eventFiles =
        tables.plan(eventContract.identifier(), "delivery", "occurred_at");
    List<TableCommits.Planned> failedFiles =
        tables.plan(Books.FAILED_RECORD.identifier(), "delivery");
    Decision decision =
        Decision.of(
            request,
            landed,
            ledger,
            (arrival, shorter, unended) ->
                isGrown(events, eventFiles, failedRecords, failedFiles, arrival, shorter, unended));

    Set<String> outgoing = new java.util.HashSet<>(decision.removed);
    decision.arrivals.forEach(arrival -> outgoing.add(arrival.delivery()));
    decision.grown.forEach(grown -> outgoing.add(grown.delivery()));

    List<EventFile> files = eventFiles(events, eventFiles, outgoing, decision);
    Map<String, Map<String, Long>> taken = new LinkedHashMap<>();
    files.stream()
        .filter(file -> file.role() == EventFile.Role.REMOVED)
        .forEach(
            file -> count(taken, file.delivery(), eventContract.name(), file.file().recordCount()));

    List<DataFile> failedOut = failedOut(failedRecords, failedFiles, outgoing, decision, taken);

    try (Duplicates duplicates = new Duplicates(tables, request, eventContract)) {
      long shownBefore = shown(files, EventFile.Role.REMOVED);
      CopySearch.settle(events, files, duplicates, CopySearch.MAX_IDS);
      long hiddenNow =
          files.stream()
              .filter(file -> file.role() == EventFile.Role.ADDED)
              .mapToLong(file -> file.hiddenAfter().cardinality())
              .sum();
      long added =
          files.stream()
              .filter(file -> file.role() == EventFile.Role.ADDED)
              .mapToLong(file -> file.file().recordCount())
              .sum();
      // shown after less shown before: rows that come unhidden, rows shown again, less rows hidden
      // elsewhere and taken
      long vanishing =
          shownBefore
              - (added - hiddenNow)
              - duplicates.shown()
              + (duplicates.hidden() - hiddenNow);
      Result result =
          new Result(
              decision.arrivals.stream().map(Decision.Arrival::delivery).toList(),
              decision.unchanged.stream().map(Decision.Arrival::delivery).toList(),
              decision.leftOut,
              duplicates.hidden(),
              duplicates.shown(),
              vanishing);
      if (!forReal) {
        return result;
      }
      writeEvents(tables, files);
      writeFailed(tables, failedRecords, failedOut, decision);
      duplicates.write(outgoing);
      writeDeliveries(tables, deliveries, ledger, decision, taken);
      writeRun(tables, decision);
      tables.commit();
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long shown(List<EventFile> files, EventFile.Role role) {
    return files.stream()
        .filter(file -> file.role() == role)
        .mapToLong(file -> file.file().recordCount() - file.hidden().cardinality())
        .sum();
  }

  private static void count(
      Map<String, Map<String, Long>> counts, String delivery, String table, long rows) {
    counts.computeIfAbsent(delivery, any -> new LinkedHashMap<>()).merge(table, rows, Long::sum);
  }

  /** Added and removed files first, then those that stay. */
  private List<EventFile> eventFiles(
      Table events, List<TableCommits.Planned> planned, Set<String> outgoing, Decision decision) {
    List<EventFile> moving = new ArrayList<>();
    List<EventFile> kept = new ArrayList<>();
    for (Decision.Arrival arrival : decision.arrivals) {
      arrival
          .rows()
          .forEach(
              file -> moving.add(new EventFile(events, file, EventFile.Role.ADDED, List.of())));
    }
    for (TableCommits.Planned file : planned) {
      EventFile kind = new EventFile(events, file.file(), EventFile.Role.KEPT, file.masks());
      if (kind.feed().equals(request.feed()) && outgoing.contains(kind.delivery())) {
        moving.add(new EventFile(events, file.file(), EventFile.Role.REMOVED, file.masks()));
      } else {
        kept.add(kind);
      }
    }
    moving.addAll(kept);
    return moving;
  }

  private boolean isGrown(
      Table events,
      List<TableCommits.Planned> eventFiles,
      Table failedRecords,
      List<TableCommits.Planned> failedFiles,
      Decision.Arrival arrival,
      String shorter,
      String unended) {
    String cut = unended != null ? unended : position(LogName.length(shorter));
    Contents before = Contents.ofRows(events, of(events, eventFiles, shorter), cut);
    Contents after = Contents.ofRows(events, arrival.rows(), cut);
    return before.equals(after)
        && Contents.ofFailed(failedRecords, of(failedRecords, failedFiles, shorter), cut)
            .equals(Contents.ofFailed(failedRecords, arrival.failed(), cut));
  }

  private List<DataFile> of(Table table, List<TableCommits.Planned> files, String delivery) {
    return files.stream()
        .map(TableCommits.Planned::file)
        .filter(file -> isOf(table, file, delivery))
        .toList();
  }

  private boolean isOf(Table table, DataFile file, String delivery) {
    return delivery.equals(RowFiles.delivery(table, file))
        && feed(table, file).equals(request.feed());
  }

  /** A file of failed records holds one delivery, and so one feed, which is its lowest. */
  private static String feed(Table table, DataFile file) {
    return table.spec().isPartitioned()
        ? file.partition().get(0, CharSequence.class).toString()
        : RowFiles.lower(table, file, "feed").toString();
  }

  /** A byte offset as positions are written: it sorts as text. */
  public static String position(long offset) {
    String digits = Long.toString(offset);
    return "00000000000000000000".substring(digits.length()) + digits;
  }

  /**
   * Files of failed records that go: those of outgoing deliveries, and of paths that are left out
   * again or not any more.
   */
  private List<DataFile> failedOut(
      Table failedRecords,
      List<TableCommits.Planned> files,
      Set<String> outgoing,
      Decision decision,
      Map<String, Map<String, Long>> taken) {
    Set<String> settledPaths = new java.util.HashSet<>();
    decision.arrivals.forEach(arrival -> settledPaths.add(Ledger.LEFT_OUT + arrival.file().path()));
    decision.unchanged.forEach(
        arrival -> settledPaths.add(Ledger.LEFT_OUT + arrival.file().path()));
    decision.seen.forEach(seen -> settledPaths.add(Ledger.LEFT_OUT + seen.file().path()));
    decision.leftOut.forEach(leftOut -> settledPaths.add(Ledger.LEFT_OUT + leftOut.file().path()));
    List<DataFile> out = new ArrayList<>();
    for (TableCommits.Planned planned : files) {
      DataFile file = planned.file();
      if (!feed(failedRecords, file).equals(request.feed())) {
        continue;
      }
      String delivery = RowFiles.delivery(failedRecords, file);
      if (outgoing.contains(delivery)) {
        count(taken, delivery, Books.FAILED_RECORD.name(), file.recordCount());
        out.add(file);
      } else if (settledPaths.contains(delivery)) {
        out.add(file);
      }
    }
    return out;
  }

  private void writeEvents(TableCommits tables, List<EventFile> files) throws IOException {
    List<DataFile> in = new ArrayList<>();
    List<DataFile> out = new ArrayList<>();
    List<DeleteFile> masksIn = new ArrayList<>();
    List<DeleteFile> masksOut = new ArrayList<>();
    for (EventFile file : files) {
      switch (file.role()) {
        case ADDED -> in.add(file.file());
        case REMOVED -> {
          out.add(file.file());
          masksOut.addAll(file.masks());
        }
        case KEPT -> {}
      }
      if (file.role() != EventFile.Role.REMOVED && file.isChanged()) {
        masksOut.addAll(file.masks());
        DeleteFile mask = file.writeMask();
        if (mask != null) {
          masksIn.add(mask);
        }
      }
    }
    tables.change(eventContract.identifier(), in, out, masksIn, masksOut);
  }

  private void writeFailed(
      TableCommits tables, Table failedRecords, List<DataFile> out, Decision decision) {
    List<DataFile> in = new ArrayList<>();
    decision.arrivals.forEach(arrival -> in.addAll(arrival.failed()));
    for (CommitRequest.LeftOut leftOut : decision.leftOut) {
      in.add(RowFiles.write(failedRecords, "left-out", List.of(Books.leftOut(request, leftOut))));
    }
    tables.change(Books.FAILED_RECORD.identifier(), in, out, List.of(), List.of());
  }

  private void writeDeliveries(
      TableCommits tables,
      Table deliveries,
      Ledger ledger,
      Decision decision,
      Map<String, Map<String, Long>> taken) {
    long sequence = ledger.nextSequence();
    List<Row> rows = new ArrayList<>();
    for (Decision.Arrival arrival : decision.arrivals) {
      Landed.Account account = arrival.account();
      rows.add(
          Books.delivery(
                  request, sequence, arrival.delivery(), arrival.file(), Ledger.Status.complete)
              .set("scope", "file")
              .set("fingerprint", arrival.fingerprint())
              .set("unended_position", arrival.unendedPosition())
              .set("parser_version", request.parserVersion())
              .set("bytes", account.bytes())
              .set("read", account.read())
              .set("parsed", account.parsed())
              .set("skipped", account.skipped())
              .set("failed", account.failed())
              .set("failed_by_code", account.failedByCode())
              .set("rows_written", written(account))
              .set("rows_taken", taken.getOrDefault(arrival.delivery(), Map.of()))
              .set("first_occurred_at", arrival.firstOccurredAt())
              .set("last_occurred_at", arrival.lastOccurredAt())
              .row());
    }
    for (Decision.Grown grown : decision.grown) {
      rows.add(
          gone(ledger, sequence, grown.delivery(), Ledger.Status.grown, taken)
              .set("grown_into", grown.into())
              .set("message", "every row stands in the longer log")
              .row());
    }
    for (String removed : decision.removed) {
      rows.add(
          gone(ledger, sequence, removed, Ledger.Status.removed, taken)
              .set("message", request.run().reason())
              .row());
    }
    for (CommitRequest.Seen seen : decision.seen) {
      rows.add(
          Books.delivery(request, sequence, seen.delivery(), seen.file(), Ledger.Status.complete)
              .set("message", "the same log, seen at another path")
              .row());
    }
    for (CommitRequest.LeftOut leftOut : decision.leftOut) {
      rows.add(
          Books.delivery(
                  request,
                  sequence,
                  Ledger.LEFT_OUT + leftOut.file().path(),
                  leftOut.file(),
                  Ledger.Status.failed)
              .set("code", leftOut.code().code())
              .set("message", leftOut.message())
              .row());
    }
    DataFile file = RowFiles.write(deliveries, request.run().runId(), rows);
    tables.change(
        Books.DELIVERY.identifier(),
        file == null ? List.of() : List.of(file),
        List.of(),
        List.of(),
        List.of());
  }

  private Map<String, Long> written(Landed.Account account) {
    Map<String, Long> written = new LinkedHashMap<>();
    if (account.parsed() > 0) {
      written.put(eventContract.name(), account.parsed());
    }
    if (account.failed() > 0) {
      written.put(Books.FAILED_RECORD.name(), account.failed());
    }
    return written;
  }

  private Books.Entry gone(
      Ledger ledger,
      long sequence,
      String delivery,
      Ledger.Status status,
      Map<String, Map<String, Long>> taken) {
    Ledger.Entry known = ledger.content(request.feed(), delivery).orElseThrow();
    return Books.delivery(request, sequence, delivery, null, status)
        .set("path", known.path())
        .set("rows_taken", taken.getOrDefault(delivery, Map.of()));
  }

  /** The run's row: written at its first commit, replaced at its last. */
  private void writeRun(TableCommits tables, Decision decision) throws IOException {
    TableIdentifier id = Books.RUN.identifier();
    Table runs = tables.table(id);
    boolean isFirst = request.number() == 1;
    if (!isFirst && !request.isLast()) {
      return;
    }
    List<DataFile> out = new ArrayList<>();
    boolean leftOutBefore = false;
    if (!isFirst) {
      for (TableCommits.Planned planned : tables.plan(id, "run_id")) {
        Object run = RowFiles.lower(runs, planned.file(), "run_id");
        if (request.run().runId().equals(String.valueOf(run))) {
          out.add(planned.file());
        }
      }
      leftOutBefore = leftOutBefore(tables);
    }
    String status = "running";
    Long finishedAt = null;
    if (request.isLast()) {
      status = decision.leftOut.isEmpty() && !leftOutBefore ? "done" : "left_out";
      finishedAt = TimeUnit.MILLISECONDS.toMicros(clock.millis());
    }
    Row row = Books.run(request.run(), status, request.number(), finishedAt);
    tables.change(
        id,
        List.of(RowFiles.write(runs, request.run().runId(), List.of(row))),
        out,
        List.of(),
        List.of());
  }

  /** Whether an earlier commit of this run left a delivery out. */
  private boolean leftOutBefore(TableCommits tables) throws IOException {
    Table deliveries = tables.table(Books.DELIVERY.identifier());
    for (TableCommits.Planned planned : tables.plan(Books.DELIVERY.identifier(), "delivery")) {
      try (CloseableIterable<StructLike> rows =
          RowFiles.read(
              deliveries, planned.file(), deliveries.schema().select("run_id", "status"))) {
        for (StructLike row : rows) {
          if (request.run().runId().contentEquals(row.get(0, CharSequence.class))
              && "failed".contentEquals(row.get(1, CharSequence.class))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
