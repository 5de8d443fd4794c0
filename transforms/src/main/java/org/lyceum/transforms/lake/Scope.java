package org.lyceum.transforms.lake;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.types.Comparators;

/**
 * What goes from the lake when something newer comes, and nothing else: whole deliveries of a feed,
 * offsets of a topic's partitions, and what a harvest read to its end.
 */
final class Scope {
  /** How much of a file goes, as far as its bounds tell. */
  enum Cover {
    NONE,
    /** Perhaps some rows: the file has to be read. */
    PART,
    ALL
  }

  /**
   * Where a row lies.
   *
   * @param table {@code namespace.name}
   * @param source null in an event table, which has one source
   * @param occurredAt null when not known, or not asked for
   */
  record Place(
      String table,
      String source,
      String feed,
      String delivery,
      String position,
      Long occurredAt) {}

  /** What is known of a file without reading it; null for what is not known. */
  record Bounds(
      String feed,
      String firstDelivery,
      String lastDelivery,
      String first,
      String last,
      Long firstAt,
      Long lastAt) {}

  /** Bounds of files are in the order of UTF-8 bytes, which is not always that of Java's text. */
  private static final Comparator<CharSequence> BOUNDS_ORDER = Comparators.charSequences();

  private final String feed;
  private final TreeSet<String> deliveries = new TreeSet<>(BOUNDS_ORDER);
  private final Map<String, Map<Integer, Offsets>> topics = new HashMap<>();
  private final Set<String> spared = new HashSet<>();
  private final Map<String, Set<String>> sparedTables = new HashMap<>();
  private RestScope rest;

  Scope(String feed) {
    this.feed = feed;
  }

  Scope add(Collection<String> whole) {
    deliveries.addAll(whole);
    return this;
  }

  Scope add(String series, int partition, Offsets range) {
    topics.computeIfAbsent(series, any -> new HashMap<>()).merge(partition, range, Offsets::around);
    return this;
  }

  Scope add(RestScope readToItsEnd) {
    rest = readToItsEnd;
    return this;
  }

  /** A table in which nothing of a container goes, and no failed record of its parts. */
  void spare(String container, String table) {
    sparedTables.computeIfAbsent(container, any -> new HashSet<>()).add(table);
  }

  /** Whether rows go by their time, which is not known of everything that tells where they lie. */
  boolean isByTime() {
    return rest != null && rest.window() != null;
  }

  /** A delivery of which nothing goes, although its offsets are in scope. */
  void spare(String delivery) {
    spared.add(delivery);
  }

  boolean isEmpty() {
    return deliveries.isEmpty() && topics.isEmpty() && rest == null;
  }

  boolean covers(Place place) {
    String delivery = place.delivery;
    if (!feed.equals(place.feed)) {
      return false;
    }
    if (deliveries.contains(delivery) || (rest != null && rest.covers(place) && !isSpared(place))) {
      return true;
    }
    String series = topics.isEmpty() ? null : Offsets.series(delivery);
    if (series == null || !topics.containsKey(series) || spared.contains(delivery)) {
      return false;
    }
    Offsets range = topics.get(series).get(Offsets.partitionOf(place.position));
    return range != null && range.contains(Offsets.offsetOf(place.position));
  }

  private boolean isSpared(Place place) {
    String container = sparedTables.isEmpty() ? null : rest.container(place.position);
    Set<String> tables = sparedTables.getOrDefault(container, Set.of());
    return place.source == null
        ? tables.contains(place.table)
        : !tables.isEmpty() && !place.position.equals(container);
  }

  Cover cover(Bounds file) {
    if (isEmpty() || (file.feed != null && !file.feed.equals(feed))) {
      return Cover.NONE;
    }
    Cover cover = coverDeliveries(file);
    if (rest == null || cover == Cover.ALL) {
      return cover;
    }
    Cover more = rest.cover(file);
    if (more == Cover.ALL && sparedTables.isEmpty()) {
      return Cover.ALL;
    }
    return cover == Cover.NONE && more == Cover.NONE ? Cover.NONE : Cover.PART;
  }

  private Cover coverDeliveries(Bounds file) {
    if (deliveries.isEmpty() && topics.isEmpty()) {
      return Cover.NONE;
    }
    if (file.firstDelivery == null || file.lastDelivery == null) {
      return Cover.PART;
    }
    if (file.feed != null && file.firstDelivery.equals(file.lastDelivery)) {
      return coverOne(file);
    }
    String next = deliveries.ceiling(file.firstDelivery);
    boolean mayMeet = next != null && BOUNDS_ORDER.compare(next, file.lastDelivery) <= 0;
    for (String series : topics.keySet()) {
      String prefix = Offsets.deliveries(series);
      mayMeet |=
          file.firstDelivery.compareTo(prefix + Character.MAX_VALUE) <= 0
              && file.lastDelivery.compareTo(prefix) >= 0;
    }
    return mayMeet ? Cover.PART : Cover.NONE;
  }

  private Cover coverOne(Bounds file) {
    if (deliveries.contains(file.firstDelivery)) {
      return Cover.ALL;
    }
    String series = topics.isEmpty() ? null : Offsets.series(file.firstDelivery);
    if (series == null || !topics.containsKey(series) || spared.contains(file.firstDelivery)) {
      return Cover.NONE;
    }
    if (file.first == null || file.last == null) {
      return Cover.PART;
    }
    int partition = Offsets.partitionOf(file.first);
    if (partition != Offsets.partitionOf(file.last)) {
      return Cover.PART;
    }
    Offsets range = topics.get(series).get(partition);
    Offsets held = new Offsets(Offsets.offsetOf(file.first), Offsets.offsetOf(file.last) + 1);
    if (range == null || !range.meets(held)) {
      return Cover.NONE;
    }
    return range.from() <= held.from() && held.to() <= range.to() ? Cover.ALL : Cover.PART;
  }
}
