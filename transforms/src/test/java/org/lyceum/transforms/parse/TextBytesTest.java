package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextBytesTest {

  @Property(seed = "5")
  void isUtf8WhatJavaDecodesWithoutReplacement(@ForAll @Size(max = 12) byte[] tail) {
    byte[] text =
        ("only ascii up to here " + "é".repeat(tail.length)).getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(text, text.length + tail.length);
    System.arraycopy(tail, 0, whole, text.length, tail.length);
    assertEquals(decodes(whole), TextBytes.isUtf8(whole, 0, whole.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {8190, 8191, 8192, 8193, 20_000})
  void longTextThatIsNotAsciiIsUtf8(int length) {
    byte[] text = "学".repeat(length).getBytes(StandardCharsets.UTF_8);
    assertEquals(true, TextBytes.isUtf8(text, 0, text.length));
    assertEquals(false, TextBytes.isUtf8(text, 0, text.length - 1));
  }

  @Property(seed = "6")
  void prefixesSortLikeTheBytes(
      @ForAll @Size(max = 10) byte[] one, @ForAll @Size(max = 10) byte[] other) {
    int byPrefix =
        Long.compare(
            TextBytes.prefix(one, 0, one.length), TextBytes.prefix(other, 0, other.length));
    int byBytes = Arrays.compareUnsigned(one, other);
    assertEquals(byPrefix != 0 ? Integer.signum(byBytes) : 0, byPrefix);
  }

  @Property(seed = "7")
  void plainTextEndsAtTheFirstQuoteOrBackslash(@ForAll @Size(max = 40) byte[] text) {
    int expected = 0;
    while (expected < text.length && text[expected] != '"' && text[expected] != '\\') {
      expected++;
    }
    assertEquals(expected, TextBytes.skipPlain(text, 0, text.length));
  }

  private static boolean decodes(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
