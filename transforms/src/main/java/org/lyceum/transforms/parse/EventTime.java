package org.lyceum.transforms.parse;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;

/**
 * A time as Python, log shippers and browsers write it, microseconds since 1970 out.
 *
 * <p>Shape: {@code 2014-05-02T16:44:35.901775+00:00}. The {@code T} may be {@code t} or a blank,
 * the fraction absent or of any length (floored to microseconds), the offset absent (UTC), {@code
 * Z}, {@code +00:00}, {@code +0000} or {@code +00}; white space may stand around it. Anything else
 * is not a time, also a day or an hour that no calendar has.
 */
public final class EventTime {
  /** No time. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int MICROS_DIGITS = 6;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private EventTime() {}

  /** Microseconds since 1970 of a string that is a time, else {@link #NONE}. */
  public static long micros(JsonTape tape, int node) {
    if (tape.type(node) != JsonTape.Type.STRING) {
      return NONE;
    }
    if (!tape.hasEscape(node)) {
      return micros(tape.text(), tape.start(node) + 1, tape.end(node) - 1);
    }
    ByteBuilder decoded = new ByteBuilder();
    tape.decode(node, decoded);
    return micros(decoded.array(), 0, decoded.length());
  }

  /** Microseconds since 1970, or {@link #NONE}. */
  public static long micros(byte[] text, int start, int end) {
    int at = TextBytes.skipSpace(text, start, end);
    int last = TextBytes.dropSpace(text, at, end);
    if (last - at < 19 || !hasShape(text, at)) {
      return NONE;
    }
    int year = 100 * twoDigits(text, at) + twoDigits(text, at + 2);
    int month = twoDigits(text, at + 5);
    int day = twoDigits(text, at + 8);
    int hour = twoDigits(text, at + 11);
    int minute = twoDigits(text, at + 14);
    int second = twoDigits(text, at + 17);
    if (year < 1
        || month < 1
        || month > 12
        || day < 1
        || day > daysOfMonth(year, month)
        || hour > 23
        || minute > 59
        || second > 59) {
      return NONE;
    }
    int offsetAt = at + 19;
    long fraction = 0;
    if (offsetAt < last && text[offsetAt] == '.') {
      int digit = offsetAt + 1;
      while (digit < last && isDigit(text[digit])) {
        digit++;
      }
      if (digit == offsetAt + 1) {
        return NONE;
      }
      for (int i = offsetAt + 1; i <= offsetAt + MICROS_DIGITS; i++) {
        fraction = 10 * fraction + (i < digit ? text[i] - '0' : 0);
      }
      offsetAt = digit;
    }
    long offset = offsetSeconds(text, offsetAt, last);
    if (offset == NONE) {
      return NONE;
    }
    long seconds = 86_400L * daysSince1970(year, month, day) + 3600L * hour + 60L * minute + second;
    return (seconds - offset) * MICROS_PER_SECOND + fraction;
  }

  /**
   * The time in UTC as ISO 8601 spells it: {@code 2014-05-02T16:44:35Z}, with a fraction if any.
   */
  public static String text(long micros) {
    long nanos = 1000 * Math.floorMod(micros, MICROS_PER_SECOND);
    return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), nanos).toString();
  }

  /** The UTC day: {@code 2014-05-02}. */
  public static String day(long micros) {
    return LocalDate.ofEpochDay(Math.floorDiv(micros, 86_400 * MICROS_PER_SECOND)).toString();
  }

  private static boolean hasShape(byte[] text, int at) {
    int between = text[at + 10];
    return areTwoDigits(text, at)
        && areTwoDigits(text, at + 2)
        && text[at + 4] == '-'
        && areTwoDigits(text, at + 5)
        && text[at + 7] == '-'
        && areTwoDigits(text, at + 8)
        && (between == 'T' || between == 't' || between == ' ')
        && areTwoDigits(text, at + 11)
        && text[at + 13] == ':'
        && areTwoDigits(text, at + 14)
        && text[at + 16] == ':'
        && areTwoDigits(text, at + 17);
  }

  /** Seconds east of UTC, or {@link #NONE}. */
  private static long offsetSeconds(byte[] text, int at, int end) {
    if (at == end || (end - at == 1 && (text[at] == 'Z' || text[at] == 'z'))) {
      return 0;
    }
    boolean hasColon = end - at == 6 && text[at + 3] == ':';
    if ((text[at] != '+' && text[at] != '-') || (end - at != 3 && end - at != 5 && !hasColon)) {
      return NONE;
    }
    int minutesAt = hasColon ? at + 4 : at + 3;
    if (!areTwoDigits(text, at + 1) || (end - at > 3 && !areTwoDigits(text, minutesAt))) {
      return NONE;
    }
    int hours = twoDigits(text, at + 1);
    int minutes = end - at > 3 ? twoDigits(text, minutesAt) : 0;
    if (hours > 23 || minutes > 59) {
      return NONE;
    }
    long seconds = 3600L * hours + 60L * minutes;
    return text[at] == '-' ? -seconds : seconds;
  }

  /** Days of the proleptic Gregorian calendar; years begin in March, so that leap days end them. */
  private static long daysSince1970(int year, int month, int day) {
    int marchYear = month > 2 ? year : year - 1;
    int marchMonth = month > 2 ? month - 3 : month + 9;
    long dayOfYear = (153L * marchMonth + 2) / 5 + day - 1;
    long leapDays = (long) marchYear / 4 - marchYear / 100 + marchYear / 400;
    return 365L * marchYear + leapDays + dayOfYear - 719_468;
  }

  private static int daysOfMonth(int year, int month) {
    return switch (month) {
      case 2 -> Year.isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static int twoDigits(byte[] text, int at) {
    return 10 * (text[at] - '0') + text[at + 1] - '0';
  }

  private static boolean areTwoDigits(byte[] text, int at) {
    return isDigit(text[at]) && isDigit(text[at + 1]);
  }

  private static boolean isDigit(int value) {
    return value >= '0' && value <= '9';
  }
}
