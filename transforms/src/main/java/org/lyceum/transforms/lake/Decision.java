package org.lyceum.transforms.lake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.io.LogName;
import org.lyceum.transforms.io.UnreadableLogException;
import org.lyceum.transforms.parse.FailureCode;

/**
 * Deliveries that landed and the ledger in; which go in, which are left out, which known ones they
 * take the place of out. Made anew by every attempt of a commit, from what the lake says then.
 */
final class Decision {

  /** One delivery, its parts put together. */
  record Arrival(
      String source,
      String delivery,
      LogFile file,
      String scope,
      Ledger.Status status,
      String fingerprint,
      String unendedPosition,
      Long parserVersion,
      Landed.Account account,
      Long firstOccurredAt,
      Long lastOccurredAt,
      Map<String, List<DataFile>> rows,
      List<DataFile> failed,
      List<Landed.Unreadable> unreadable) {

    /** Records of a topic's delivery that came in one batch. */
    static Arrival of(OffsetBatch batch, Landed landed) {
      return new Arrival(
          batch.source(),
          landed.delivery(),
          null,
          Offsets.text(Map.of(batch.partition(), landed.offsets())),
          Ledger.Status.open,
          null,
          null,
          null,
          landed.account(),
          landed.firstOccurredAt(),
          landed.lastOccurredAt(),
          landed.rows(),
          landed.failed(),
          List.of());
    }

    /** What a harvest read of a delivery; without parts only how it stands now. */
    static Arrival of(
        String source, RestCommit.Standing standing, Long parserVersion, List<Landed> parts) {
      Arrival arrival =
          new Arrival(
              source,
              standing.delivery(),
              null,
              standing.scope(),
              standing.status(),
              standing.fingerprint(),
              null,
              parserVersion,
              Landed.Account.NONE,
              null,
              null,
              Map.of(),
              List.of(),
              List.of());
      for (Landed part : parts) {
        arrival =
            arrival.plus(
                part.account(),
                part.firstOccurredAt(),
                part.lastOccurredAt(),
                part.rows(),
                part.failed(),
                standing.scope());
      }
      return arrival;
    }

    /** The same and more of the same delivery. */
    Arrival plus(Arrival more) {
      return plus(
          more.account,
          more.firstOccurredAt,
          more.lastOccurredAt,
          more.rows,
          more.failed,
          Books.bothScopes(scope, more.scope));
    }

    private Arrival plus(
        Landed.Account moreAccount,
        Long first,
        Long last,
        Map<String, List<DataFile>> moreRows,
        List<DataFile> moreFailed,
        String bothScopes) {
      Map<String, List<DataFile>> allRows = new TreeMap<>();
      for (Map<String, List<DataFile>> some : List.of(rows, moreRows)) {
        some.forEach(
            (table, files) ->
                allRows.computeIfAbsent(table, any -> new ArrayList<>()).addAll(files));
      }
      List<DataFile> allFailed = new ArrayList<>(failed);
      allFailed.addAll(moreFailed);
      return new Arrival(
          source,
          delivery,
          null,
          bothScopes,
          status,
          fingerprint,
          null,
          parserVersion,
          account.plus(moreAccount),
          smaller(firstOccurredAt, first),
          larger(lastOccurredAt, last),
          allRows,
          allFailed,
          List.of());
    }
  }

  /** A shorter log of which a longer one holds every row. */
  record Grown(String delivery, String into) {}

  /**
   * What is said anew of something that was refused.
   *
   * @param path what was refused
   * @param code why it still is; null when it is not
   */
  record Note(String delivery, String path, FailureCode code, String message) {}

  final List<Arrival> arrivals = new ArrayList<>();
  final List<Arrival> unchanged = new ArrayList<>();
  final List<CommitRequest.LeftOut> leftOut = new ArrayList<>();
  final List<CommitRequest.Seen> seen = new ArrayList<>();
  final List<Grown> grown = new ArrayList<>();
  final List<String> removed = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();

  final String feed;
  final boolean isOffsets;

  /** Whether a delivery comes in parts, so that a run's entries of it are added up. */
  final boolean isSummed;

  /** Whether the run has not committed before. */
  final boolean isFirst;

  private final String source;
  private final List<String> tables;
  private final Map<String, String> sources;
  private final Map<String, String> paths = new HashMap<>();
  private final Scope scope;
  private Function<String, Ledger.Status> statuses = delivery -> Ledger.Status.open;

  private Decision(
      String source,
      Map<String, String> sources,
      String feed,
      List<String> tables,
      boolean isSummed,
      boolean isFirst) {
    this.source = source;
    this.sources = sources;
    this.feed = feed;
    this.tables = tables;
    this.isOffsets = source == null;
    this.isSummed = isSummed;
    this.isFirst = isFirst;
    this.scope = new Scope(feed);
  }

  /**
   * A decision on offsets, nothing decided so far.
   *
   * @param sources by topic
   */
  static Decision onOffsets(
      String feed, Map<String, String> sources, List<String> tables, boolean isFirst) {
    return new Decision(null, sources, feed, tables, true, isFirst);
  }

  /**
   * A decision on what a harvest read, nothing decided so far.
   *
   * @param statuses how a delivery stands of which nothing came
   */
  static Decision onHarvest(
      RestCommit.Request request, boolean isFirst, Function<String, Ledger.Status> statuses) {
    Decision decision =
        new Decision(
            request.scope().source(), Map.of(), request.feed(), request.tables(), true, isFirst);
    decision.statuses = statuses;
    return decision;
  }

  /** How a delivery stands of which nothing came. */
  Ledger.Status statusOf(String delivery) {
    return statuses.apply(delivery);
  }

  /** The event tables that are concerned. */
  List<String> tables() {
    return tables;
  }

  /** The source of a delivery, also of one that was left out. */
  String sourceOf(String delivery) {
    String name =
        delivery.startsWith(Ledger.LEFT_OUT)
            ? delivery.substring(Ledger.LEFT_OUT.length())
            : delivery;
    return isOffsets ? sources.get(Offsets.series(name)) : source;
  }

  /** Where a delivery that goes was last seen. */
  Optional<String> pathOf(String delivery) {
    return Optional.ofNullable(paths.get(delivery));
  }

  /** What goes. */
  Scope scope() {
    return scope;
  }

  /** Left-out entries that are settled: their failed record goes. */
  Scope settledPaths() {
    Set<String> settled = new TreeSet<>();
    for (Arrival arrival : arrivals) {
      if (isOffsets || arrival.file != null) {
        settled.add(
            Ledger.LEFT_OUT + (arrival.file == null ? arrival.delivery : arrival.file.path()));
      }
    }
    notes.forEach(note -> settled.add(Ledger.LEFT_OUT + note.path()));
    unchanged.forEach(arrival -> settled.add(Ledger.LEFT_OUT + arrival.file().path()));
    seen.forEach(again -> settled.add(Ledger.LEFT_OUT + again.file().path()));
    leftOut.forEach(out -> settled.add(Ledger.LEFT_OUT + out.file().path()));
    boolean isStream = isOffsets && scope.isEmpty() && leftOut.isEmpty();
    return new Scope(feed).add(isStream ? Set.of() : settled);
  }

  static Decision of(
      CommitRequest request, Collection<Landed> landed, Ledger ledger, LakeCheck lake) {
    Decision decision =
        new Decision(
            request.source(),
            Map.of(),
            request.feed(),
            request.tables(),
            false,
            request.number() == 1);
    decision.leftOut.addAll(request.leftOut());
    Map<String, List<Landed>> parts =
        landed.stream()
            .collect(
                Collectors.groupingBy(Landed::delivery, LinkedHashMap::new, Collectors.toList()));
    parts.forEach((delivery, of) -> decision.admit(request, ledger, lake, delivery, of));
    for (CommitRequest.Seen seen : request.seen()) {
      boolean isIn =
          decision.arrivals.stream().anyMatch(arrival -> arrival.delivery.equals(seen.delivery()));
      if (isIn || ledger.holds(request.feed(), seen.delivery())) {
        decision.seen.add(seen);
      }
    }
    for (CommitRequest.Removal removal : request.removals()) {
      if (ledger.holds(request.feed(), removal.delivery())) {
        decision.removed.add(removal.delivery());
      }
    }
    if (request.scope() == CommitRequest.Kind.FILE) {
      decision.findGrown(request, ledger, lake);
    }
    decision.arrivals.forEach(arrival -> decision.goes(ledger, arrival.delivery));
    decision.grown.forEach(shorter -> decision.goes(ledger, shorter.delivery));
    decision.removed.forEach(removed -> decision.goes(ledger, removed));
    return decision;
  }

  private void goes(Ledger ledger, String delivery) {
    scope.add(Set.of(delivery));
    ledger.content(feed, delivery).ifPresent(entry -> paths.put(delivery, entry.path()));
  }

  private void admit(
      CommitRequest request, Ledger ledger, LakeCheck lake, String delivery, List<Landed> parts) {
    LogFile file = parts.get(0).file();
    Optional<Landed.Fault> fault =
        parts.stream().map(Landed::fault).filter(f -> f != null).findFirst();
    if (fault.isPresent()) {
      leftOut.add(new CommitRequest.LeftOut(file, fault.get().code(), fault.get().message()));
      return;
    }
    Arrival arrival = join(request, delivery, parts);
    check(arrival);
    Optional<Ledger.Entry> known = ledger.content(request.feed(), delivery);
    if (known.isPresent() && ledger.holds(request.feed(), delivery)) {
      Ledger.Entry entry = known.get();
      boolean isLog = request.scope() == CommitRequest.Kind.FILE;
      boolean isSame = arrival.fingerprint().equals(entry.fingerprint());
      if (!request.replace() && isLog && !isSame) {
        leftOut.add(
            new CommitRequest.LeftOut(
                file, FailureCode.CONTENT_DIFFERS, CommitRequest.differs(entry.path())));
        return;
      }
      long records = arrival.account.read() - arrival.account.skipped();
      if (!request.replace() && records < entry.records()) {
        leftOut.add(
            new CommitRequest.LeftOut(
                file,
                FailureCode.FEWER_RECORDS,
                "it now gives "
                    + records
                    + " records and the lake holds "
                    + entry.records()
                    + "; REPLACE=1 takes it as it is"));
        return;
      }
      Set<String> held = arrival.unreadable.isEmpty() ? Set.of() : lake.objectsOf(delivery);
      Optional<Landed.Unreadable> lost =
          arrival.unreadable.stream().filter(object -> held.contains(object.name())).findFirst();
      if (!request.replace() && lost.isPresent()) {
        leftOut.add(
            new CommitRequest.LeftOut(
                file,
                lost.get().code(),
                lost.get().name()
                    + " cannot be read now and the lake holds rows of it: "
                    + lost.get().message()
                    + "; REPLACE=1 goes on without it"));
        return;
      }
      if (!request.force()
          && !request.replace()
          && isSame
          && entry.parserVersion() == request.parserVersion()) {
        unchanged.add(arrival); // another run brought it while this one was reading
        return;
      }
    }
    arrivals.add(arrival);
  }

  private static Arrival join(CommitRequest request, String delivery, List<Landed> parts) {
    Landed.Account account = Landed.Account.NONE;
    Long first = null;
    Long last = null;
    String fingerprint = null;
    String unended = null;
    Map<String, List<DataFile>> rows = new TreeMap<>();
    List<DataFile> failed = new ArrayList<>();
    List<Landed.Unreadable> unreadable = new ArrayList<>();
    for (Landed part : parts) {
      account = account.plus(part.account());
      first = smaller(first, part.firstOccurredAt());
      last = larger(last, part.lastOccurredAt());
      fingerprint = part.fingerprint() != null ? part.fingerprint() : fingerprint;
      unended = part.unendedPosition() != null ? part.unendedPosition() : unended;
      part.rows()
          .forEach(
              (table, files) ->
                  rows.computeIfAbsent(table, any -> new ArrayList<>()).addAll(files));
      failed.addAll(part.failed());
      unreadable.addAll(part.unreadable());
    }
    boolean mayBeMended =
        unreadable.stream().anyMatch(object -> object.code() != FailureCode.CORRUPT_FILE);
    if (mayBeMended) { // without a change that a listing shows: never unchanged for a plan
      fingerprint = Ledger.READ_AGAIN + fingerprint;
    }
    return new Arrival(
        request.source(),
        delivery,
        parts.get(0).file(),
        request.scope().label(),
        Ledger.Status.complete,
        fingerprint,
        unended,
        request.parserVersion(),
        account,
        first,
        last,
        rows,
        failed,
        unreadable);
  }

  private static Long smaller(Long one, Long other) {
    return one == null || (other != null && other < one) ? other : one;
  }

  private static Long larger(Long one, Long other) {
    return one == null || (other != null && other > one) ? other : one;
  }

  /** Records of a delivery that came. */
  long records(String delivery) {
    return arrivals.stream()
        .filter(arrival -> arrival.delivery.equals(delivery))
        .mapToLong(arrival -> arrival.account.read() - arrival.account.skipped())
        .sum();
  }

  /** Nothing of a delivery goes in, nothing of it goes. */
  void refuse(CommitRequest.LeftOut refused) {
    leftOut.add(refused);
    scope.spare(refused.file().path());
    arrivals.removeIf(arrival -> arrival.delivery.equals(refused.file().path()));
  }

  /** Law 1: what does not balance is not committed. */
  static void check(Arrival arrival) {
    long rows =
        arrival.rows.values().stream().flatMap(List::stream).mapToLong(DataFile::recordCount).sum();
    long failed = arrival.failed.stream().mapToLong(DataFile::recordCount).sum();
    Landed.Account account = arrival.account;
    boolean isWhole =
        arrival.file == null || arrival.file.isGzip() || account.bytes() == arrival.file.size();
    if (!account.balances() || rows != account.parsed() || failed != account.failed() || !isWhole) {
      throw new IllegalStateException(
          "delivery "
              + arrival.delivery
              + " does not balance: "
              + account
              + ", rows "
              + rows
              + ", failed "
              + failed
              + ", file "
              + (arrival.file == null ? 0 : arrival.file.size())
              + " bytes");
    }
  }

  /**
   * Of the logs in the lake, those that an arrival begins as, or that lay at its path, if it holds
   * all that they hold.
   */
  private void findGrown(CommitRequest request, Ledger ledger, LakeCheck lake) {
    Set<String> known = ledger.deliveries(request.feed());
    known.removeIf(delivery -> Offsets.series(delivery) != null);
    arrivals.forEach(arrival -> known.remove(arrival.delivery));
    known.removeAll(removed);
    Map<String, String> into = new HashMap<>();
    for (Arrival arrival : arrivals) {
      long length = LogName.length(arrival.delivery);
      Set<String> candidates = new TreeSet<>(beginnings(arrival, known));
      ledger
          .atPath(request.feed(), arrival.file.path())
          .map(Ledger.Entry::delivery)
          .filter(known::contains)
          .ifPresent(candidates::add);
      for (String shorter : candidates) {
        Ledger.Entry entry = ledger.content(request.feed(), shorter).orElseThrow();
        if (LogName.length(shorter) < length
            && !into.containsKey(shorter)
            && lake.holdsAll(arrival, shorter, entry.unendedPosition())) {
          into.put(shorter, arrival.delivery);
          grown.add(new Grown(shorter, arrival.delivery));
        }
      }
    }
  }

  private static Set<String> beginnings(Arrival arrival, Set<String> known) {
    try {
      return LogName.beginsAs(arrival.file, arrival.delivery, known);
    } catch (UnreadableLogException e) {
      return Set.of(); // rotated since it was read: both stay, which hides copies and loses nothing
    }
  }

  /** What has to be looked up in the rows of the lake. */
  interface LakeCheck {
    /**
     * Whether an arrival holds every row and failed record of a shorter delivery at the same
     * positions.
     */
    boolean holdsAll(Arrival arrival, String shorter, String unendedPosition);

    /** Names of the objects of a storage day that the lake has rows or failed rows of. */
    Set<String> objectsOf(String delivery);
  }
}
