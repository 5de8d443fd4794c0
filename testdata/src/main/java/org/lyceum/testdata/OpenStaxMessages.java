package org.lyceum.testdata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
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

/** Events in; what Kafka carries of them out: Avro in the registry's format, and request bodies. */
public final class OpenStaxMessages {
  private static final List<String> SET_BY_SERVER =
      List.of(
          "device_uuid",
          "user_uuid",
          "scheme",
          "host",
          "path",
          "query",
          "ip_address",
          "user_agent",
          "occurred_at");

  private OpenStaxMessages() {}

  /** The event by today's schema of its type: a zero, the schema's id, the record. */
  public static byte[] avro(OpenStaxEvent event, int schemaId) {
    return avro(event, event.type().schema(), schemaId);
  }

  /** The event by another schema, as far as that has its fields. */
  public static byte[] avro(OpenStaxEvent event, Schema schema, int schemaId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(value(event.fields(), schema), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Object value(Object value, Schema schema) {
    Schema type = OpenStaxShape.valueOf(schema);
    if (value == null && schema.getType() == Schema.Type.UNION) {
      return null;
    }
    return switch (type.getType()) {
      case RECORD -> record((Map<?, ?>) value, type);
      case MAP -> map(value == null ? Map.of() : (Map<?, ?>) value, type);
      case ARRAY ->
          ((List<?>) value).stream().map(each -> value(each, type.getElementType())).toList();
      case FIXED ->
          new GenericData.Fixed(
              type, OpenStaxParquet.bytes(value == null ? new UUID(0, 0) : (UUID) value));
      case STRING -> text(value);
      case INT, LONG, DOUBLE, BOOLEAN -> value;
      case UNION, ENUM, BYTES, FLOAT, NULL ->
          throw new IllegalArgumentException(type.getType() + " is in none of our schemas");
    };
  }

  private static Object record(Map<?, ?> values, Schema type) {
    GenericData.Record record = new GenericData.Record(type);
    for (Schema.Field field : type.getFields()) {
      record.put(field.pos(), value(values.get(field.name()), field.schema()));
    }
    return record;
  }

  private static Object map(Map<?, ?> values, Schema type) {
    Map<Utf8, Object> map = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> map.put(new Utf8(key.toString()), value(value, type.getValueType())));
    return map;
  }

  /** A uuid in a map of strings is packed by the API: sixteen bytes that need not be UTF-8. */
  private static Object text(Object value) {
    if (value instanceof UUID uuid) {
      return new Utf8(OpenStaxParquet.bytes(uuid));
    }
    return new Utf8(value == null ? "" : OpenStaxText.of(value));
  }

  /**
   * A request as the browser sends it, and what the server knows beside it.
   *
   * @param body JSON
   * @param received when the server had it, milliseconds since 1970
   * @param headers of the first event's learner: {@code device_uuid}, {@code user_uuid}, {@code
   *     ip_address}, {@code user_agent}, as far as they are known
   */
  public record Request(String body, long received, Map<String, String> headers) {}

  /**
   * Events of the API's own types as one body. The learner's clock is wrong by up to an hour; the
   * server's correction gives back the event's {@code occurred_at}.
   */
  public static Request request(List<OpenStaxEvent> events) {
    Dice dice = new Dice().start(events.size(), events.get(0).key().hashCode());
    long received = dice.below(60_000);
    for (OpenStaxEvent event : events) {
      received = Math.max(received, (Long) event.fields().get("occurred_at") + 1_000);
    }
    long wrongBy = dice.below(7_200_000L) - 3_600_000L;
    List<Object> elements = new ArrayList<>();
    for (OpenStaxEvent event : events) {
      elements.add(Map.of("data", data(event, received, wrongBy)));
    }
    return new Request(
        OpenStaxText.json(Map.of("events", elements)), received, headers(events.get(0)));
  }

  private static Map<String, Object> data(OpenStaxEvent event, long received, long wrongBy) {
    Map<String, Object> fields = event.fields();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("type", event.type().requestType());
    data.put("client_clock_occurred_at", clock((Long) fields.get("occurred_at") + wrongBy));
    data.put("client_clock_sent_at", clock(received + wrongBy));
    data.put("source_uri", uri(fields));
    fields.forEach(
        (name, value) -> {
          if (value != null && !SET_BY_SERVER.contains(name)) {
            data.put(name, value);
          }
        });
    return data;
  }

  private static String clock(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static String uri(Map<String, Object> fields) {
    String page = fields.get("scheme") + "://" + fields.get("host") + fields.get("path");
    Object query = fields.get("query");
    return query == null ? page : page + "?" + OpenStaxText.of(query);
  }

  private static Map<String, String> headers(OpenStaxEvent event) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : List.of("device_uuid", "user_uuid", "ip_address", "user_agent")) {
      Object value = event.fields().get(name);
      if (value != null) {
        headers.put(name, value.toString());
      }
    }
    return headers;
  }

  /** Statements as one body: an object if it is one, else an array. */
  public static String statements(List<OpenStaxEvent> events) {
    List<Map<String, Object>> statements = new ArrayList<>();
    for (OpenStaxEvent event : events) {
      Map<String, Object> statement = new LinkedHashMap<>(event.fields());
      statement.values().removeIf(value -> value == null);
      statements.add(statement);
    }
    Object body = statements.size() == 1 ? statements.get(0) : statements;
    return OpenStaxText.json(body);
  }
}
