package org.lyceum.transforms.gooru;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.avro.util.Utf8;
import org.lyceum.transforms.parse.ContractFields;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonValues;

/**
 * Milliseconds since 1970, a number or the text of one, in; microseconds out. Fractions of a
 * microsecond are floored. For one thread.
 */
final class EpochMillis {
  /** No time. */
  static final long NONE = Long.MIN_VALUE;

  /** The years 1 to 9999, as far as calendars of engines go. */
  private static final BigDecimal EARLIEST = new BigDecimal("-62135596800000");

  private static final BigDecimal LATEST = new BigDecimal("253402300799999");

  /** More digits are no time; computing with many would take long. */
  private static final int MOST_CHARACTERS = 40;

  private final ContractFields fields;
  private final JsonValues values = new JsonValues();

  EpochMillis(ContractFields fields) {
    this.fields = fields;
  }

  /** The time in the field of a column that was filled last, or {@link #NONE} if it is none. */
  long micros(JsonTape tape, int ordinal) {
    Utf8 text = values.textOrNumber(tape, fields.node(ordinal));
    if (text == null || text.getByteLength() > MOST_CHARACTERS) {
      return NONE;
    }
    try {
      BigDecimal millis = new BigDecimal(text.toString().strip());
      if (millis.compareTo(EARLIEST) < 0
          || millis.compareTo(LATEST) > 0
          || millis.scale() > MOST_CHARACTERS) {
        return NONE;
      }
      return millis.movePointRight(3).setScale(0, RoundingMode.FLOOR).longValueExact();
    } catch (NumberFormatException e) {
      return NONE;
    }
  }
}
