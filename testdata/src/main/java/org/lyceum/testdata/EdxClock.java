package org.lyceum.testdata;

import java.time.LocalDate;

/**
 * The number of an event in, its moment out: in order, never two alike, sparse by night, over so
 * many days. And moments in, the texts that platforms write out.
 */
final class EdxClock {
  private static final long DAY = 86_400_000_000L;
  private static final long HOUR = 3_600_000_000L;
  private static final long FIRST_DAY = LocalDate.of(2024, 1, 15).toEpochDay();

  /** Share of a day's events that each UTC hour has. */
  private static final int[] HOURS = {
    20, 14, 10, 8, 8, 10, 16, 26, 40, 52, 58, 58, 54, 56, 60, 62, 60, 58, 60, 64, 66, 58, 44, 38
  };

  private final long[] begins = new long[HOURS.length + 1];
  private final long seed;
  private final long step;
  private final Dice dice = new Dice();

  private long dayOfText = Long.MIN_VALUE;
  private String dayText = "";
  private final char[] clock = new char[15];

  EdxClock(long seed, long lines, int days) {
    this.seed = seed;
    step = days * DAY / Math.max(1, lines);
    if (step < 16) {
      throw new IllegalArgumentException("too many lines for so few days");
    }
    int sum = 0;
    for (int hour : HOURS) {
      sum += hour;
    }
    long before = 0;
    for (int hour = 0; hour < HOURS.length; hour++) {
      begins[hour] = before * DAY / sum;
      before += HOURS[hour];
    }
    begins[HOURS.length] = DAY;
  }

  /** Microseconds since 1970 of an event; later numbers are later. */
  long at(long number) {
    long even = number * step + dice.start(seed, number ^ 0x74696d65L).below(step / 4 + 1);
    long inDay = even % DAY;
    int hour = 0;
    while (inDay >= begins[hour + 1]) {
      hour++;
    }
    // Multiplying first would overflow: scale the part of the hour in thousandths.
    long width = begins[hour + 1] - begins[hour];
    long part = (long) ((double) (inDay - begins[hour]) * HOUR / width);
    return (FIRST_DAY + even / DAY) * DAY + hour * HOUR + Math.min(part, HOUR - 1);
  }

  /** {@code 2024-02-03T09:06:05.756647}, without an offset. */
  String text(long micros, char between) {
    long day = Math.floorDiv(micros, DAY);
    if (day != dayOfText) {
      dayOfText = day;
      dayText = LocalDate.ofEpochDay(day).toString();
    }
    long rest = Math.floorMod(micros, DAY);
    two(0, (int) (rest / HOUR));
    clock[2] = ':';
    two(3, (int) (rest / 60_000_000 % 60));
    clock[5] = ':';
    two(6, (int) (rest / 1_000_000 % 60));
    clock[8] = '.';
    int fraction = (int) (rest % 1_000_000);
    for (int i = 14; i > 8; i--) {
      clock[i] = (char) ('0' + fraction % 10);
      fraction /= 10;
    }
    return dayText + between + new String(clock);
  }

  /** As edX writes it. */
  String text(long micros) {
    return text(micros, 'T') + "+00:00";
  }

  private void two(int at, int value) {
    clock[at] = (char) ('0' + value / 10);
    clock[at + 1] = (char) ('0' + value % 10);
  }
}
