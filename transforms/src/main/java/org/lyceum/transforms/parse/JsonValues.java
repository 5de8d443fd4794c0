package org.lyceum.transforms.parse;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.util.Utf8;

/**
 * Nodes of a tape in, values as rows hold them out: text as Utf8, numbers boxed, null for what is
 * not of that kind. Numbers may also come as text. For one thread.
 */
public final class JsonValues {
  /** Powers of ten that a double holds exactly. */
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Whole numbers of so many digits are exact in a double. */
  private static final int EXACT_DIGITS = 15;

  /** No number with a longer exponent is a long or a double above zero. */
  private static final int EXPONENT_DIGITS = 5;

  /** Longer numbers are looked at before Java computes with them, which takes the square of it. */
  private static final int SHORT_NUMBER = 400;

  private final ByteBuilder decoded = new ByteBuilder();
  private final ByteBuilder canonical = new ByteBuilder();
  private byte[] bytes;
  private int start;
  private int end;
  private boolean isUtf8;
  private boolean isWhole;

  /** The text of a string that is not blank, else null. */
  public Utf8 text(JsonTape tape, int node) {
    if (!hasText(tape, node)) {
      return null;
    }
    isWhole = isUtf8;
    return new Utf8(Arrays.copyOfRange(bytes, start, end));
  }

  /** The text of a string that is not blank, without white space around it, else null. */
  public Utf8 trimmed(JsonTape tape, int node) {
    if (!hasText(tape, node)) {
      return null;
    }
    int first = TextBytes.skipSpace(bytes, start, end);
    int last = TextBytes.dropSpace(bytes, first, end);
    isWhole = isUtf8 && first == start && last == end;
    return new Utf8(Arrays.copyOfRange(bytes, first, last));
  }

  /** The text of any string, else null. */
  public Utf8 anyText(JsonTape tape, int node) {
    isWhole = false;
    if (tape.type(node) != JsonTape.Type.STRING) {
      return null;
    }
    decode(tape, node);
    isWhole = isUtf8;
    return new Utf8(Arrays.copyOfRange(bytes, start, end));
  }

  /**
   * Whether what was read last gives the original back: nothing trimmed, replaced, rounded or left
   * out, and a number was a number, not the text of one.
   */
  public boolean isWhole() {
    return isWhole;
  }

  /** The text of a string that is not blank, or a number as written, else null. */
  public Utf8 textOrNumber(JsonTape tape, int node) {
    if (tape.type(node) == JsonTape.Type.NUMBER) {
      isWhole = false;
      return new Utf8(Arrays.copyOfRange(tape.text(), tape.start(node), tape.end(node)));
    }
    return text(tape, node);
  }

  /** True or false, else null. */
  public Boolean bool(JsonTape tape, int node) {
    isWhole = tape.type(node) == JsonTape.Type.BOOLEAN;
    return isWhole ? tape.text()[tape.start(node)] == 't' : null;
  }

  /**
   * Microseconds since 1970 of a string that is a time (see {@link EventTime}), else null. It is
   * whole if it is spelled in UTC as ISO 8601 does, such as 2024-02-05T09:06:05Z.
   */
  public Long time(JsonTape tape, int node) {
    isWhole = false;
    long micros = EventTime.micros(tape, node);
    if (micros == EventTime.NONE) {
      return null;
    }
    decode(tape, node);
    isWhole = isUtf8 && string().equals(EventTime.text(micros));
    return micros;
  }

  /** A finite number, or the text of one; else null. */
  public Double number(JsonTape tape, int node) {
    if (!hasNumber(tape, node)) {
      return null;
    }
    boolean isNumber = tape.type(node) == JsonTape.Type.NUMBER;
    Decimal decimal = Decimal.of(bytes, start, end);
    if (decimal == null) {
      return null;
    }
    int power = Math.abs(decimal.exponent);
    if (decimal.digits <= EXACT_DIGITS && power < EXACT_POWERS.length) {
      isWhole = isNumber;
      double units = decimal.units;
      double value =
          decimal.exponent < 0 ? units / EXACT_POWERS[power] : units * EXACT_POWERS[power];
      return decimal.isNegative ? -value : value;
    }
    double value = Double.parseDouble(string());
    isWhole = isNumber && isSpelledBy(value, decimal);
    return Double.isFinite(value) ? value : null;
  }

  /** Whether the double, written out, is the number that was read. */
  private boolean isSpelledBy(double value, Decimal decimal) {
    return Double.isFinite(value)
        && end - start <= SHORT_NUMBER
        && decimal.exponentDigits <= EXPONENT_DIGITS
        && new BigDecimal(string()).compareTo(new BigDecimal(Double.toString(value))) == 0;
  }

  /** A whole number (1.0 is one) that fits a long, or the text of one; else null. */
  public Long integer(JsonTape tape, int node) {
    if (!hasNumber(tape, node)) {
      return null;
    }
    Long value = integer();
    isWhole = value != null && tape.type(node) == JsonTape.Type.NUMBER;
    return value;
  }

  private Long integer() {
    Decimal decimal = Decimal.of(bytes, start, end);
    if (decimal == null) {
      return null;
    }
    if (decimal.digits == 0) {
      return 0L;
    }
    if (decimal.exponent == 0 && decimal.digits <= EXACT_DIGITS) {
      return decimal.isNegative ? -decimal.units : decimal.units;
    }
    if (decimal.exponentDigits > EXPONENT_DIGITS) {
      return null;
    }
    try {
      return new BigDecimal(end - start <= SHORT_NUMBER ? string() : shortened()).longValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  /** A long number's digits that count; if they are more than any long has, a fraction instead. */
  private String shortened() {
    canonical.clear();
    CanonicalJson.number(bytes, bytes[start] == '+' ? start + 1 : start, end, canonical);
    return canonical.length() <= SHORT_NUMBER
        ? new String(canonical.array(), 0, canonical.length(), StandardCharsets.ISO_8859_1)
        : "0.5";
  }

  /** Points to the text of a string or the digits of a number. */
  private boolean hasNumber(JsonTape tape, int node) {
    isWhole = false;
    if (tape.type(node) == JsonTape.Type.NUMBER) {
      bytes = tape.text();
      start = tape.start(node);
      end = tape.end(node);
      return true;
    }
    if (!hasText(tape, node)) {
      return false;
    }
    start = TextBytes.skipSpace(bytes, start, end);
    end = TextBytes.dropSpace(bytes, start, end);
    return true;
  }

  private boolean hasText(JsonTape tape, int node) {
    isWhole = false;
    if (tape.type(node) != JsonTape.Type.STRING) {
      return false;
    }
    decode(tape, node);
    return TextBytes.skipSpace(bytes, start, end) < end;
  }

  private void decode(JsonTape tape, int node) {
    bytes = tape.text();
    start = tape.start(node) + 1;
    end = tape.end(node) - 1;
    isUtf8 = true;
    if (tape.hasEscape(node)) {
      decoded.clear();
      isUtf8 = JsonStrings.decodeUtf8(bytes, start, end, decoded);
      bytes = decoded.array();
      start = 0;
      end = decoded.length();
    }
  }

  private String string() {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** A number taken apart: units times ten to the exponent; units only count up to 15 digits. */
  private record Decimal(
      boolean isNegative, long units, int digits, int exponent, int exponentDigits) {

    /** Null if the bytes are not a decimal number. */
    static Decimal of(byte[] bytes, int start, int end) {
      int at = start;
      boolean isNegative = at < end && bytes[at] == '-';
      if (at < end && (isNegative || bytes[at] == '+')) {
        at++;
      }
      long units = 0;
      int seen = 0;
      int digits = 0;
      int fraction = 0;
      boolean hasPoint = false;
      for (; at < end; at++) {
        int value = bytes[at];
        if (value == '.' && !hasPoint) {
          hasPoint = true;
        } else if (value >= '0' && value <= '9') {
          seen++;
          digits += units != 0 || value != '0' ? 1 : 0;
          units = digits <= EXACT_DIGITS ? 10 * units + value - '0' : 1;
          fraction += hasPoint ? 1 : 0;
        } else {
          break;
        }
      }
      if (seen == 0) {
        return null;
      }
      int exponent = 0;
      int exponentDigits = 0;
      if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
        at++;
        boolean isSmall = at < end && bytes[at] == '-';
        if (at < end && (isSmall || bytes[at] == '+')) {
          at++;
        }
        for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
          exponentDigits++;
          exponent = exponentDigits <= EXPONENT_DIGITS ? 10 * exponent + bytes[at] - '0' : 100_000;
        }
        if (exponentDigits == 0) {
          return null;
        }
        exponent = isSmall ? -exponent : exponent;
      }
      return at < end
          ? null
          : new Decimal(isNegative, units, digits, exponent - fraction, exponentDigits);
    }
  }
}
