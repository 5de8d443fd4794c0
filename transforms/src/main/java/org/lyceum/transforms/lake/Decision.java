package org.lyceum.transforms.lake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
      String delivery,
      LogFile file,
      String fingerprint,
      String unendedPosition,
      Landed.Account account,
      Long firstOccurredAt,
      Long lastOccurredAt,
      List<DataFile> rows,
      List<DataFile> failed) {}

  /** A shorter log of which a longer one holds every row. */
  record Grown(String delivery, String into) {}

  final List<Arrival> arrivals = new ArrayList<>();
  final List<Arrival> unchanged = new ArrayList<>();
  final List<CommitRequest.LeftOut> leftOut = new ArrayList<>();
  final List<CommitRequest.Seen> seen = new ArrayList<>();
  final List<Grown> grown = new ArrayList<>();
  final List<String> removed = new ArrayList<>();

  private Decision() {}

  static Decision of(
      CommitRequest request, Collection<Landed> landed, Ledger ledger, GrowthCheck growth) {
    Decision decision = new Decision();
    decision.leftOut.addAll(request.leftOut());
    Map<String, List<Landed>> parts =
        landed.stream()
            .collect(
                Collectors.groupingBy(Landed::delivery, LinkedHashMap::new, Collectors.toList()));
    parts.forEach((delivery, of) -> decision.admit(request, ledger, delivery, of));
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
    decision.findGrown(request, ledger, growth);
    return decision;
  }

  private void admit(CommitRequest request, Ledger ledger, String delivery, List<Landed> parts) {
    LogFile file = parts.get(0).file();
    Optional<Landed.Fault> fault =
        parts.stream().map(Landed::fault).filter(f -> f != null).findFirst();
    if (fault.isPresent()) {
      leftOut.add(new CommitRequest.LeftOut(file, fault.get().code(), fault.get().message()));
      return;
    }
    Arrival arrival = join(delivery, parts);
    check(arrival);
    Optional<Ledger.Entry> known = ledger.content(request.feed(), delivery);
    if (known.isPresent() && ledger.holds(request.feed(), delivery)) {
      Ledger.Entry entry = known.get();
      if (!request.replace() && !entry.fingerprint().equals(arrival.fingerprint())) {
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
      if (!request.force()
          && !request.replace()
          && entry.parserVersion() == request.parserVersion()) {
        unchanged.add(arrival); // another run brought it while this one was reading
        return;
      }
    }
    arrivals.add(arrival);
  }

  private static Arrival join(String delivery, List<Landed> parts) {
    Landed.Account account = Landed.Account.NONE;
    Long first = null;
    Long last = null;
    String fingerprint = null;
    String unended = null;
    List<DataFile> rows = new ArrayList<>();
    List<DataFile> failed = new ArrayList<>();
    for (Landed part : parts) {
      account = account.plus(part.account());
      first = smaller(first, part.firstOccurredAt());
      last =
          part.lastOccurredAt() != null && (last == null || part.lastOccurredAt() > last)
              ? part.lastOccurredAt()
              : last;
      fingerprint = part.fingerprint() != null ? part.fingerprint() : fingerprint;
      unended = part.unendedPosition() != null ? part.unendedPosition() : unended;
      rows.addAll(part.rows());
      failed.addAll(part.failed());
    }
    return new Arrival(
        delivery, parts.get(0).file(), fingerprint, unended, account, first, last, rows, failed);
  }

  private static Long smaller(Long one, Long other) {
    return one == null || (other != null && other < one) ? other : one;
  }

  /** Law 1: what does not balance is not committed. */
  private static void check(Arrival arrival) {
    long rows = arrival.rows.stream().mapToLong(DataFile::recordCount).sum();
    long failed = arrival.failed.stream().mapToLong(DataFile::recordCount).sum();
    Landed.Account account = arrival.account;
    boolean isWhole = arrival.file.isGzip() || account.bytes() == arrival.file.size();
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
              + arrival.file.size()
              + " bytes");
    }
  }

  /**
   * Of the logs in the lake, those that an arrival begins as, or that lay at its path, if it holds
   * all that they hold.
   */
  private void findGrown(CommitRequest request, Ledger ledger, GrowthCheck growth) {
    Set<String> known = ledger.deliveries(request.feed());
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
            && growth.holdsAll(arrival, shorter, entry.unendedPosition())) {
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

  /**
   * Whether an arrival holds every row and failed record of a shorter delivery at the same
   * positions.
   */
  interface GrowthCheck {
    boolean holdsAll(Arrival arrival, String shorter, String unendedPosition);
  }
}
