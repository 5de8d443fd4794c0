package org.lyceum.transforms.openstax;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/**
 * A record written down as JSON in, the message that Avro's own writer makes of it out. Text that
 * begins with {@code hex:} stands for those bytes.
 */
record AvroFixture(Schema schema, Map<?, ?> record) {
  private static final String HEX = "hex:";

  static AvroFixture of(Fixtures.Case fixture) throws IOException {
    Map<?, ?> json = (Map<?, ?>) fixture.json();
    return new AvroFixture(schema((String) json.get("schema")), (Map<?, ?>) json.get("record"));
  }

  static String schemaText(String name) throws IOException {
    return Files.readString(Fixtures.ROOT.resolve("schemas").resolve(name + ".avsc"));
  }

  static Schema schema(String name) throws IOException {
    return new Schema.Parser().parse(schemaText(name));
  }

  /** The message in the registry's wire format. */
  byte[] message(int schemaId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      bytes.write(0);
      bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<>(schema).write(value(schema, record), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The record as JSON models have it, without nulls; bytes shown as a uuid. */
  Map<String, Object> logical() {
    @SuppressWarnings("unchecked") // a record is an object
    Map<String, Object> logical = (Map<String, Object>) logical(record);
    return logical;
  }

  private static Object logical(Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, Object> kept = new HashMap<>();
      members.forEach(
          (name, member) -> {
            if (member != null) {
              kept.put((String) name, logical(member));
            }
          });
      return kept;
    }
    return value instanceof String text && text.startsWith(HEX) ? uuid(bytes(text)) : value;
  }

  private static String uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }

  private static byte[] bytes(String text) {
    return HexFormat.of().parseHex(text, HEX.length(), text.length());
  }

  private static Object value(Schema schema, Object json) {
    return switch (schema.getType()) {
      case UNION -> json == null ? null : value(branch(schema, json), json);
      case RECORD -> {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
          record.put(field.pos(), value(field.schema(), ((Map<?, ?>) json).get(field.name())));
        }
        yield record;
      }
      case MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) json)
            .forEach((name, member) -> map.put(name, value(schema.getValueType(), member)));
        yield map;
      }
      case ARRAY ->
          ((List<?>) json).stream().map(item -> value(schema.getElementType(), item)).toList();
      case FIXED -> {
        UUID uuid = UUID.fromString((String) json);
        yield new GenericData.Fixed(
            schema,
            ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
      }
      case STRING ->
          ((String) json).startsWith(HEX)
              ? new Utf8(bytes((String) json))
              : new Utf8((String) json);
      case INT -> ((BigDecimal) json).intValueExact();
      case LONG -> ((BigDecimal) json).longValueExact();
      case DOUBLE -> ((BigDecimal) json).doubleValue();
      case BOOLEAN -> json;
      case ENUM, BYTES, FLOAT, NULL -> throw new IllegalArgumentException("not in the fixtures");
    };
  }

  /** The record of a union whose name the object says, else the one that is not null. */
  private static Schema branch(Schema union, Object json) {
    Object type = json instanceof Map<?, ?> members ? members.get("objectType") : null;
    return union.getTypes().stream()
        .filter(branch -> branch.getName().equals(type))
        .findFirst()
        .orElseGet(
            () ->
                union.getTypes().stream()
                    .filter(branch -> branch.getType() != Schema.Type.NULL)
                    .findFirst()
                    .orElseThrow());
  }
}
