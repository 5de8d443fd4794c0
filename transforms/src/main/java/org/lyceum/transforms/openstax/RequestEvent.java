package org.lyceum.transforms.openstax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.transforms.parse.ExtraFields;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonValues;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.NotUtf8Exception;
import org.lyceum.transforms.parse.TextBytes;

/**
 * One element of a request's events in, the logical record that the server would have written out:
 * its conversions ({@code value.to_i}, {@code to_s}, packed uuids, the split source_uri, the
 * corrected time), not its refusals. What the record does not give back goes to extra, under
 * pointers into the element.
 */
final class RequestEvent {
  private static final String DATA = "/data";

  /** Ruby's {@code to_i}: the number that a text begins with. */
  private static final Pattern LEADING_INTEGER =
      Pattern.compile("\\s*([+-]?\\d+(?:_\\d+)*).*", Pattern.DOTALL);

  private static final int LONGEST_INTEGER = 64;

  /** Fields with text that come from the connection, whatever the client sends. */
  private static final Set<String> NOT_THE_CLIENTS =
      Set.of("ip_address", "user_agent", "scheme", "host", "path");

  private final JsonTape tape;
  private final Set<String> textFields;
  private final JsonValues values = new JsonValues();
  private final Map<String, Object> record = new LinkedHashMap<>();
  private ExtraFields extra;
  private RecordType type;
  private long micros;

  RequestEvent(JsonTape tape, Contract contract) {
    this.tape = tape;
    this.textFields = new HashSet<>(EventColumns.textFields(contract).keySet());
    textFields.removeAll(NOT_THE_CLIENTS);
  }

  /** The record of the element read last; good until the next. */
  Map<String, Object> record() {
    return record;
  }

  RecordType type() {
    return type;
  }

  /** When it happened. */
  long micros() {
    return micros;
  }

  void read(int element, Message message, ExtraFields extra) throws FailedRecordException {
    this.extra = extra;
    record.clear();
    int data = data(element);
    type = type(data);
    for (int child = data + 1; child < tape.after(data); child = tape.after(child)) {
      if (!tape.isOverridden(child)) {
        readField(child);
      }
    }
    readHeaders(message);
    splitSourceUri();
    micros = correctedMicros(message.timestamp());
  }

  private int data(int element) throws FailedRecordException {
    int data = -1;
    if (tape.type(element) == JsonTape.Type.OBJECT) {
      for (int child = element + 1; child < tape.after(element); child = tape.after(child)) {
        if (tape.isOverridden(child)) {
          continue;
        }
        if (tape.name(child).equals("data") && tape.type(child) == JsonTape.Type.OBJECT) {
          data = child;
        } else {
          extra.put("", tape, child);
        }
      }
    }
    if (data < 0) {
      throw new FailedRecordException(
          FailureCode.BAD_VALUE, "The field data is absent or not an object.");
    }
    return data;
  }

  private RecordType type(int data) throws FailedRecordException {
    Utf8 name = null;
    for (int child = data + 1; child < tape.after(data); child = tape.after(child)) {
      if (!tape.isOverridden(child) && tape.name(child).equals("type")) {
        name = values.anyText(tape, child);
      }
    }
    if (name == null) {
      throw new FailedRecordException(
          FailureCode.BAD_VALUE, "The field type is absent or not text.");
    }
    return RecordType.ofRequest(name.toString())
        .orElseThrow(
            () ->
                new FailedRecordException(
                    FailureCode.UNKNOWN_TYPE, "The field type names no event of the API."));
  }

  private void readField(int child) throws FailedRecordException {
    String name = tape.name(child);
    switch (name) {
      case "type" -> {} // event_type and schema_version say it
      case "session_uuid" -> readSession(child);
      case "session_order" -> readOrder(child);
      case "client_clock_occurred_at", "client_clock_sent_at", "source_uri" -> {
        if (tape.type(child) == JsonTape.Type.STRING) {
          readText(name, DATA, child, record);
        } else {
          extra.put(DATA, tape, child);
        }
      }
      case "source_metadata", "target_attributes", "context_attributes" -> readMap(name, child);
      default -> {
        if (textFields.contains(name)) {
          readText(name, DATA, child, record);
        } else {
          extra.put(DATA, tape, child);
        }
      }
    }
  }

  /** A text, or what {@code to_s} makes of a number or a boolean. */
  private void readText(String name, String parent, int child, Map<String, Object> into) {
    switch (tape.type(child)) {
      case STRING -> {
        into.put(name, values.anyText(tape, child));
        if (!values.isWhole()) {
          extra.put(parent, tape, child);
        }
      }
      case NUMBER, BOOLEAN -> {
        into.put(name, asWritten(child));
        extra.put(parent, tape, child);
      }
      case NON_FINITE, NULL, ARRAY, OBJECT -> extra.put(parent, tape, child);
    }
  }

  private Utf8 asWritten(int node) {
    return new Utf8(Arrays.copyOfRange(tape.text(), tape.start(node), tape.end(node)));
  }

  private void readSession(int child) throws FailedRecordException {
    if (tape.type(child) == JsonTape.Type.NULL) {
      return; // the key is missing
    }
    Utf8 text = values.anyText(tape, child);
    UUID uuid = UuidText.of(text);
    if (uuid == null) {
      throw new FailedRecordException(
          FailureCode.BAD_VALUE, "The field session_uuid is not a uuid.");
    }
    record.put("session_uuid", uuid);
    if (!values.isWhole() || !text.toString().equals(uuid.toString())) {
      extra.put(DATA, tape, child);
    }
  }

  private void readOrder(int child) throws FailedRecordException {
    if (tape.type(child) == JsonTape.Type.NULL) {
      return; // the key is missing
    }
    Integer order = integer(child);
    if (order == null) {
      throw new FailedRecordException(
          FailureCode.BAD_VALUE, "The field session_order is not an integer.");
    }
    record.put("session_order", order);
    if (!isInteger(child)) {
      extra.put(DATA, tape, child);
    }
  }

  /** Whether the value is a number without fraction, so that its integer gives it back. */
  private boolean isInteger(int node) {
    return tape.type(node) == JsonTape.Type.NUMBER && values.integer(tape, node) != null;
  }

  /** What {@code to_i} makes of a number or a text; null where that is none, or no Avro int. */
  private Integer integer(int node) {
    if (tape.type(node) == JsonTape.Type.NUMBER) {
      Double number = values.number(tape, node);
      return number == null ? null : EventColumns.integer((long) (double) number);
    }
    Utf8 text = values.anyText(tape, node);
    if (text == null || text.getByteLength() > LONGEST_INTEGER) {
      return null;
    }
    Matcher digits = LEADING_INTEGER.matcher(text);
    BigInteger number = digits.matches() ? new BigInteger(digits.group(1).replace("_", "")) : null;
    return number == null || number.bitLength() >= Integer.SIZE ? null : number.intValue();
  }

  private void readMap(String name, int node) {
    if (tape.type(node) != JsonTape.Type.OBJECT) {
      extra.put(DATA, tape, node);
      return;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    String parent = DATA + "/" + name;
    for (int child = node + 1; child < tape.after(node); child = tape.after(child)) {
      if (!tape.isOverridden(child)) {
        readMember(name, parent, child, members);
      }
    }
    record.put(name, members);
  }

  private void readMember(String map, String parent, int child, Map<String, Object> members) {
    String name = tape.name(child);
    boolean isMetadata = map.equals("source_metadata");
    if (isMetadata && name.equals("content_index") && integer(child) != null) {
      members.put(name, integer(child));
      if (!isInteger(child)) {
        extra.put(parent, tape, child);
      }
    } else if (tape.type(child) == JsonTape.Type.OBJECT
        || tape.type(child) == JsonTape.Type.ARRAY) {
      members.put(name, new Utf8(tape.jsonBytes(child)));
      extra.put(parent, tape, child);
    } else {
      readText(name, parent, child, members);
      UUID uuid =
          isMetadata && (name.equals("content_id") || name.equals("scope_id"))
              ? UuidText.of(members.get(name))
              : null;
      if (uuid != null) {
        boolean isWhole = uuid.toString().equals(members.put(name, uuid.toString()).toString());
        if (!isWhole) {
          extra.put(parent, tape, child);
        }
      }
    }
  }

  private void readHeaders(Message message) throws FailedRecordException {
    readUuidHeader("user_uuid", message);
    readUuidHeader("device_uuid", message);
    if (type.event() == EventType.STARTED_SESSION) {
      for (String name : new String[] {"ip_address", "user_agent"}) {
        Utf8 text = header(name, message);
        if (text != null) {
          record.put(name, text);
        }
      }
    }
  }

  private void readUuidHeader(String name, Message message) throws FailedRecordException {
    Utf8 text = header(name, message);
    UUID uuid = UuidText.of(text);
    boolean isAnonymous = name.equals("user_uuid") && UuidText.ANONYMOUS.equals(uuid);
    if (uuid != null && !isAnonymous) {
      record.put(name, uuid);
    }
    if (text != null && (uuid == null || isAnonymous || !text.toString().equals(uuid.toString()))) {
      try {
        extra.put("#header", name, text);
      } catch (NotUtf8Exception e) {
        throw new IllegalStateException("header " + name + " was checked", e);
      }
    }
  }

  /** Null without one, or with an empty one: nobody is signed in. */
  private static Utf8 header(String name, Message message) throws FailedRecordException {
    byte[] bytes = message.headers() == null ? null : message.headers().get(name);
    if (bytes == null || bytes.length == 0) {
      return null;
    }
    if (!TextBytes.isUtf8(bytes, 0, bytes.length)) {
      throw new FailedRecordException(
          FailureCode.NOT_UTF8, "The message header " + name + " is not UTF-8.");
    }
    return new Utf8(bytes);
  }

  private void splitSourceUri() {
    if (record.get("source_uri") instanceof Utf8 text) {
      SourceUri uri = SourceUri.split(text.toString());
      record.put("scheme", uri.scheme());
      record.put("host", uri.host());
      record.put("path", uri.path());
      record.put("query", uri.query() == null ? null : QueryString.parse(uri.query()));
    }
  }

  /**
   * The device's time, moved by what its clock is off: received less sent. Without the device's
   * time the time of receipt, without sent the device's time as it is.
   */
  private long correctedMicros(long received) throws FailedRecordException {
    BigDecimal occurred = clock("client_clock_occurred_at");
    BigDecimal sent = clock("client_clock_sent_at");
    if (occurred == null) {
      return received;
    }
    BigDecimal off = sent == null ? BigDecimal.ZERO : DateTimeText.seconds(received).subtract(sent);
    return DateTimeText.flooredMillis(occurred.add(off));
  }

  /** Null when absent. */
  private BigDecimal clock(String field) throws FailedRecordException {
    Object text = record.get(field);
    BigDecimal seconds = text == null ? null : DateTimeText.seconds(text.toString());
    if (text != null && seconds == null) {
      throw new FailedRecordException(
          FailureCode.BAD_TIME, "The field " + field + " is not a date-time.");
    }
    return seconds;
  }
}
