package org.lyceum.transforms.openstax;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ExtraFields;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.NotUtf8Exception;
import org.lyceum.transforms.parse.TextBytes;

/**
 * The fields of an event's record in, their columns out; to extra what no column gives back. A
 * field has the column of its name, whatever the type of event.
 */
final class EventColumns {
  /** Columns of type string that are no field of an event's record. */
  private static final String NOT_A_FIELD =
      "feed|delivery|position|run_id|event_type|schema_version|query|year|month|day|extra"
          + "|source_metadata_.*|xapi_.*";

  private final ExtraFields extra;
  private final Maps maps;
  private final Map<String, Integer> text;
  private final int[] ours;
  private final int eventType;
  private final int schemaVersion;
  private final int year;
  private final int month;
  private final int day;
  private final int deviceUuid;
  private final int userUuid;
  private final int sessionUuid;
  private final int sessionOrder;
  private final int stateType;

  EventColumns(Contract contract, ExtraFields extra) {
    this.extra = extra;
    this.maps = new Maps(contract, extra);
    this.ours =
        contract.columns().stream()
            .map(Column::name)
            .filter(name -> !name.matches("feed|delivery|position|run_id"))
            .mapToInt(contract::ordinal)
            .toArray();
    this.text = textFields(contract);
    this.eventType = contract.ordinal("event_type");
    this.schemaVersion = contract.ordinal("schema_version");
    this.year = contract.ordinal("year");
    this.month = contract.ordinal("month");
    this.day = contract.ordinal("day");
    this.deviceUuid = contract.ordinal("device_uuid");
    this.userUuid = contract.ordinal("user_uuid");
    this.sessionUuid = contract.ordinal("session_uuid");
    this.sessionOrder = contract.ordinal("session_order");
    this.stateType = contract.ordinal("state_type");
  }

  /** Places of the columns that a field of the same name fills with text. */
  static Map<String, Integer> textFields(Contract contract) {
    Map<String, Integer> text = new HashMap<>();
    for (Column column : contract.columns()) {
      if (column.type().equals("string") && !column.name().matches(NOT_A_FIELD)) {
        text.put(column.name(), contract.ordinal(column.name()));
      }
    }
    return text;
  }

  /** Empties the row and fills what the record itself does not say. */
  void start(RecordType type, Circumstances circumstances, Row row) {
    for (int ordinal : ours) {
      row.set(ordinal, null);
    }
    row.set(eventType, new Utf8(type.event().column()));
    row.set(schemaVersion, utf8(type.version()));
    row.set(year, utf8(circumstances.year()));
    row.set(month, utf8(circumstances.month()));
    row.set(day, utf8(circumstances.day()));
  }

  void fill(Map<String, ?> record, RecordType type, Circumstances circumstances, Row row)
      throws FailedRecordException {
    start(type, circumstances, row);
    for (Map.Entry<String, ?> field : record.entrySet()) {
      try {
        fillField(field.getKey(), field.getValue(), row);
      } catch (NotUtf8Exception e) {
        throw new FailedRecordException(
            FailureCode.NOT_UTF8, "The field " + field.getKey() + " is not UTF-8.");
      }
    }
    if (type.event() == EventType.CHANGED_STATE) {
      fillOldStateType(record, row);
    }
  }

  /** The field state_type was named type at first; extra then has type, and no state_type. */
  private void fillOldStateType(Map<String, ?> record, Row row) throws FailedRecordException {
    if (record.get("type") instanceof CharSequence state) {
      try {
        if (row.get(stateType) == null) {
          row.set(stateType, TextBytes.utf8(state));
        } else {
          extra.put("", "state_type", row.get(stateType));
        }
      } catch (NotUtf8Exception e) {
        throw new FailedRecordException(FailureCode.NOT_UTF8, "The field type is not UTF-8.");
      }
    }
  }

  private void fillField(String name, Object value, Row row)
      throws FailedRecordException, NotUtf8Exception {
    Integer textOrdinal = text.get(name);
    if (textOrdinal != null) {
      fillText(name, textOrdinal, value, row);
      return;
    }
    switch (name) {
      case "occurred_at" -> {} // the caller's, who knows its unit
      case "session_uuid" -> row.set(sessionUuid, session(value));
      case "session_order" -> row.set(sessionOrder, order(name, value));
      case "device_uuid" -> fillUuid(name, deviceUuid, value, row);
      case "user_uuid" -> fillUuid(name, userUuid, value, row);
      case "query" -> maps.fillQuery(value, row);
      case "source_metadata" -> maps.fillSourceMetadata(value, row);
      case "target_attributes", "context_attributes" -> maps.fillAttributes(name, value, row);
      default -> extra.put("", name, value);
    }
  }

  private void fillText(String name, int ordinal, Object value, Row row) throws NotUtf8Exception {
    if (value instanceof CharSequence given) {
      row.set(ordinal, TextBytes.utf8(given));
    } else if (value != null) {
      extra.put("", name, value);
    }
  }

  private static UUID session(Object value) throws FailedRecordException {
    UUID uuid = UuidText.of(value);
    if (uuid == null && value != null) {
      throw new FailedRecordException(
          FailureCode.BAD_VALUE, "The field session_uuid is not a uuid.");
    }
    return uuid;
  }

  private Integer order(String name, Object value) throws FailedRecordException, NotUtf8Exception {
    Integer order = integer(value);
    if (order == null && value instanceof CharSequence text) {
      order = integer(WholeNumber.ofText(text));
      extra.put("", name, value);
    }
    if (order == null && value != null) {
      throw new FailedRecordException(
          FailureCode.BAD_VALUE, "The field session_order is not an integer.");
    }
    return order;
  }

  private void fillUuid(String name, int ordinal, Object value, Row row) throws NotUtf8Exception {
    UUID uuid = UuidText.of(value);
    if (ordinal == userUuid && UuidText.ANONYMOUS.equals(uuid)) {
      extra.put("", name, value);
      return;
    }
    row.set(ordinal, uuid);
    boolean isWhole =
        uuid != null
            && !(value instanceof CharSequence given && !given.toString().equals(uuid.toString()));
    if (!isWhole && value != null) {
      extra.put("", name, value);
    }
  }

  /** Null for what an Avro int cannot carry. */
  static Integer integer(Object value) {
    Long number = WholeNumber.of(value);
    return number != null && number == number.intValue() ? (Integer) number.intValue() : null;
  }

  private static Utf8 utf8(String text) {
    return text == null ? null : new Utf8(text);
  }
}
