package org.lyceum.transforms.edx;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * The times that tracking logs hold, in; microseconds since 1970 in UTC, out. Accepts {@code
 * 2018-09-17T09:06:05.756647+00:00} and its known variants: a space or t for T, no fraction or one
 * of any length (floored to microseconds), no offset (UTC), Z, +hh, +hhmm and +hh:mm.
 */
final class EventTime {
  /** No time. */
  static final long NONE = Long.MIN_VALUE;

  private static final long DAY_SECONDS = 86_400;
  private static final long MICROS = 1_000_000;

  private EventTime() {}

  /**
   * Parses {@code bytes[start, end)}, white space around it aside; {@link #NONE} when it is not a
   * time.
   */
  static long micros(byte[] bytes, int start, int end) {
    int i = start;
    int to = end;
    while (i < to && bytes[i] <= ' ' && bytes[i] >= 0) {
      i++;
    }
    while (to > i && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
      to--;
    }
    if (to - i < 19
        || bytes[i + 4] != '-'
        || bytes[i + 7] != '-'
        || bytes[i + 13] != ':'
        || bytes[i + 16] != ':') {
      return NONE;
    }
    byte separator = bytes[i + 10];
    int year = number(bytes, i, 4);
    int month = number(bytes, i + 5, 2);
    int day = number(bytes, i + 8, 2);
    int hour = number(bytes, i + 11, 2);
    int minute = number(bytes, i + 14, 2);
    int second = number(bytes, i + 17, 2);
    if ((separator != 'T' && separator != ' ' && separator != 't')
        || year < 1
        || month < 1
        || month > 12
        || day < 1
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59) {
      return NONE;
    }
    long days = days(year, month, day);
    if (days == NONE) {
      return NONE;
    }
    i += 19;
    long fraction = 0;
    if (i < to && bytes[i] == '.') {
      int digits = 0;
      for (i++; i < to && isDigit(bytes[i]); i++, digits++) {
        if (digits < 6) {
          fraction = fraction * 10 + bytes[i] - '0';
        }
      }
      if (digits == 0) {
        return NONE;
      }
      for (; digits < 6; digits++) {
        fraction *= 10;
      }
    }
    long offset = offsetSeconds(bytes, i, to);
    if (offset == NONE) {
      return NONE;
    }
    long seconds = days * DAY_SECONDS + hour * 3600L + minute * 60L + second - offset;
    return seconds * MICROS + fraction; // digits behind the sixth only add: cutting them floors
  }

  private static long days(int year, int month, int day) {
    if (day > 28) {
      try {
        return LocalDate.of(year, month, day).toEpochDay();
      } catch (DateTimeException e) {
        return NONE;
      }
    }
    // days from the civil calendar (Howard Hinnant, chrono-compatible low-level date algorithms)
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468L;
  }

  private static long offsetSeconds(byte[] bytes, int at, int to) {
    int i = at;
    while (i < to && bytes[i] == ' ') {
      i++;
    }
    int length = to - i;
    if (length == 0) {
      return 0;
    }
    if (length == 1 && (bytes[i] == 'Z' || bytes[i] == 'z')) {
      return 0;
    }
    if ((bytes[i] != '+' && bytes[i] != '-') || (length != 3 && length != 5 && length != 6)) {
      return NONE;
    }
    int hours = number(bytes, i + 1, 2);
    int minutes = length == 3 ? 0 : number(bytes, to - 2, 2);
    if (hours < 0
        || hours > 18
        || minutes < 0
        || minutes > 59
        || (length == 6 && bytes[i + 3] != ':')) {
      return NONE;
    }
    long seconds = hours * 3600L + minutes * 60L;
    return bytes[i] == '-' ? -seconds : seconds;
  }

  private static int number(byte[] bytes, int at, int digits) {
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      if (!isDigit(bytes[i])) {
        return -1;
      }
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
