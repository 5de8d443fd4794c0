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
 * and offsets of a topic's partitions.
 */
final class Scope {
  /** How much of a file goes, as far as its bounds tell. */
  enum Cover {
    NONE,
    /** Perhaps some rows: the file has to be read. */
    PART,
    ALL
  }

  /** What is known of a file without reading it; null for what is not known. */
  record Bounds(
      String feed, String firstDelivery, String lastDelivery, String first, String last) {}

  /** Bounds of files are in the order of UTF-8 bytes, which is not always that of Java's text. */
  private static final Comparator<CharSequence> BOUNDS_ORDER = Comparators.charSequences();

  private final String feed;
  private final TreeSet<String> deliveries = new TreeSet<>(BOUNDS_ORDER);
  private final Map<String, Map<Integer, Offsets>> topics = new HashMap<>();
  private final Set<String> spared = new HashSet<>();

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

  /** A delivery of which nothing goes, although its offsets are in scope. */
  void spare(String delivery) {
    spared.add(delivery);
  }

  boolean isEmpty() {
    return deliveries.isEmpty() && topics.isEmpty();
  }

  boolean covers(String rowFeed, String delivery, String position) {
    if (!feed.equals(rowFeed)) {
      return false;
    }
    if (deliveries.contains(delivery)) {
      return true;
    }
    String series = topics.isEmpty() ? null : Offsets.series(delivery);
    if (series == null || !topics.containsKey(series) || spared.contains(delivery)) {
      return false;
    }
    Offsets range = topics.get(series).get(Offsets.partitionOf(position));
    return range != null && range.contains(Offsets.offsetOf(position));
  }

  Cover cover(Bounds file) {
    if (isEmpty() || (file.feed != null && !file.feed.equals(feed))) {
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
