package org.lyceum.transforms.openstax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.JsonModels;

/** A row in, the record that it was made of out: what the row must hold if nothing was lost. */
final class OriginalEvent {
  private static final List<String> NOT_A_FIELD =
      List.of(
          "event_id",
          "feed",
          "delivery",
          "position",
          "run_id",
          "event_type",
          "schema_version",
          "query",
          "query_parameters",
          "year",
          "month",
          "day",
          "extra");

  /** What the server adds to a request, or takes out of source_uri. */
  private static final List<String> NOT_IN_A_REQUEST =
      List.of(
          "occurred_at",
          "user_uuid",
          "device_uuid",
          "ip_address",
          "user_agent",
          "scheme",
          "host",
          "path",
          "query");

  private final Contract contract;
  private final Row row;
  private final Map<String, Object> fields = new HashMap<>();

  private OriginalEvent(Contract contract, Row row) {
    this.contract = contract;
    this.row = row;
    boolean isStatement = "xapi_statement".equals(column("event_type"));
    for (Column column : contract.columns()) {
      String name = column.name();
      Object value = column(name);
      if (value == null || NOT_A_FIELD.contains(name) || name.startsWith("source_metadata_")) {
        continue;
      }
      if (isStatement) {
        statementField(name.replaceFirst("^xapi_", ""), column.source(), value);
      } else {
        fields.put(name, value);
      }
    }
    if (column("query_parameters") != null) {
      fields.put("query", column("query_parameters"));
    }
    if (column("source_metadata_content_index") != null) {
      metadata().put("content_index", column("source_metadata_content_index"));
    }
  }

  /** The record that Avro or Parquet carried, without its nulls; the time in microseconds. */
  static Map<String, Object> record(Contract contract, Row row) {
    OriginalEvent original = new OriginalEvent(contract, row);
    if (original.column("extra") instanceof Map<?, ?> extra && extra.containsKey("/type")) {
      original.fields.remove("state_type"); // was named so in February 2023
    }
    original.putExtra(original.fields, "/");
    original.fields.values().removeIf(java.util.Objects::isNull);
    return original.fields;
  }

  /** The JSON of a statement. */
  static Map<String, Object> statement(Contract contract, Row row) {
    OriginalEvent original = new OriginalEvent(contract, row);
    original.putExtra(original.fields, "/");
    return original.fields;
  }

  /** The element of a request's events. */
  static Map<String, Object> element(Contract contract, Row row) {
    OriginalEvent original = new OriginalEvent(contract, row);
    original.fields.keySet().removeAll(NOT_IN_A_REQUEST);
    String spelled =
        original.column("event_type").equals("accessed_study_guide")
            ? "accessed_studyguide"
            : original.column("event_type").toString();
    original.fields.put(
        "type", "org.openstax.ec." + spelled + "_" + original.column("schema_version"));
    Map<String, Object> element = new HashMap<>(Map.of("data", original.fields));
    original.putExtra(element, "/");
    return element;
  }

  private void statementField(String name, String source, Object value) {
    if (List.of("actor", "verb", "object", "result", "context", "authority", "attachments")
        .contains(name)) {
      fields.put(name, JsonModels.read(value.toString()));
    } else if (source.equals("/" + name)) {
      fields.put(name, value);
    }
  }

  @SuppressWarnings("unchecked") // made here
  private Map<String, Object> metadata() {
    return (Map<String, Object>) fields.get("source_metadata");
  }

  private void putExtra(Map<String, Object> record, String prefix) {
    if (column("extra") instanceof Map<?, ?> extra) {
      extra.forEach(
          (pointer, value) -> {
            if (pointer.toString().startsWith(prefix)) {
              put(record, pointer.toString().substring(1).split("/", -1), value);
            }
          });
    }
  }

  private static void put(Map<String, Object> record, String[] names, Object value) {
    Map<String, Object> object = record;
    for (int i = 0; i < names.length - 1; i++) {
      @SuppressWarnings("unchecked") // pointers lead through objects
      Map<String, Object> inner = (Map<String, Object>) object.get(names[i]);
      object = inner;
    }
    object.put(names[names.length - 1].replace("~1", "/").replace("~0", "~"), value);
  }

  private Object column(String name) {
    return Fixtures.plain(contract, name, row);
  }
}
