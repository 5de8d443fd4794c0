package org.lyceum.transforms.openstax;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.ExtraFields;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonValues;

/**
 * A statement in, its columns out: its parts as JSON text as written, and beside them the values
 * that one asks for. To extra what no column gives back.
 */
final class XapiColumns {
  private static final int NONE = -1;

  /** Parts that are objects, and one that is a list. */
  private static final Map<String, JsonTape.Type> PARTS =
      Map.of(
          "actor", JsonTape.Type.OBJECT,
          "verb", JsonTape.Type.OBJECT,
          "object", JsonTape.Type.OBJECT,
          "result", JsonTape.Type.OBJECT,
          "context", JsonTape.Type.OBJECT,
          "authority", JsonTape.Type.OBJECT,
          "attachments", JsonTape.Type.ARRAY);

  private final ExtraFields extra;
  private final EventKey key;
  private final JsonValues values = new JsonValues();
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final int occurredAt;
  private final int eventId;

  XapiColumns(Contract contract, ExtraFields extra, EventKey key) {
    this.extra = extra;
    this.key = key;
    this.occurredAt = contract.ordinal("occurred_at");
    this.eventId = contract.ordinal("event_id");
    contract.columns().stream()
        .filter(column -> column.name().startsWith("xapi_"))
        .forEach(
            column ->
                ordinals.put(
                    column.name().substring("xapi_".length()), contract.ordinal(column.name())));
  }

  /** Fills a row that is empty but for what the statement does not say. */
  void fill(JsonTape tape, int statement, Circumstances circumstances, Row row)
      throws FailedRecordException {
    for (int child = statement + 1; child < tape.after(statement); child = tape.after(child)) {
      if (!tape.isOverridden(child)) {
        fillMember(tape, child, row);
      }
    }
    row.set(eventId, key.id(id(tape, statement, row), EventType.XAPI_STATEMENT.column()));
    row.set(occurredAt, micros(row, circumstances));
  }

  private void fillMember(JsonTape tape, int child, Row row) {
    String name = tape.name(child);
    boolean isWhole = false;
    if (PARTS.containsKey(name)) {
      isWhole = tape.type(child) == PARTS.get(name);
      if (isWhole) {
        row.set(ordinals.get(name), new Utf8(tape.jsonBytes(child)));
        fillPart(name, tape, child, row);
      }
    } else if (name.equals("id")
        || name.equals("timestamp")
        || name.equals("stored")
        || name.equals("version")) {
      row.set(ordinals.get(name), values.anyText(tape, child));
      isWhole = values.isWhole();
    }
    if (!isWhole) {
      extra.put("", tape, child);
    }
  }

  private void fillPart(String part, JsonTape tape, int node, Row row) {
    switch (part) {
      case "actor" -> {
        text(row, "actor_name", tape, find(tape, node, "name"));
        text(row, "actor_mbox", tape, find(tape, node, "mbox"));
        text(row, "actor_account_name", tape, find(tape, find(tape, node, "account"), "name"));
      }
      case "verb" -> text(row, "verb_id", tape, find(tape, node, "id"));
      case "object" -> {
        text(row, "object_type", tape, find(tape, node, "objectType"));
        text(row, "object_id", tape, find(tape, node, "id"));
      }
      case "result" -> {
        int score = find(tape, node, "score");
        number(row, "result_score_scaled", tape, find(tape, score, "scaled"));
        number(row, "result_score_raw", tape, find(tape, score, "raw"));
        number(row, "result_score_min", tape, find(tape, score, "min"));
        number(row, "result_score_max", tape, find(tape, score, "max"));
        flag(row, "result_success", tape, find(tape, node, "success"));
        flag(row, "result_completion", tape, find(tape, node, "completion"));
        text(row, "result_response", tape, find(tape, node, "response"));
        text(row, "result_duration", tape, find(tape, node, "duration"));
      }
      case "context" -> {
        text(row, "context_registration", tape, find(tape, node, "registration"));
        text(row, "context_platform", tape, find(tape, node, "platform"));
        text(row, "context_language", tape, find(tape, node, "language"));
      }
      default -> {} // authority and attachments are JSON text only
    }
  }

  private void text(Row row, String column, JsonTape tape, int node) {
    row.set(ordinals.get(column), node == NONE ? null : values.anyText(tape, node));
  }

  private void number(Row row, String column, JsonTape tape, int node) {
    row.set(ordinals.get(column), node == NONE ? null : values.number(tape, node));
  }

  private void flag(Row row, String column, JsonTape tape, int node) {
    if (node != NONE && tape.type(node) == JsonTape.Type.BOOLEAN) {
      row.set(ordinals.get(column), tape.text()[tape.start(node)] == 't');
    }
  }

  /** The member that counts, or {@link #NONE}. */
  private static int find(JsonTape tape, int object, String name) {
    if (object == NONE || tape.type(object) != JsonTape.Type.OBJECT) {
      return NONE;
    }
    for (int child = object + 1; child < tape.after(object); child = tape.after(child)) {
      if (!tape.isOverridden(child) && tape.name(child).equals(name)) {
        return child;
      }
    }
    return NONE;
  }

  private String id(JsonTape tape, int statement, Row row) throws FailedRecordException {
    int node = find(tape, statement, "id");
    if (node == NONE || tape.type(node) == JsonTape.Type.NULL) {
      throw new FailedRecordException(FailureCode.NO_KEY, "The field id is absent.");
    }
    if (values.text(tape, node) == null || !values.isWhole()) {
      throw new FailedRecordException(FailureCode.BAD_VALUE, "The field id is not text.");
    }
    return row.get(ordinals.get("id")).toString();
  }

  /** The first field that holds a time, else the time of receipt. */
  private long micros(Row row, Circumstances circumstances) throws FailedRecordException {
    boolean isGiven = false;
    for (String field : new String[] {"timestamp", "stored"}) {
      Object text = row.get(ordinals.get(field));
      BigDecimal seconds = text == null ? null : DateTimeText.seconds(text.toString());
      if (seconds != null) {
        return DateTimeText.micros(seconds);
      }
      isGiven |= text != null;
    }
    if (circumstances.received() != null) {
      return circumstances.received();
    }
    throw isGiven
        ? new FailedRecordException(
            FailureCode.BAD_TIME, "No time can be read from the fields timestamp and stored.")
        : new FailedRecordException(
            FailureCode.NO_TIME, "The fields timestamp and stored are absent.");
  }
}
