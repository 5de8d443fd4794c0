package org.lyceum.transforms.parse;

/**
 * The inside of JSON strings (without their quotes) as UTF-8 bytes: escapes out, escapes in. A
 * surrogate that stands alone, which JSON can spell and UTF-8 cannot, travels as the three bytes
 * that UTF-8 would need for it, so that bytes still sort like code points.
 */
public final class JsonStrings {
  private static final int REPLACEMENT = 0xFFFD;
  private static final String HEX = "0123456789abcdef";

  private JsonStrings() {}

  /** Appends what the escaped text says; surrogates that stand alone are kept. */
  public static void decode(byte[] text, int start, int end, ByteBuilder out) {
    decode(text, start, end, out, true);
  }

  /**
   * Appends what the escaped text says as UTF-8, U+FFFD for surrogates that stand alone. Returns
   * whether there was none.
   */
  public static boolean decodeUtf8(byte[] text, int start, int end, ByteBuilder out) {
    return decode(text, start, end, out, false);
  }

  private static boolean decode(
      byte[] text, int start, int end, ByteBuilder out, boolean keepsSurrogates) {
    boolean isUtf8 = true;
    out.ensure(end - start); // no escape says more than it is long
    int i = start;
    while (i < end) {
      byte value = text[i++];
      if (value != '\\') {
        out.appendEnsured(value);
        continue;
      }
      int escape = text[i++];
      if (escape != 'u') {
        out.appendEnsured((byte) unescaped(escape));
        continue;
      }
      int unit = hex(text, i);
      i += 4;
      if (isHigh(unit) && startsLow(text, i, end)) {
        out.codePoint(Character.toCodePoint((char) unit, (char) hex(text, i + 2)));
        i += 6;
      } else if (Character.isSurrogate((char) unit)) {
        isUtf8 = false;
        out.codePoint(keepsSurrogates ? unit : REPLACEMENT);
      } else {
        out.codePoint(unit);
      }
    }
    return isUtf8;
  }

  /**
   * Appends decoded text with the fewest escapes JSON allows: quote, backslash, control characters
   * (short where there is a short one), and surrogates that stand alone.
   */
  public static void encode(byte[] text, int start, int end, ByteBuilder out) {
    int copied = start;
    for (int i = start; i < end; i++) {
      int value = text[i] & 0xFF;
      boolean isSurrogate = value == 0xED && i + 2 < end && (text[i + 1] & 0xFF) >= 0xA0;
      if (value >= ' ' && value != '"' && value != '\\' && !isSurrogate) {
        continue;
      }
      out.append(text, copied, i);
      if (isSurrogate) {
        unicodeEscape(
            ((value & 0xF) << 12) | ((text[i + 1] & 0x3F) << 6) | (text[i + 2] & 0x3F), out);
        i += 2;
      } else {
        escape(value, out);
      }
      copied = i + 1;
    }
    out.append(text, copied, end);
  }

  private static void escape(int value, ByteBuilder out) {
    switch (value) {
      case '"', '\\' -> shortEscape(value, out);
      case '\b' -> shortEscape('b', out);
      case '\t' -> shortEscape('t', out);
      case '\n' -> shortEscape('n', out);
      case '\f' -> shortEscape('f', out);
      case '\r' -> shortEscape('r', out);
      default -> unicodeEscape(value, out);
    }
  }

  private static void shortEscape(int value, ByteBuilder out) {
    out.append('\\');
    out.append(value);
  }

  private static void unicodeEscape(int unit, ByteBuilder out) {
    shortEscape('u', out);
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((unit >> shift) & 0xF));
    }
  }

  private static int unescaped(int escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      default -> escape;
    };
  }

  private static boolean isHigh(int unit) {
    return Character.isHighSurrogate((char) unit);
  }

  private static boolean startsLow(byte[] text, int start, int end) {
    return start + 6 <= end
        && text[start] == '\\'
        && text[start + 1] == 'u'
        && Character.isLowSurrogate((char) hex(text, start + 2));
  }

  private static int hex(byte[] text, int start) {
    int unit = 0;
    for (int i = start; i < start + 4; i++) {
      unit = (unit << 4) | Character.digit(text[i], 16);
    }
    return unit;
  }
}
