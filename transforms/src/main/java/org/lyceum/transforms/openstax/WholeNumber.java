package org.lyceum.transforms.openstax;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A number as stored files have it in, the whole number that it is out: tools that know no absent
 * integer write doubles, others decimals or text.
 */
final class WholeNumber {
  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");

  /** Beyond it not every whole number is a double. */
  private static final double EXACT = 1L << 53;

  private WholeNumber() {}

  /** Null for what is no number, or has a fraction, or more digits than a long. */
  static Long of(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double number) {
      return Math.rint(number) == number && Math.abs(number) <= EXACT
          ? (Long) number.longValue()
          : null;
    }
    if (value instanceof BigDecimal number) {
      boolean isLong =
          number.stripTrailingZeros().scale() <= 0 && number.toBigInteger().bitLength() < Long.SIZE;
      return isLong ? (Long) number.longValue() : null;
    }
    return null;
  }

  /** Null for what is not just digits. */
  static Long ofText(CharSequence text) {
    return DIGITS.matcher(text).matches() ? Long.valueOf(text.toString()) : null;
  }
}
