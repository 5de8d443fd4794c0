package org.lyceum.transforms.lake;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time {@code [from, to)}, microseconds since 1970, of which a listing was read to its end. Also
 * how windows are named in the lake.
 */
public record Window(long from, long to) implements Serializable {
  private static final String TEXT = "window";
  private static final Pattern RANGE = Pattern.compile("\\[([-0-9T:.Z]+),([-0-9T:.Z]+)\\)");

  public Window {
    if (to <= from) {
      throw new IllegalArgumentException("window [" + from + "," + to + ") holds no time");
    }
  }

  public static Window of(Instant from, Instant to) {
    return new Window(micros(from), micros(to));
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  boolean contains(long at) {
    return from <= at && at < to;
  }

  boolean meets(Window other) {
    return from < other.to && other.from < to;
  }

  boolean spans(Window other) {
    return from <= other.from && other.to <= to;
  }

  /** The UTC days that it touches, as a delivery's name ends in them. */
  List<String> days() {
    long day = TimeUnit.DAYS.toMicros(1);
    List<String> days = new ArrayList<>();
    for (long at = Math.floorDiv(from, day) * day; at < to; at += day) {
      days.add(Offsets.day(at).toString());
    }
    return days;
  }

  /** {@code [2026-03-01T10:00:00Z,2026-03-01T12:00:00Z)}. */
  @Override
  public String toString() {
    return "[" + instant(from) + "," + instant(to) + ")";
  }

  /** Windows as the books have them, joined where they touch. */
  static String text(Collection<Window> windows) {
    List<Window> joined = new ArrayList<>();
    windows.stream()
        .sorted(Comparator.comparingLong(Window::from))
        .forEach(
            window -> {
              Window before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
              if (before != null && window.from <= before.to) {
                joined.set(
                    joined.size() - 1, new Window(before.from, Math.max(before.to, window.to)));
              } else {
                joined.add(window);
              }
            });
    StringBuilder text = new StringBuilder(TEXT);
    joined.forEach(window -> text.append(' ').append(window));
    return text.toString();
  }

  static boolean isText(String scope) {
    return scope.startsWith(TEXT + " ");
  }

  /** Reads {@link #text} and {@link #toString}; empty for what names no window. */
  static List<Window> parse(String text) {
    List<Window> windows = new ArrayList<>();
    Matcher matcher = RANGE.matcher(text == null ? "" : text);
    while (matcher.find()) {
      windows.add(of(Instant.parse(matcher.group(1)), Instant.parse(matcher.group(2))));
    }
    return windows;
  }
}
