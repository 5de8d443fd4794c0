package org.lyceum.transforms.land;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.io.LogName;
import org.lyceum.transforms.io.UnreadableLogException;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.parse.FailureCode;

/**
 * Files and the ledger in; what to read, in batches of one commit each, out. How a log is cut
 * depends on its length alone, so that its data files depend on its bytes alone.
 *
 * @param unchanged files that the lake holds as they are
 * @param removed files whose delivery was taken out by request, and stays out
 */
public record LogPlan(
    List<LogBatch> batches, int files, List<LogFile> unchanged, List<LogFile> removed)
    implements IngestPlan<LogBatch> {

  /** Bounds of a batch and of a unit. */
  public record Limits(long batchBytes, int batchDeliveries, long unitBytes, int unitDeliveries) {
    public static final Limits DEFAULT = new Limits(20_000_000_000L, 1000, 96L << 20, 50);

    /**
     * Parts of a log get smaller towards its end, so that no worker waits long for the last one:
     * guided self-scheduling (Polychronopoulos and Kuck, 1987).
     */
    long nextUnit(long remaining) {
      long part = Math.min(unitBytes, Math.max((unitBytes + 3) / 4, remaining / 6));
      return Math.min(part, remaining);
    }
  }

  /** What a file turned out to be. */
  private sealed interface Finding {
    record Read(String delivery, LogFile file, long length, String fingerprint)
        implements Finding {}

    record Seen(String delivery, LogFile file) implements Finding {}

    record LeftOut(LogFile file, FailureCode code, String message) implements Finding {}

    record Unchanged(LogFile file) implements Finding {}

    record Removed(LogFile file) implements Finding {}
  }

  /**
   * Looks at every file.
   *
   * @param force known deliveries are read again
   * @param replace files that differ from the known delivery of their name are read
   */
  public static LogPlan of(
      List<LogFile> files,
      String feed,
      Ledger ledger,
      long parserVersion,
      boolean force,
      boolean replace,
      Limits limits) {
    Planner planner = new Planner(feed, ledger, parserVersion, force, replace);
    List<Finding> findings =
        files.stream().map(planner::look).toList().stream().map(planner::revised).toList();
    return new LogPlan(
        batches(feed, findings, limits),
        files.size(),
        files(findings, Finding.Unchanged.class),
        files(findings, Finding.Removed.class));
  }

  @Override
  public Tally tally() {
    return new Tally("files", files, unchanged.size(), removed.size());
  }

  private static List<LogFile> files(List<Finding> findings, Class<? extends Finding> kind) {
    return findings.stream()
        .filter(kind::isInstance)
        .map(
            finding ->
                finding instanceof Finding.Unchanged unchanged
                    ? unchanged.file()
                    : ((Finding.Removed) finding).file())
        .toList();
  }

  private static final class Planner {
    private final String feed;
    private final Ledger ledger;
    private final long parserVersion;
    private final boolean force;
    private final boolean replace;
    private final Map<String, Finding.Read> planned = new HashMap<>();
    private final Map<Finding, Finding> revised = new HashMap<>();

    Planner(String feed, Ledger ledger, long parserVersion, boolean force, boolean replace) {
      this.feed = feed;
      this.ledger = ledger;
      this.parserVersion = parserVersion;
      this.force = force;
      this.replace = replace;
    }

    Finding look(LogFile file) {
      try {
        Optional<Ledger.Entry> before =
            ledger.atPath(feed, file.path()).filter(entry -> isSame(entry, file));
        if (before.isPresent() && !force) {
          Finding known = known(before.get().delivery(), file, true);
          if (known != null) {
            return known;
          }
        }
        return name(file);
      } catch (UnreadableLogException e) {
        return new Finding.LeftOut(file, e.code(), e.getMessage());
      }
    }

    private static boolean isSame(Ledger.Entry entry, LogFile file) {
      return entry.status() == Ledger.Status.complete
          && entry.size() == file.size()
          && entry.modifiedAt() == file.modifiedAt();
    }

    /** What a file is whose delivery went in once; null when it has to be read. */
    private Finding known(String delivery, LogFile file, boolean isPathKnown) {
      if (ledger.holderOf(feed, delivery).isPresent()) {
        boolean isCurrent =
            !ledger.holds(feed, delivery)
                || ledger.content(feed, delivery).orElseThrow().parserVersion() == parserVersion;
        if (!isCurrent) {
          return null;
        }
        boolean isHeld = ledger.holds(feed, delivery);
        return isPathKnown || !isHeld
            ? new Finding.Unchanged(file)
            : new Finding.Seen(delivery, file);
      }
      boolean isRemoved =
          ledger
              .latest(feed, delivery)
              .filter(e -> e.status() == Ledger.Status.removed)
              .isPresent();
      return isRemoved ? new Finding.Removed(file) : null;
    }

    private Finding name(LogFile file) throws UnreadableLogException {
      LogName.Named named = LogName.of(file);
      String delivery = named.delivery();
      Finding.Read twin = planned.get(delivery);
      Optional<Ledger.Entry> content = ledger.content(feed, delivery);
      String fingerprint =
          file.isGzip() && twin == null && (content.isEmpty() || force)
              ? null
              : LogName.fingerprint(file, named.length());
      if (twin != null) {
        return twin(file, twin, named, fingerprint);
      }
      if (content.isPresent() && fingerprint != null && !replace) {
        if (!fingerprint.equals(content.get().fingerprint())) {
          return new Finding.LeftOut(
              file, FailureCode.CONTENT_DIFFERS, CommitRequest.differs(content.get().path()));
        }
        Finding known = force ? null : known(delivery, file, false);
        if (known != null) {
          return known;
        }
      }
      return read(file, named, fingerprint);
    }

    /**
     * Another file of this run has the same name: a copy of it, or not, or damaged, so that this
     * one goes in.
     */
    private Finding twin(LogFile file, Finding.Read twin, LogName.Named named, String fingerprint) {
      String other = twin.fingerprint();
      if (other == null) {
        try {
          other = LogName.fingerprint(twin.file(), twin.length());
        } catch (UnreadableLogException e) {
          revised.put(twin, new Finding.LeftOut(twin.file(), e.code(), e.getMessage()));
          return read(file, named, fingerprint);
        }
      }
      return other.equals(fingerprint)
          ? new Finding.Seen(twin.delivery(), file)
          : new Finding.LeftOut(
              file, FailureCode.CONTENT_DIFFERS, CommitRequest.differs(twin.file().path()));
    }

    private Finding.Read read(LogFile file, LogName.Named named, String fingerprint) {
      Finding.Read read = new Finding.Read(named.delivery(), file, named.length(), fingerprint);
      planned.put(named.delivery(), read);
      return read;
    }

    Finding revised(Finding finding) {
      return revised.getOrDefault(finding, finding);
    }
  }

  private static List<LogBatch> batches(String feed, List<Finding> findings, Limits limits) {
    Map<String, List<CommitRequest.Seen>> twins = new LinkedHashMap<>();
    List<Finding.Read> reads = new ArrayList<>();
    List<CommitRequest.LeftOut> leftOut = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding instanceof Finding.Read read) {
        reads.add(read);
      } else if (finding instanceof Finding.Seen seen) {
        twins
            .computeIfAbsent(seen.delivery(), any -> new ArrayList<>())
            .add(new CommitRequest.Seen(seen.delivery(), seen.file()));
      } else if (finding instanceof Finding.LeftOut left) {
        leftOut.add(new CommitRequest.LeftOut(left.file(), left.code(), left.message()));
      }
    }
    List<LogBatch> batches = new ArrayList<>();
    for (int i = 0; i < reads.size(); ) {
      List<Finding.Read> batch = new ArrayList<>();
      List<CommitRequest.Seen> seen = new ArrayList<>();
      long bytes = 0;
      while (i < reads.size()
          && batch.size() < limits.batchDeliveries()
          && (batch.isEmpty() || bytes + reads.get(i).file().size() <= limits.batchBytes())) {
        Finding.Read read = reads.get(i++);
        bytes += read.file().size();
        batch.add(read);
        Optional.ofNullable(twins.remove(read.delivery())).ifPresent(seen::addAll);
      }
      batches.add(new LogBatch(units(feed, batch, limits), List.of(), seen));
    }
    List<CommitRequest.Seen> seen = twins.values().stream().flatMap(Collection::stream).toList();
    return withNotes(batches, leftOut, seen);
  }

  /** What needs no reading goes with the last commit, or makes one of its own. */
  private static List<LogBatch> withNotes(
      List<LogBatch> batches, List<CommitRequest.LeftOut> leftOut, List<CommitRequest.Seen> seen) {
    if (leftOut.isEmpty() && seen.isEmpty()) {
      return batches;
    }
    if (batches.isEmpty()) {
      return List.of(new LogBatch(List.of(), leftOut, seen));
    }
    List<LogBatch> all = new ArrayList<>(batches);
    LogBatch last = all.remove(all.size() - 1);
    List<CommitRequest.Seen> both = new ArrayList<>(last.seen());
    both.addAll(seen);
    all.add(new LogBatch(last.units(), leftOut, both));
    return all;
  }

  private static List<LandUnit> units(String feed, List<Finding.Read> reads, Limits limits) {
    List<LandUnit> units = new ArrayList<>();
    List<LogRange> small = new ArrayList<>();
    long smallBytes = 0;
    for (Finding.Read read : reads) {
      if (read.file().isGzip() || read.length() <= limits.unitBytes()) {
        LogRange whole =
            new LogRange(
                read.delivery(),
                read.file(),
                0,
                read.file().isGzip() ? Long.MAX_VALUE : read.length(),
                read.length(),
                read.fingerprint());
        if (whole.size() * 4 > limits.unitBytes()) {
          units.add(new LandUnit(feed, List.of(whole)));
          continue;
        }
        small.add(whole);
        smallBytes += whole.size();
        if (smallBytes >= limits.unitBytes() || small.size() == limits.unitDeliveries()) {
          units.add(new LandUnit(feed, small));
          small = new ArrayList<>();
          smallBytes = 0;
        }
        continue;
      }
      for (long start = 0; start < read.length(); ) {
        long end = start + limits.nextUnit(read.length() - start);
        units.add(
            new LandUnit(
                feed,
                List.of(
                    new LogRange(
                        read.delivery(),
                        read.file(),
                        start,
                        end,
                        read.length(),
                        read.fingerprint()))));
        start = end;
      }
    }
    if (!small.isEmpty()) {
      units.add(new LandUnit(feed, small));
    }
    units.sort(Comparator.comparingLong(LandUnit::size).reversed());
    return units;
  }
}
