package org.lyceum.transforms.land;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lyceum.transforms.io.FoundObjects;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.io.StoredObject;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.parse.FailureCode;

/**
 * Stored objects and the ledger in; what to read, in batches of one commit each, out. A delivery is
 * the day of an event type, and is read whole or not at all: not when the lake holds it with the
 * same objects, read by the same parser. How a day is cut into units depends on its objects alone,
 * so that its data files do.
 *
 * <p>A delivery is called {@code s3/<bucket and prefix>/<event type>/<day>}, or, in a folder,
 * {@code local<absolute path>/<event type>/<day>}: two copies of a day are two deliveries, of which
 * one hides.
 */
public record DayPlan(List<DayBatch> batches, Tally tally) implements IngestPlan<DayBatch> {

  /** Bounds of a batch and of a unit; small days share a unit up to a share of its bounds. */
  public record Limits(long batchBytes, int batchDays, long unitBytes, int unitObjects) {
    public static final Limits DEFAULT = new Limits(20_000_000_000L, 1000, 96L << 20, 4_000);
    private static final int SMALL = 16;

    boolean isFull(long bytes, int objects) {
      return bytes >= unitBytes || objects >= unitObjects;
    }

    boolean isFullOfDays(long bytes, int objects) {
      return bytes * SMALL >= unitBytes || objects * SMALL >= unitObjects;
    }
  }

  /** A storage day with all its objects, in the order of their names. */
  private record Day(
      String delivery, LogFile place, String fingerprint, List<StoredObject> objects) {

    static Day of(String delivery, List<StoredObject> objects) {
      List<StoredObject> sorted =
          objects.stream().sorted(Comparator.comparing(StoredObject::name)).toList();
      StoredObject any = sorted.get(0);
      String above = any.isS3() ? StoredObject.S3 + any.root() : any.root();
      long size = sorted.stream().mapToLong(StoredObject::size).sum();
      return new Day(
          delivery,
          new LogFile(above + "/" + any.event() + "/" + any.date(), size, 0),
          DayPlan.fingerprint(sorted),
          sorted);
    }
  }

  /**
   * Looks at every day.
   *
   * @param force days that the lake holds, or that were taken out, are read again
   */
  public static DayPlan of(
      FoundObjects found,
      String feed,
      Ledger ledger,
      long parserVersion,
      boolean force,
      Limits limits) {
    List<Day> toRead = new ArrayList<>();
    List<CommitRequest.Seen> seen = new ArrayList<>();
    int unchanged = 0;
    int removed = 0;
    Map<String, List<StoredObject>> days = byDelivery(found.objects());
    for (Map.Entry<String, List<StoredObject>> each : days.entrySet()) {
      Day day = Day.of(each.getKey(), each.getValue());
      if (!force && isRemoved(ledger, feed, day)) {
        removed++;
      } else if (!force && isUnchanged(ledger, feed, day, parserVersion)) {
        unchanged++;
        if (wasLeftOut(ledger, feed, day)) {
          seen.add(new CommitRequest.Seen(day.delivery(), day.place()));
        }
      } else {
        toRead.add(day);
      }
    }
    List<CommitRequest.LeftOut> leftOut =
        found.misplaced().stream()
            .map(
                misplaced ->
                    new CommitRequest.LeftOut(
                        new LogFile(misplaced.uri(), 0, 0),
                        FailureCode.MISPLACED_FILE,
                        misplaced.problem()))
            .toList();
    return new DayPlan(
        batches(feed, toRead, leftOut, seen, limits),
        new Tally("days", days.size(), unchanged, removed));
  }

  private static Map<String, List<StoredObject>> byDelivery(List<StoredObject> objects) {
    Map<String, List<StoredObject>> days = new TreeMap<>();
    Map<String, String> once = new HashMap<>();
    for (StoredObject object : objects) {
      days.computeIfAbsent(delivery(object), any -> new ArrayList<>()).add(slim(object, once));
    }
    return days;
  }

  static String delivery(StoredObject object) {
    return (object.isS3() ? "s3/" : "local")
        + object.root()
        + "/"
        + object.event()
        + "/"
        + object.date();
  }

  /** Objects of a day say the same of it: kept once, hundreds of days fit into little memory. */
  private static StoredObject slim(StoredObject object, Map<String, String> once) {
    return new StoredObject(
        object.uri(),
        once(object.root(), once),
        once(object.folder(), once),
        once(object.event(), once),
        once(object.year(), once),
        once(object.month(), once),
        once(object.day(), once),
        object.date(),
        object.name(),
        object.size(),
        object.version());
  }

  private static String once(String text, Map<String, String> once) {
    String before = once.putIfAbsent(text, text);
    return before == null ? text : before;
  }

  /** Over path below the root, size and version of every object. */
  private static String fingerprint(List<StoredObject> objects) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (StoredObject object : objects) {
        String line =
            String.join(
                "\0",
                object.folder(),
                object.year(),
                object.month(),
                object.day(),
                object.name(),
                Long.toString(object.size()),
                object.version(),
                "\n");
        sha.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean isRemoved(Ledger ledger, String feed, Day day) {
    return ledger
        .latest(feed, day.delivery())
        .filter(entry -> entry.status() == Ledger.Status.removed)
        .isPresent();
  }

  private static boolean isUnchanged(Ledger ledger, String feed, Day day, long parserVersion) {
    Optional<Ledger.Entry> content = ledger.content(feed, day.delivery());
    return content.isPresent()
        && ledger.holds(feed, day.delivery())
        && content.get().parserVersion() == parserVersion
        && day.fingerprint().equals(content.get().fingerprint());
  }

  /** Whether the day was something else when it was last looked at, which was then refused. */
  private static boolean wasLeftOut(Ledger ledger, String feed, Day day) {
    return ledger
        .atPath(feed, day.place().path())
        .filter(entry -> entry.status() == Ledger.Status.failed)
        .isPresent();
  }

  private static List<DayBatch> batches(
      String feed,
      List<Day> days,
      List<CommitRequest.LeftOut> leftOut,
      List<CommitRequest.Seen> seen,
      Limits limits) {
    List<DayBatch> batches = new ArrayList<>();
    for (int i = 0; i < days.size(); ) {
      List<Day> batch = new ArrayList<>();
      long bytes = 0;
      while (i < days.size()
          && batch.size() < limits.batchDays()
          && (batch.isEmpty() || bytes + days.get(i).place().size() <= limits.batchBytes())) {
        bytes += days.get(i).place().size();
        batch.add(days.get(i++));
      }
      batches.add(new DayBatch(units(feed, batch, limits), List.of(), List.of()));
    }
    if (!leftOut.isEmpty() || !seen.isEmpty()) { // with the last commit, or in one of its own
      List<DayUnit> units =
          batches.isEmpty() ? List.of() : batches.remove(batches.size() - 1).units();
      batches.add(new DayBatch(units, leftOut, seen));
    }
    return List.copyOf(batches);
  }

  private static List<DayUnit> units(String feed, List<Day> days, Limits limits) {
    List<DayUnit> units = new ArrayList<>();
    List<DayPart> small = new ArrayList<>();
    long smallBytes = 0;
    int smallObjects = 0;
    for (Day day : days) {
      List<DayPart> parts = parts(day, limits);
      if (parts.size() > 1 || limits.isFullOfDays(day.place().size(), day.objects().size())) {
        parts.forEach(part -> units.add(new DayUnit(feed, List.of(part))));
        continue;
      }
      small.addAll(parts);
      smallBytes += day.place().size();
      smallObjects += day.objects().size();
      if (limits.isFullOfDays(smallBytes, smallObjects)) {
        units.add(new DayUnit(feed, small));
        small = new ArrayList<>();
        smallBytes = 0;
        smallObjects = 0;
      }
    }
    if (!small.isEmpty()) {
      units.add(new DayUnit(feed, small));
    }
    units.sort(Comparator.comparingLong(DayUnit::size).thenComparing(DayUnit::objects).reversed());
    return units;
  }

  private static List<DayPart> parts(Day day, Limits limits) {
    List<DayPart> parts = new ArrayList<>();
    List<StoredObject> objects = new ArrayList<>();
    long bytes = 0;
    for (StoredObject object : day.objects()) {
      objects.add(object);
      bytes += object.size();
      if (limits.isFull(bytes, objects.size())) {
        parts.add(part(day, parts.size(), objects));
        objects.clear();
        bytes = 0;
      }
    }
    if (!objects.isEmpty()) {
      parts.add(part(day, parts.size(), objects));
    }
    return parts;
  }

  private static DayPart part(Day day, int number, List<StoredObject> objects) {
    return new DayPart(day.delivery(), day.place(), number, day.fingerprint(), objects);
  }
}
