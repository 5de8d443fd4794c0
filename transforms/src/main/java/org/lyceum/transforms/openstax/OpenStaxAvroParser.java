package org.lyceum.transforms.openstax;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.SchemaRegistryClient;
import org.lyceum.transforms.parse.AvroRecords;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.UnreadableAvroException;
import org.lyceum.transforms.parse.Verdict;

/**
 * A message of the API's topics in, the row of its event or statement out. The bytes are
 * Confluent's wire format: a zero, four bytes of schema id, the record in Avro's binary encoding,
 * which is read with the schema that wrote it. The schema's name says what the record is, not the
 * topic. For one thread; the registry may be shared.
 */
public final class OpenStaxAvroParser implements MessageParser {
  private static final int HEADER = 5;

  /**
   * @param unit what the record's occurred_at counts
   */
  private record Known(Schema schema, RecordType type, TimeUnit unit) {}

  private final SchemaRegistryClient registry;
  private final OpenStaxEventParser events = new OpenStaxEventParser();
  private final Row row = Row.of(events.contract());
  private final AvroRecords records = new AvroRecords();
  private final Map<Integer, Known> known = new HashMap<>();

  public OpenStaxAvroParser(SchemaRegistryClient registry) {
    this.registry = registry;
  }

  @Override
  public String source() {
    return "openstax";
  }

  @Override
  public List<Contract> contracts() {
    return List.of(events.contract());
  }

  @Override
  public int version() {
    return OpenStaxEventParser.VERSION;
  }

  @Override
  public void parse(Message message, Verdicts out) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      out.skipped(WHOLE);
      return;
    }
    Verdict verdict = parse(value, message.timestamp());
    if (verdict.kind() == Verdict.Kind.PARSED) {
      out.parsed(WHOLE, events.contract(), row);
    } else {
      out.failed(WHOLE, verdict, value, 0, value.length);
    }
  }

  private Verdict parse(byte[] value, long timestamp) {
    if (value[0] != 0 || value.length < HEADER) {
      return Verdict.failed(
          FailureCode.NOT_AVRO, "The message does not begin with a zero and the id of a schema.");
    }
    int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    Known writer = known.get(id);
    if (writer == null) {
      Optional<String> text = registry.schema(id);
      if (text.isEmpty()) {
        return Verdict.failed(
            FailureCode.UNKNOWN_SCHEMA, "The registry has no schema of the message's id.");
      }
      writer = known(text.get());
      if (writer == null) {
        return Verdict.failed(
            FailureCode.UNKNOWN_SCHEMA, "The message's schema is none of the API's.");
      }
      known.put(id, writer);
    }
    try {
      Map<String, Object> record = records.read(writer.schema, value, HEADER, value.length);
      return events.parse(
          record, writer.type, Circumstances.ofMessage(timestamp, writer.unit), row);
    } catch (UnreadableAvroException e) {
      return Verdict.failed(e.code(), e.getMessage());
    }
  }

  /** Null for a schema that the API never had, or that is no Avro schema. */
  private static Known known(String text) {
    Schema schema;
    try {
      schema = new Schema.Parser().parse(text);
    } catch (RuntimeException e) {
      return null; // Avro throws of every kind, among them NullPointerException for unknown names
    }
    if (schema.getType() != Schema.Type.RECORD) {
      return null;
    }
    return RecordType.ofSchema(
            schema.getFullName(),
            schema.getFields().stream().map(Schema.Field::name).collect(Collectors.toSet()))
        .map(type -> new Known(schema, type, unit(schema)))
        .orElse(null);
  }

  /** Milliseconds unless the schema says otherwise. */
  private static TimeUnit unit(Schema schema) {
    Schema.Field field = schema.getField("occurred_at");
    if (field == null) {
      return TimeUnit.MILLISECONDS;
    }
    Schema type = field.schema();
    if (type.isUnion()) {
      type =
          type.getTypes().stream()
              .filter(branch -> branch.getType() == Schema.Type.LONG)
              .findFirst()
              .orElse(type);
    }
    if (type.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
      return TimeUnit.MICROSECONDS;
    }
    return type.getLogicalType() instanceof LogicalTypes.TimestampNanos
        ? TimeUnit.NANOSECONDS
        : TimeUnit.MILLISECONDS;
  }
}
