package org.lyceum.transforms.openstax;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A uuid however it came in, a UUID out. Text goes by the server's rule (CompactUuid, which packs
 * with Ruby's {@code H*}): it must hold the hyphened form of word characters; what remains without
 * hyphens must fill 16 bytes exactly, because a schema cannot carry more.
 */
final class UuidText {
  /** What anonymous users had before February 2021 (PR #48 of the API). */
  static final UUID ANONYMOUS = UUID.fromString("7c56ebf5-a850-44b1-a5e5-8e3866f6a248");

  private static final Pattern HYPHENED = Pattern.compile("\\w{8}-\\w{4}-\\w{4}-\\w{4}-\\w{12}");
  private static final int HEX_DIGITS = 32;
  private static final int BYTES = 16;

  private UuidText() {}

  /** Null for what is no uuid. */
  static UUID of(Object value) {
    if (value instanceof UUID uuid) {
      return uuid;
    }
    if (value instanceof byte[] bytes) {
      return ofBytes(ByteBuffer.wrap(bytes));
    }
    if (value instanceof ByteBuffer bytes) {
      return ofBytes(bytes);
    }
    return value instanceof CharSequence text ? pack(text) : null;
  }

  private static UUID ofBytes(ByteBuffer bytes) {
    int start = bytes.position();
    return bytes.remaining() == BYTES
        ? new UUID(bigEndian(bytes, start), bigEndian(bytes, start + Long.BYTES))
        : null;
  }

  private static long bigEndian(ByteBuffer bytes, int start) {
    long value = 0;
    for (int i = start; i < start + Long.BYTES; i++) {
      value = (value << 8) | (bytes.get(i) & 0xFF);
    }
    return value;
  }

  private static UUID pack(CharSequence text) {
    if (!HYPHENED.matcher(text).find()) {
      return null;
    }
    String digits = text.toString().replace("-", "");
    if (digits.length() != HEX_DIGITS) {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      char digit = digits.charAt(i);
      if (digit > 0x7F) {
        return null;
      }
      high = (high << 4) | (low >>> 60);
      low = (low << 4) | nibble(digit);
    }
    return new UUID(high, low);
  }

  /** As Ruby packs: of a letter the lowest three bits and nine, of others the lowest four. */
  private static int nibble(char digit) {
    boolean isLetter = (digit >= 'a' && digit <= 'z') || (digit >= 'A' && digit <= 'Z');
    return isLetter ? ((digit & 7) + 9) & 0xF : digit & 0xF;
  }
}
