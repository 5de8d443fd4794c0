package org.lyceum.transforms.openstax;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What is known of a record beside itself.
 *
 * @param year date of storage, like month and day as a path writes it; null if unknown
 * @param received when the record was received, microseconds since 1970; null if unknown
 * @param unit what the field {@code occurred_at} counts
 */
public record Circumstances(String year, String month, String day, Long received, TimeUnit unit) {

  /** Of a message with this broker's timestamp, microseconds since 1970. */
  static Circumstances ofMessage(long timestamp, TimeUnit unit) {
    LocalDate date =
        LocalDate.ofInstant(
            Instant.ofEpochSecond(Math.floorDiv(timestamp, 1_000_000L)), ZoneOffset.UTC);
    return new Circumstances(
        String.format(Locale.ROOT, "%04d", date.getYear()),
        twoDigits(date.getMonthValue()),
        twoDigits(date.getDayOfMonth()),
        timestamp,
        unit);
  }

  private static String twoDigits(int number) {
    return String.format(Locale.ROOT, "%02d", number);
  }
}
