package org.lyceum.transforms.parse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.util.Utf8;

/**
 * Values of a logical record in, JSON out: maps as objects, collections as arrays, numbers exactly,
 * NaN and its like as strings of that name, 16 bytes as the text of a uuid, other bytes as {@code
 * data:;base64,…} (RFC 2397), whatever else as its text.
 */
public final class JsonText {
  private static final int UUID_BYTES = 16;

  private JsonText() {}

  /** Appends a value, null where it is. */
  public static void append(Object value, ByteBuilder out) throws NotUtf8Exception {
    append(value, true, out);
  }

  /** Appends a value without the members that are null: what a record leaves out. */
  public static void appendWithoutNulls(Object value, ByteBuilder out) throws NotUtf8Exception {
    append(value, false, out);
  }

  private static void append(Object value, boolean keepsNulls, ByteBuilder out)
      throws NotUtf8Exception {
    if (value == null || value instanceof Boolean || isExact(value)) {
      out.ascii(String.valueOf(value));
    } else if (value instanceof Map<?, ?> members) {
      object(members, keepsNulls, out);
    } else if (value instanceof Collection<?> elements) {
      array(elements, keepsNulls, out);
    } else if (value instanceof CharSequence text) {
      string(TextBytes.utf8(text), out);
    } else if (value instanceof byte[] bytes) {
      bytes(ByteBuffer.wrap(bytes), out);
    } else if (value instanceof ByteBuffer bytes) {
      bytes(bytes.duplicate(), out);
    } else {
      string(TextBytes.utf8(value.toString()), out);
    }
  }

  private static boolean isExact(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal
        || (value instanceof Double number && Double.isFinite(number))
        || (value instanceof Float fraction && Float.isFinite(fraction));
  }

  private static void object(Map<?, ?> members, boolean keepsNulls, ByteBuilder out)
      throws NotUtf8Exception {
    out.append('{');
    boolean isFirst = true;
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (member.getValue() == null && !keepsNulls) {
        continue;
      }
      if (!isFirst) {
        out.append(',');
      }
      isFirst = false;
      string(TextBytes.utf8(member.getKey().toString()), out);
      out.append(':');
      append(member.getValue(), keepsNulls, out);
    }
    out.append('}');
  }

  private static void array(Collection<?> elements, boolean keepsNulls, ByteBuilder out)
      throws NotUtf8Exception {
    out.append('[');
    boolean isFirst = true;
    for (Object element : elements) {
      if (!isFirst) {
        out.append(',');
      }
      isFirst = false;
      append(element, keepsNulls, out);
    }
    out.append(']');
  }

  private static void bytes(ByteBuffer bytes, ByteBuilder out) {
    out.append('"');
    if (bytes.remaining() == UUID_BYTES) {
      out.ascii(new UUID(bytes.getLong(), bytes.getLong()).toString());
    } else {
      out.ascii("data:;base64,");
      out.ascii(StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(bytes)).toString());
    }
    out.append('"');
  }

  private static void string(Utf8 text, ByteBuilder out) {
    out.append('"');
    JsonStrings.encode(text.getBytes(), 0, text.getByteLength(), out);
    out.append('"');
  }
}
