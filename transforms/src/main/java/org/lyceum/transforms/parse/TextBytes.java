package org.lyceum.transforms.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.PrimitiveIterator;
import org.apache.avro.util.Utf8;

/** Questions about text that is still bytes: is it UTF-8, where does it begin and end. */
public final class TextBytes {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle EIGHT_BYTES_IN_ORDER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;

  private TextBytes() {}

  /** White space is what ASCII has of it: blank, tab, line feed and their like. */
  public static boolean isSpace(int value) {
    return value == ' ' || (value >= '\t' && value <= '\r');
  }

  /** The first byte from {@code start} on that is not white space, or {@code end}. */
  public static int skipSpace(byte[] text, int start, int end) {
    while (start < end && isSpace(text[start])) {
      start++;
    }
    return start;
  }

  /** The end without the white space before it, not before {@code start}. */
  public static int dropSpace(byte[] text, int start, int end) {
    while (end > start && isSpace(text[end - 1])) {
      end--;
    }
    return end;
  }

  /** Like {@link #skipSpace}, and byte order marks too, in any order. */
  public static int skipMarkAndSpace(byte[] text, int start, int end) {
    int at = skipSpace(text, start, end);
    while (at + 3 <= end
        && text[at] == (byte) 0xEF
        && text[at + 1] == (byte) 0xBB
        && text[at + 2] == (byte) 0xBF) {
      at = skipSpace(text, at + 3, end);
    }
    return at;
  }

  public static int indexOf(byte[] text, int start, int end, char wanted) {
    for (int i = start; i < end; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** The first eight bytes as a number that sorts like them. */
  static long prefix(byte[] text, int start, int end) {
    int count = Math.min(end - start, 8);
    long prefix = 0;
    if (start + 8 <= text.length && count > 0) {
      prefix = (long) EIGHT_BYTES_IN_ORDER.get(text, start) & (-1L << (64 - 8 * count));
    } else {
      for (int i = 0; i < count; i++) {
        prefix |= (text[start + i] & 0xFFL) << (56 - 8 * i);
      }
    }
    return prefix ^ Long.MIN_VALUE;
  }

  /** The first quote or backslash from {@code start} on, or {@code end}. */
  public static int skipPlain(byte[] text, int start, int end) {
    int i = start;
    for (; i + 8 <= end; i += 8) {
      long eight = (long) EIGHT_BYTES.get(text, i);
      long found = zeroBytes(eight ^ ('"' * ONES)) | zeroBytes(eight ^ ('\\' * ONES));
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (i < end && text[i] != '"' && text[i] != '\\') {
      i++;
    }
    return i;
  }

  /** The high bit of every byte that is zero; above the first one also of others. */
  private static long zeroBytes(long eight) {
    return (eight - ONES) & ~eight & HIGH_BITS;
  }

  /** Whether the bytes are UTF-8, strictly: no overlong forms, no surrogates. */
  public static boolean isUtf8(byte[] text, int start, int end) {
    int i = start;
    while (i + 8 <= end && ((long) EIGHT_BYTES.get(text, i) & HIGH_BITS) == 0) {
      i += 8;
    }
    while (i < end && text[i] >= 0) {
      i++;
    }
    return i == end || decodes(ByteBuffer.wrap(text, i, end - i));
  }

  /** The text as bytes that are UTF-8; a Utf8 is taken as it is. */
  public static Utf8 utf8(CharSequence text) throws NotUtf8Exception {
    if (text instanceof Utf8 utf8) {
      if (!isUtf8(utf8.getBytes(), 0, utf8.getByteLength())) {
        throw new NotUtf8Exception();
      }
      return utf8;
    }
    ByteBuilder bytes = new ByteBuilder();
    PrimitiveIterator.OfInt codePoints = text.codePoints().iterator();
    while (codePoints.hasNext()) {
      int codePoint = codePoints.nextInt();
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new NotUtf8Exception();
      }
      bytes.codePoint(codePoint);
    }
    return new Utf8(bytes.copy(0, bytes.length()));
  }

  private static boolean decodes(ByteBuffer text) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer dropped = CharBuffer.allocate(Math.min(text.remaining(), 8192) + 2);
    CoderResult result = decoder.decode(text, dropped, true);
    while (result.isOverflow()) {
      dropped.clear();
      result = decoder.decode(text, dropped, true);
    }
    return !result.isError();
  }
}
