package org.lyceum.transforms.opencast;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * Half-open in the time of creation: from, but not to. What a host is asked for holds it and more:
 * a second on both sides, since hosts know whole seconds and both ends of theirs are closed; and
 * where a local time comes twice, in autumn, the start an hour earlier and the end an hour later.
 */
public record ActionWindow(Instant from, Instant to) implements Serializable {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

  public ActionWindow {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("A window ends after it starts.");
    }
  }

  public boolean holds(Instant created) {
    return !created.isBefore(from) && created.isBefore(to);
  }

  /**
   * The same time in pieces that end at multiples of a length, such as at the ends of UTC days.
   *
   * @param length of a piece at most, whole seconds
   */
  public List<ActionWindow> split(Duration length) {
    List<ActionWindow> pieces = new ArrayList<>();
    long seconds = length.toSeconds();
    for (Instant at = from; at.isBefore(to); ) {
      Instant next =
          Instant.ofEpochSecond((Math.floorDiv(at.getEpochSecond(), seconds) + 1) * seconds);
      Instant end = next.isBefore(to) ? next : to;
      pieces.add(new ActionWindow(at, end));
      at = end;
    }
    return pieces;
  }

  /** The start to ask a host for, in its zone. */
  String askedStart(ZoneId zone) {
    return text(from.minusSeconds(1), zone, LocalDateTime::minus);
  }

  /** The end to ask a host for, in its zone. */
  String askedEnd(ZoneId zone) {
    return text(to.plusSeconds(1), zone, LocalDateTime::plus);
  }

  private static String text(
      Instant instant, ZoneId zone, BiFunction<LocalDateTime, Duration, LocalDateTime> widen) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    if (zone.getRules().getValidOffsets(local).size() > 1) {
      ZoneOffsetTransition transition = zone.getRules().getTransition(local);
      local = widen.apply(local, transition.getDuration().abs());
    }
    return LOCAL.format(local);
  }
}
