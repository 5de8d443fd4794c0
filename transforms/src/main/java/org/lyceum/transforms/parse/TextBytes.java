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

/** Questions about text that is still bytes: is it UTF-8, where does it begin and end. */
public final class TextBytes {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

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

  public static int indexOf(byte[] text, int start, int end, char wanted) {
    for (int i = start; i < end; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
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
