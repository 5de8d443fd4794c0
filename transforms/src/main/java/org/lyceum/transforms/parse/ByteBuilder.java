package org.lyceum.transforms.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, like a StringBuilder; filled again and again without new arrays. */
public final class ByteBuilder {
  /** What a builder keeps between two records; a larger one is given back. */
  private static final int KEPT_BYTES = 1 << 20;

  private byte[] bytes = new byte[1024];
  private int length;

  /** The array behind it, valid up to {@link #length()} and until something is appended. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[1024];
    }
  }

  public void append(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
  }

  public void append(byte[] from, int start, int end) {
    int count = end - start;
    ensure(count);
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  public void append(ByteBuilder other) {
    append(other.bytes, 0, other.length);
  }

  public void ascii(String text) {
    byte[] from = text.getBytes(StandardCharsets.ISO_8859_1);
    append(from, 0, from.length);
  }

  /** A code point as UTF-8; a surrogate on its own in the three bytes that UTF-8 leaves unused. */
  public void codePoint(int codePoint) {
    ensure(4);
    if (codePoint < 0x80) {
      bytes[length++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      bytes[length++] = (byte) (0xC0 | (codePoint >> 6));
      bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
      bytes[length++] = (byte) (0xE0 | (codePoint >> 12));
      bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
      bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
    } else {
      bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
      bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
      bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
      bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }
  }

  public byte[] copy(int start, int end) {
    return Arrays.copyOfRange(bytes, start, end);
  }

  /** Appends where {@link #ensure} has made room. */
  void appendEnsured(byte value) {
    bytes[length++] = value;
  }

  /** Makes room for so many bytes more. */
  void ensure(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 16L);
      bytes = Arrays.copyOf(bytes, (int) Math.max(doubled, needed));
    }
  }
}
