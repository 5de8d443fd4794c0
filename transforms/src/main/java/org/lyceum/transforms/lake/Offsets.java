package org.lyceum.transforms.lake;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Offsets {@code [from, to)} of one partition. They may have legal gaps. Also how topics,
 * partitions and offsets are named in the lake.
 */
public record Offsets(long from, long to) implements Serializable {
  private static final String DELIVERIES = "kafka/";
  private static final String TEXT = "offsets";
  private static final Pattern RANGE = Pattern.compile("(\\d+):\\[(\\d+),(\\d+)\\)");
  private static final int PARTITION_DIGITS = 6;
  private static final int ELEMENT_DIGITS = 8;

  public Offsets {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("offsets [" + from + "," + to + ")");
    }
  }

  boolean contains(long offset) {
    return from <= offset && offset < to;
  }

  boolean meets(Offsets other) {
    return from < other.to && other.from < to;
  }

  Offsets around(Offsets other) {
    return new Offsets(Math.min(from, other.from), Math.max(to, other.to));
  }

  /** The delivery of a message: its topic and the UTC day of its timestamp in microseconds. */
  public static String delivery(String series, long timestamp) {
    return DELIVERIES + series + "/" + day(timestamp);
  }

  /** The UTC day of an instant in microseconds since 1970. */
  public static LocalDate day(long timestamp) {
    return Instant.ofEpochSecond(Math.floorDiv(timestamp, TimeUnit.SECONDS.toMicros(1)))
        .atOffset(ZoneOffset.UTC)
        .toLocalDate();
  }

  /** What a topic's deliveries begin with. */
  static String deliveries(String series) {
    return DELIVERIES + series + "/";
  }

  /** The topic of a delivery; null for a delivery that is none of a topic. */
  static String series(String delivery) {
    int end = delivery.lastIndexOf('/');
    return delivery.startsWith(DELIVERIES) && end > DELIVERIES.length()
        ? delivery.substring(DELIVERIES.length(), end)
        : null;
  }

  /** Where a message lies in its delivery; sorts as text. */
  public static String position(int partition, long offset) {
    String digits = Integer.toString(partition);
    return "0".repeat(Math.max(0, PARTITION_DIGITS - digits.length()))
        + digits
        + ":"
        + LakeCommit.position(offset);
  }

  /** Where an element of an array lies, whose message lies at a position. */
  public static String element(String position, int index) {
    String digits = Integer.toString(index);
    return position + "#" + "0".repeat(Math.max(0, ELEMENT_DIGITS - digits.length())) + digits;
  }

  static int partitionOf(String position) {
    return Integer.parseInt(position.substring(0, position.indexOf(':')));
  }

  static long offsetOf(String position) {
    int start = position.indexOf(':') + 1;
    int end = position.indexOf('#');
    return Long.parseLong(position.substring(start, end < 0 ? position.length() : end));
  }

  /** Key of a partition in {@code ops.state}. */
  public static String key(String series, int partition) {
    return series + "/" + partition;
  }

  /** Ranges by partition as the books have them: {@code offsets 0:[12,400) 1:[3,90)}. */
  static String text(Map<Integer, Offsets> byPartition) {
    StringBuilder text = new StringBuilder(TEXT);
    new TreeMap<>(byPartition)
        .forEach(
            (partition, range) ->
                text.append(' ')
                    .append(partition)
                    .append(":[")
                    .append(range.from)
                    .append(',')
                    .append(range.to)
                    .append(')'));
    return text.toString();
  }

  static boolean isText(String scope) {
    return scope.startsWith(TEXT + " ");
  }

  /** Reads {@link #text}; empty for any other scope. */
  public static Map<Integer, Offsets> parse(String scope) {
    Map<Integer, Offsets> ranges = new TreeMap<>();
    if (scope != null && scope.startsWith(TEXT)) {
      Matcher matcher = RANGE.matcher(scope);
      while (matcher.find()) {
        ranges.merge(
            Integer.parseInt(matcher.group(1)),
            new Offsets(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))),
            Offsets::around);
      }
    }
    return ranges;
  }
}
