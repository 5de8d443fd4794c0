package org.lyceum.transforms.parse;

/** The inside of JSON strings (RFC 8259, section 7): escapes in, text out, and back. */
public final class JsonStrings {
  private JsonStrings() {}

  /**
   * Appends the text of a string, from behind its opening to before its closing quote, as UTF-8.
   *
   * @return false when the text has a surrogate without its pair: UTF-8 cannot hold it, U+FFFD
   *     stands in its place
   */
  public static boolean decode(byte[] bytes, int start, int end, ByteText into) {
    boolean isWhole = true;
    int i = start;
    while (i < end) {
      int run = i;
      while (i < end && bytes[i] != '\\') {
        i++;
      }
      into.add(bytes, run, i);
      if (i == end) {
        break;
      }
      byte escape = bytes[i + 1];
      i += 2;
      if (escape != 'u') {
        into.add(unescaped(escape));
        continue;
      }
      int unit = hex(bytes, i);
      i += 4;
      if (!Character.isSurrogate((char) unit)) {
        into.addCodePoint(unit);
      } else if (Character.isHighSurrogate((char) unit) && isLowSurrogateAt(bytes, i, end)) {
        into.addCodePoint(Character.toCodePoint((char) unit, (char) hex(bytes, i + 2)));
        i += 6;
      } else {
        into.addCodePoint(0xfffd);
        isWhole = false;
      }
    }
    return isWhole;
  }

  private static boolean isLowSurrogateAt(byte[] bytes, int i, int end) {
    return i + 6 <= end
        && bytes[i] == '\\'
        && bytes[i + 1] == 'u'
        && Character.isLowSurrogate((char) hex(bytes, i + 2));
  }

  private static char unescaped(byte escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      default -> (char) escape; // quote, backslash, slash: the grammar allows no other
    };
  }

  private static int hex(byte[] bytes, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = value << 4 | Character.digit(bytes[i], 16);
    }
    return value;
  }

  /**
   * Appends a string that is written with any escapes as canonical JSON does: short escapes where
   * there are, else only what must be escaped. A surrogate without its pair keeps its escape, in
   * lower case.
   */
  static void canonical(byte[] bytes, int start, int end, ByteText into) {
    int i = start;
    while (i < end) {
      byte b = bytes[i];
      if (b != '\\') {
        into.add((char) (b & 0xff));
        i++;
        continue;
      }
      byte escape = bytes[i + 1];
      i += 2;
      if (escape != 'u') {
        escaped(unescaped(escape), into);
        continue;
      }
      int unit = hex(bytes, i);
      i += 4;
      if (Character.isHighSurrogate((char) unit) && isLowSurrogateAt(bytes, i, end)) {
        into.addCodePoint(Character.toCodePoint((char) unit, (char) hex(bytes, i + 2)));
        i += 6;
      } else if (Character.isSurrogate((char) unit)) {
        into.add("\\u" + Integer.toHexString(unit));
      } else {
        escaped((char) unit, into);
      }
    }
  }

  /** Appends one character of a string, escaped where canonical JSON escapes it. */
  static void escaped(char character, ByteText into) {
    switch (character) {
      case '"' -> into.add("\\\"");
      case '\\' -> into.add("\\\\");
      case '\b' -> into.add("\\b");
      case '\t' -> into.add("\\t");
      case '\n' -> into.add("\\n");
      case '\f' -> into.add("\\f");
      case '\r' -> into.add("\\r");
      default -> {
        if (character < 0x20) {
          into.add(String.format("\\u%04x", (int) character));
        } else {
          into.addCodePoint(character);
        }
      }
    }
  }

  /** Appends a text as a JSON string without its quotes. */
  public static void encode(String text, ByteText into) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        into.addCodePoint(text.codePointAt(i++));
      } else if (Character.isSurrogate(c)) {
        into.add("\\u" + Integer.toHexString(c));
      } else {
        escaped(c, into);
      }
    }
  }
}
