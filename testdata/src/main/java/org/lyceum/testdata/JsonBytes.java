package org.lyceum.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Values in, JSON as UTF-8 bytes out, in one reused buffer. It writes like Python's {@code
 * json.dumps} (which edX uses), like a browser's {@code JSON.stringify}, or varied: the same value
 * in other bytes, with the keys of each object reversed, other escapes, other white space and more
 * zeros.
 */
final class JsonBytes {
  /** How one value becomes bytes. All styles mean the same value. */
  enum Style {
    /** Blanks after commas and colons, everything beyond ASCII escaped. */
    PYTHON,
    /** As Python with {@code ensure_ascii=False}. */
    PYTHON_UTF8,
    /** No blanks. */
    BROWSER,
    /** Members reversed, letters and slashes escaped, decimals with trailing zeros. */
    VARIED
  }

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int DEEPEST = 64;

  private byte[] bytes;
  private int size;
  private Style style = Style.PYTHON;

  private int depth;
  private boolean afterKey;
  private final boolean[] isEmpty = new boolean[DEEPEST];
  private final int[] firstMember = new int[DEEPEST];
  private int[] members = new int[256];
  private int memberCount;
  private byte[] spare = new byte[0];

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Forgets what comes after this many bytes, and whatever was open. */
  void cut(int size) {
    this.size = size;
    depth = 0;
    memberCount = 0;
    afterKey = false;
  }

  JsonBytes style(Style style) {
    this.style = style;
    return this;
  }

  Style style() {
    return style;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    cut(0);
  }

  JsonBytes object() {
    value();
    put('{');
    isEmpty[++depth] = true;
    firstMember[depth] = memberCount;
    return this;
  }

  JsonBytes end() {
    if (style == Style.VARIED) {
      reverseMembers();
    }
    memberCount = firstMember[depth--];
    put('}');
    return this;
  }

  JsonBytes list() {
    value();
    put('[');
    isEmpty[++depth] = true;
    firstMember[depth] = memberCount;
    return this;
  }

  JsonBytes endList() {
    depth--;
    put(']');
    return this;
  }

  JsonBytes key(String name) {
    separate();
    if (memberCount == members.length) {
      members = Arrays.copyOf(members, 2 * memberCount);
    }
    members[memberCount++] = size;
    quote(name, false);
    put(':');
    if (style != Style.BROWSER) {
      put(' ');
    }
    afterKey = true;
    return this;
  }

  JsonBytes text(String value) {
    value();
    quote(value, true);
    return this;
  }

  /** What the other buffer holds, as a string: JSON in JSON. */
  JsonBytes text(JsonBytes other) {
    return text(other, other.size);
  }

  /** So many first bytes of the other buffer as a string. */
  JsonBytes text(JsonBytes other, int length) {
    value();
    ensure(6 * length + 2);
    put('"');
    byte[] from = other.bytes;
    for (int i = 0; i < length; i++) {
      i = style == Style.VARIED ? i : plain(from, i, length);
      if (i == length) {
        break;
      }
      int b = from[i];
      if (b >= 0) {
        escape((char) b, true);
      } else if ((b & 0xE0) == 0xC0) {
        escape((char) ((b & 0x1F) << 6 | (from[++i] & 0x3F)), true);
      } else if ((b & 0xF0) == 0xE0) {
        escape((char) ((b & 0x0F) << 12 | (from[++i] & 0x3F) << 6 | (from[++i] & 0x3F)), true);
      } else {
        int point = (b & 0x07) << 18 | (from[++i] & 0x3F) << 12 | (from[++i] & 0x3F) << 6;
        point |= from[++i] & 0x3F;
        pair(Character.highSurrogate(point), Character.lowSurrogate(point));
      }
    }
    put('"');
    return this;
  }

  JsonBytes number(long value) {
    value();
    digits(value);
    return this;
  }

  /** A decimal number, given in millionths. */
  JsonBytes decimal(long millionths) {
    value();
    long whole = millionths / 1_000_000;
    long rest = Math.abs(millionths % 1_000_000);
    if (millionths < 0 && whole == 0) {
      put('-');
    }
    digits(whole);
    if (rest == 0 && style != Style.VARIED) {
      return this;
    }
    put('.');
    int places = 6;
    if (style != Style.VARIED) {
      while (rest % 10 == 0) {
        rest /= 10;
        places--;
      }
    }
    padded(rest, places);
    return this;
  }

  JsonBytes flag(boolean value) {
    return literal(value ? "true" : "false");
  }

  JsonBytes none() {
    return literal("null");
  }

  /** Text that stands as it is where a value belongs. */
  JsonBytes literal(String ascii) {
    value();
    return raw(ascii);
  }

  /** ASCII text that stands as it is. */
  JsonBytes raw(String ascii) {
    int length = ascii.length();
    ensure(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  JsonBytes raw(int b) {
    ensure(1);
    bytes[size++] = (byte) b;
    return this;
  }

  /** A number with leading zeros. */
  void padded(long value, int places) {
    ensure(places);
    for (int i = places - 1; i >= 0; i--) {
      bytes[size + i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    size += places;
  }

  private void value() {
    if (afterKey) {
      afterKey = false;
    } else {
      separate();
    }
  }

  private void separate() {
    ensure(16);
    if (depth == 0) {
      return;
    }
    if (isEmpty[depth]) {
      isEmpty[depth] = false;
      return;
    }
    bytes[size++] = ',';
    if (style != Style.BROWSER) {
      bytes[size++] = ' ';
    }
  }

  private void digits(long value) {
    ensure(20);
    if (value < 0) {
      bytes[size++] = '-';
      value = -value;
    }
    int places = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      places++;
    }
    padded(value, places);
  }

  private void quote(String value, boolean mayVary) {
    int length = value.length();
    ensure(6 * length + 2);
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      i = mayVary && style == Style.VARIED ? i : plain(value, i, length);
      if (i < length) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
          pair(c, value.charAt(++i));
        } else {
          escape(c, mayVary);
        }
      }
    }
    bytes[size++] = '"';
  }

  /** Copies characters that need no escape, and says where the first stands that does. */
  private int plain(String value, int from, int length) {
    byte[] to = bytes;
    int at = size;
    int i = from;
    for (; i < length; i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') {
        break;
      }
      to[at++] = (byte) c;
    }
    size = at;
    return i;
  }

  private int plain(byte[] from, int first, int length) {
    byte[] to = bytes;
    int at = size;
    int i = first;
    for (; i < length; i++) {
      byte b = from[i];
      if (b < 0x20 || b == 0x7F || b == '"' || b == '\\') {
        break;
      }
      to[at++] = b;
    }
    size = at;
    return i;
  }

  private void escape(char c, boolean mayVary) {
    if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
      if (style == Style.VARIED && mayVary) {
        if (c == '/') {
          bytes[size++] = '\\';
        } else if (c == 'e') {
          unicode(c);
          return;
        }
      }
      bytes[size++] = (byte) c;
    } else if (c == '"' || c == '\\') {
      bytes[size++] = '\\';
      bytes[size++] = (byte) c;
    } else if (c == '\n') {
      bytes[size++] = '\\';
      bytes[size++] = 'n';
    } else if (c < 0x20 || c == 0x7F || style == Style.PYTHON) {
      unicode(c);
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | c >> 6);
      bytes[size++] = (byte) (0x80 | (c & 0x3F));
    } else {
      bytes[size++] = (byte) (0xE0 | c >> 12);
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      bytes[size++] = (byte) (0x80 | (c & 0x3F));
    }
  }

  private void pair(char high, char low) {
    if (style == Style.PYTHON) {
      unicode(high);
      unicode(low);
      return;
    }
    int point = Character.toCodePoint(high, low);
    bytes[size++] = (byte) (0xF0 | point >> 18);
    bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
    bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    bytes[size++] = (byte) (0x80 | (point & 0x3F));
  }

  private void unicode(char c) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    bytes[size++] = HEX[c >> 12];
    bytes[size++] = HEX[c >> 8 & 0xF];
    bytes[size++] = HEX[c >> 4 & 0xF];
    bytes[size++] = HEX[c & 0xF];
  }

  /** Turns round the members of the object that is being closed; inner ones are done before. */
  private void reverseMembers() {
    int first = firstMember[depth];
    int count = memberCount - first;
    if (count < 2) {
      return;
    }
    int start = members[first];
    int length = size - start;
    if (spare.length < length + 2) {
      spare = new byte[2 * length + 2];
    }
    int at = 0;
    for (int i = memberCount - 1; i >= first; i--) {
      int end = i == memberCount - 1 ? size : members[i + 1] - 2; // without ", "
      System.arraycopy(bytes, members[i], spare, at, end - members[i]);
      at += end - members[i];
      if (i > first) {
        spare[at++] = ',';
        spare[at++] = ' ';
      }
    }
    System.arraycopy(spare, 0, bytes, start, length);
  }

  private void put(char c) {
    ensure(1);
    bytes[size++] = (byte) c;
  }

  private void ensure(int more) {
    if (bytes.length - size < more + 16) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more + 16));
    }
  }
}
