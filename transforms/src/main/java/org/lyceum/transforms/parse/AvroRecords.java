package org.lyceum.transforms.parse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding and the schema that wrote it in, the logical record out: records and maps
 * as maps, arrays as lists, text as Utf8 with its bytes as they came (they may not be UTF-8), bytes
 * and fixed as {@code byte[]}, enums as text, null as null.
 *
 * <p>Lengths and counts are believed only as far as there are bytes, so that what a broken message
 * announces costs no memory; Avro's own reader allocates first. For one thread.
 */
public final class AvroRecords {
  private static final Utf8 EMPTY = new Utf8("");
  private static final int LONGEST_VARINT = 10;

  private byte[] bytes;
  private int at;
  private int end;
  private int depth;

  /** The outermost field that is being read. */
  private String field;

  /** Reads {@code bytes[start, end)}, all of it. */
  public Map<String, Object> read(Schema schema, byte[] bytes, int start, int end)
      throws UnreadableAvroException {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.depth = 0;
    this.field = null;
    Map<String, Object> record = record(schema);
    if (at < end) {
      throw new UnreadableAvroException(
          FailureCode.TRAILING_BYTES, "Bytes are left over after the last field.");
    }
    return record;
  }

  private Map<String, Object> record(Schema schema) throws UnreadableAvroException {
    boolean isOutermost = depth == 0;
    descend();
    Map<String, Object> record = new LinkedHashMap<>();
    for (Schema.Field member : schema.getFields()) {
      if (isOutermost) {
        field = member.name();
      }
      record.put(member.name(), value(member.schema()));
    }
    depth--;
    return record;
  }

  private Object value(Schema schema) throws UnreadableAvroException {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM -> schema.getEnumSymbols().get(index(schema.getEnumSymbols().size()));
      case ARRAY -> array(schema.getElementType());
      case MAP -> map(schema.getValueType());
      case UNION -> value(schema.getTypes().get(index(schema.getTypes().size())));
      case FIXED -> take(schema.getFixedSize());
      case STRING -> text();
      case BYTES -> take(length());
      case INT -> integer();
      case LONG -> varint();
      case FLOAT -> littleEndian(Float.BYTES).getFloat();
      case DOUBLE -> littleEndian(Double.BYTES).getDouble();
      case BOOLEAN -> bool();
      case NULL -> null;
    };
  }

  private List<Object> array(Schema element) throws UnreadableAvroException {
    descend();
    List<Object> elements = new ArrayList<>();
    for (long count = block(); count > 0; count = block()) {
      for (long i = 0; i < count; i++) {
        elements.add(value(element));
      }
    }
    depth--;
    return elements;
  }

  private Map<String, Object> map(Schema value) throws UnreadableAvroException {
    descend();
    Map<String, Object> members = new LinkedHashMap<>();
    for (long count = block(); count > 0; count = block()) {
      for (long i = 0; i < count; i++) {
        Utf8 key = text();
        if (!TextBytes.isUtf8(key.getBytes(), 0, key.getByteLength())) {
          throw new UnreadableAvroException(
              FailureCode.NOT_UTF8, "A key in the field " + field + " is not UTF-8.");
        }
        members.put(key.toString(), value(value));
      }
    }
    depth--;
    return members;
  }

  /** How many items follow; a negative count is followed by their size, which nobody needs. */
  private long block() throws UnreadableAvroException {
    long count = varint();
    if (count < 0) {
      varint();
      count = -count;
    }
    if (count < 0) {
      throw broken();
    }
    if (count > end - at) {
      throw cut();
    }
    return count;
  }

  private Utf8 text() throws UnreadableAvroException {
    int length = length();
    return length == 0 ? EMPTY : new Utf8(take(length));
  }

  private int length() throws UnreadableAvroException {
    long length = varint();
    if (length < 0) {
      throw broken();
    }
    if (length > end - at) {
      throw cut();
    }
    return (int) length;
  }

  private int index(int size) throws UnreadableAvroException {
    long index = varint();
    if (index < 0 || index >= size) {
      throw broken();
    }
    return (int) index;
  }

  private boolean bool() throws UnreadableAvroException {
    byte value = take(1)[0];
    if (value != 0 && value != 1) {
      throw broken();
    }
    return value == 1;
  }

  private int integer() throws UnreadableAvroException {
    long value = varint();
    if (value != (int) value) {
      throw broken();
    }
    return (int) value;
  }

  /** A whole number, seven bits a byte, lowest first, in zigzag. */
  private long varint() throws UnreadableAvroException {
    long bits = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      if (at == end) {
        throw cut();
      }
      byte next = bytes[at++];
      bits |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw broken();
  }

  private ByteBuffer littleEndian(int length) throws UnreadableAvroException {
    return ByteBuffer.wrap(take(length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] take(int length) throws UnreadableAvroException {
    if (length > end - at) {
      throw cut();
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private void descend() throws UnreadableAvroException {
    depth++;
    if (depth > JsonTape.MAX_NESTING) {
      throw new UnreadableAvroException(
          FailureCode.NESTING_TOO_DEEP, "The field " + field + " nests too deep.");
    }
  }

  private UnreadableAvroException cut() {
    return new UnreadableAvroException(
        FailureCode.TRUNCATED_AVRO, "The record ends in the field " + field + ".");
  }

  private UnreadableAvroException broken() {
    return new UnreadableAvroException(
        FailureCode.NOT_AVRO, "The field " + field + " is not what its schema writes.");
  }
}
