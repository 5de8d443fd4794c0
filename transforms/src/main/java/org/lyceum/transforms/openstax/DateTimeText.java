package org.lyceum.transforms.openstax;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date-time of RFC 3339 in, seconds since 1970 out, exact in every digit. The offset may be
 * absent (UTC) or without its colon, as the server reads it.
 */
final class DateTimeText {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}:\\d{2})(\\.\\d+)?"
              + "(?:[Zz]|([+-]\\d{2}):?(\\d{2})?)?");
  private static final int LONGEST = 64;
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

  private DateTimeText() {}

  /** Null for what is no date-time. */
  static BigDecimal seconds(CharSequence text) {
    Matcher shape = SHAPE.matcher(text);
    if (text.length() > LONGEST || !shape.matches()) {
      return null;
    }
    try {
      ZoneOffset offset =
          shape.group(4) == null
              ? ZoneOffset.UTC
              : ZoneOffset.of(
                  shape.group(4) + ":" + (shape.group(5) == null ? "00" : shape.group(5)));
      LocalDateTime local = LocalDateTime.parse(shape.group(1) + "T" + shape.group(2));
      BigDecimal seconds = BigDecimal.valueOf(local.toEpochSecond(offset));
      return shape.group(3) == null ? seconds : seconds.add(new BigDecimal("0" + shape.group(3)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Microseconds, floored. */
  static long micros(BigDecimal seconds) {
    return seconds.multiply(MICROS).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  /** Microseconds of the millisecond that is not later. */
  static long flooredMillis(BigDecimal seconds) {
    return 1_000L * seconds.multiply(MILLIS).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  static BigDecimal seconds(long micros) {
    return BigDecimal.valueOf(micros, 6);
  }
}
