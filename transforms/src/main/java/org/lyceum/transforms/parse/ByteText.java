package org.lyceum.transforms.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, and are used again: text under construction. */
public final class ByteText {
  private byte[] bytes = new byte[1024];
  private int length;

  public void clear() {
    length = 0;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** A copy of the text. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  ByteText room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
    return this;
  }

  public ByteText add(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  public ByteText add(byte[] from, int start, int end) {
    room(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
    return this;
  }

  public ByteText add(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return add(encoded, 0, encoded.length);
  }

  /** Appends a code point as UTF-8. */
  ByteText addCodePoint(int point) {
    room(4);
    if (point < 0x80) {
      bytes[length++] = (byte) point;
    } else if (point < 0x800) {
      bytes[length++] = (byte) (0xc0 | point >> 6);
      bytes[length++] = (byte) (0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
      bytes[length++] = (byte) (0xe0 | point >> 12);
      bytes[length++] = (byte) (0x80 | (point >> 6 & 0x3f));
      bytes[length++] = (byte) (0x80 | (point & 0x3f));
    } else {
      bytes[length++] = (byte) (0xf0 | point >> 18);
      bytes[length++] = (byte) (0x80 | (point >> 12 & 0x3f));
      bytes[length++] = (byte) (0x80 | (point >> 6 & 0x3f));
      bytes[length++] = (byte) (0x80 | (point & 0x3f));
    }
    return this;
  }
}
