package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.lyceum.transforms.parse.FailureCode;

/**
 * {@code ops.delivery} of one source in, answers out: what lies in the lake, under which paths it
 * was seen, and what was left out. Of one delivery or path the entry of the latest commit (largest
 * sequence) counts.
 */
public final class Ledger {
  /** What a delivery's entry says about it. */
  public enum Status {
    complete,
    open,
    failed,
    removed,
    grown
  }

  /** Delivery of a file that was left out. */
  public static final String LEFT_OUT = "left-out/";

  /** Begins the fingerprint of a day with objects that may be readable at the next look. */
  static final String READ_AGAIN = "read-again/";

  private static final List<String> COLUMNS =
      List.of(
          "sequence",
          "source",
          "feed",
          "delivery",
          "path",
          "size_bytes",
          "modified_at",
          "scope",
          "fingerprint",
          "unended_position",
          "parser_version",
          "status",
          "grown_into",
          "code",
          "message",
          "read",
          "skipped");

  /** One entry; numbers that it does not have are 0. */
  public record Entry(
      long sequence,
      String feed,
      String delivery,
      String path,
      long size,
      long modifiedAt,
      String scope,
      String fingerprint,
      String unendedPosition,
      long parserVersion,
      Status status,
      String grownInto,
      String code,
      String message,
      long records) {}

  private record Key(String feed, String name) {}

  private final Map<Key, Entry> latest = new HashMap<>();
  private final Map<Key, Entry> content = new HashMap<>();
  private final Map<Key, Entry> paths = new HashMap<>();
  private final Map<Key, Set<String>> pathsOf = new HashMap<>();
  private final Map<Key, Map<Integer, Offsets>> offsets = new HashMap<>();
  private long lastSequence;

  private Ledger() {}

  /** Reads the entries of a source as of a snapshot; null for an empty table. */
  public static Ledger read(Table table, Snapshot snapshot, String source) {
    Ledger ledger = new Ledger();
    if (snapshot == null) {
      return ledger;
    }
    Schema columns = table.schema().select(COLUMNS);
    List<Entry> entries = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .useSnapshot(snapshot.snapshotId())
            .filter(Expressions.equal("source", source))
            .planFiles()) {
      for (FileScanTask task : tasks) {
        try (CloseableIterable<StructLike> rows = RowFiles.read(table, task.file(), columns)) {
          for (StructLike row : rows) {
            if (source.contentEquals(row.get(1, CharSequence.class))) {
              entries.add(entry(row));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entries.forEach(ledger::add);
    ledger.lastSequence = snapshot.sequenceNumber();
    return ledger;
  }

  private static Entry entry(StructLike row) {
    return new Entry(
        row.get(0, Long.class),
        text(row, 2),
        text(row, 3),
        text(row, 4),
        number(row, 5),
        number(row, 6),
        text(row, 7),
        text(row, 8),
        text(row, 9),
        number(row, 10),
        Status.valueOf(text(row, 11)),
        text(row, 12),
        text(row, 13),
        text(row, 14),
        number(row, 15) - number(row, 16));
  }

  private static String text(StructLike row, int column) {
    CharSequence text = row.get(column, CharSequence.class);
    return text == null ? null : text.toString();
  }

  private static long number(StructLike row, int column) {
    Long number = row.get(column, Long.class);
    return number == null ? 0 : number;
  }

  private void add(Entry entry) {
    keep(latest, new Key(entry.feed, entry.delivery), entry);
    if (entry.scope != null) {
      keep(content, new Key(entry.feed, entry.delivery), entry);
      Map<Integer, Offsets> ranges =
          offsets.computeIfAbsent(new Key(entry.feed, entry.delivery), any -> new HashMap<>());
      Offsets.parse(entry.scope)
          .forEach((partition, range) -> ranges.merge(partition, range, Offsets::around));
    }
    if (entry.path != null && entry.status != Status.removed && entry.status != Status.grown) {
      keep(paths, new Key(entry.feed, entry.path), entry);
      pathsOf
          .computeIfAbsent(new Key(entry.feed, entry.delivery), any -> new HashSet<>())
          .add(entry.path);
    }
  }

  private static void keep(Map<Key, Entry> map, Key key, Entry entry) {
    map.merge(key, entry, (one, other) -> other.sequence >= one.sequence ? other : one);
  }

  /** Order of the commit that is being made: one more than the last. */
  public long nextSequence() {
    return lastSequence + 1;
  }

  /** What was read of a delivery when it last went in, whether it is still there or not. */
  public Optional<Entry> content(String feed, String delivery) {
    return Optional.ofNullable(content.get(new Key(feed, delivery)));
  }

  public Optional<Entry> latest(String feed, String delivery) {
    return Optional.ofNullable(latest.get(new Key(feed, delivery)));
  }

  /** What lay at a path when it was last looked at. */
  public Optional<Entry> atPath(String feed, String path) {
    return Optional.ofNullable(paths.get(new Key(feed, path)));
  }

  /** From the first to the last offset that was read of a topic's delivery, by partition. */
  public Map<Integer, Offsets> offsets(String feed, String delivery) {
    return offsets.getOrDefault(new Key(feed, delivery), Map.of());
  }

  /** Whether the delivery's rows lie in the lake. */
  public boolean holds(String feed, String delivery) {
    Key key = new Key(feed, delivery);
    return content.containsKey(key)
        && (latest.get(key).status == Status.complete || latest.get(key).status == Status.open);
  }

  /**
   * The longer log that holds every row of a grown one, itself possibly grown; empty when the lake
   * no longer holds it.
   */
  public Optional<String> holderOf(String feed, String delivery) {
    Set<String> seen = new HashSet<>();
    String name = delivery;
    while (seen.add(name)) {
      if (holds(feed, name)) {
        return Optional.of(name);
      }
      Entry entry = latest.get(new Key(feed, name));
      if (entry == null || entry.status != Status.grown) {
        return Optional.empty();
      }
      name = entry.grownInto;
    }
    return Optional.empty();
  }

  /** Deliveries of a feed that lie in the lake. */
  public Set<String> deliveries(String feed) {
    Set<String> names = new HashSet<>();
    for (Key key : content.keySet()) {
      if (key.feed.equals(feed) && holds(feed, key.name)) {
        names.add(key.name);
      }
    }
    return names;
  }

  /** Deliveries of a feed of which more may come, or something was passed over. */
  public Set<String> open(String feed) {
    Set<String> names = new TreeSet<>();
    latest.forEach(
        (key, entry) -> {
          if (key.feed.equals(feed) && entry.status == Status.open) {
            names.add(key.name);
          }
        });
    return names;
  }

  /** What gave nothing where the lake holds something and was not read since, by its name. */
  public Map<String, Entry> emptyReplies(String feed) {
    Map<String, Entry> refused = new TreeMap<>();
    paths.forEach(
        (key, entry) -> {
          if (key.feed.equals(feed) && FailureCode.EMPTY_REPLY.code().equals(entry.code)) {
            refused.put(key.name, entry);
          }
        });
    return refused;
  }

  /** Feeds in which a delivery of this name lies. */
  public List<String> feedsOf(String delivery) {
    return content.keySet().stream()
        .filter(key -> key.name.equals(delivery) && holds(key.feed, delivery))
        .map(Key::feed)
        .sorted()
        .toList();
  }

  /** Every path under which a delivery was seen. */
  public Set<String> pathsOf(String feed, String delivery) {
    return pathsOf.getOrDefault(new Key(feed, delivery), Set.of());
  }
}
