package org.lyceum.transforms.edx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.JsonModels;

/** A row in, the object of its line out: what the row must hold if nothing was lost. */
final class OriginalRecord {
  private static final List<String> TEXT_COLUMNS =
      List.of(
          "accept_language",
          "agent",
          "event_source",
          "event_type",
          "host",
          "ip",
          "name",
          "page",
          "referer",
          "session",
          "time",
          "username");

  private final Contract contract;
  private final Row row;
  private final Map<String, Object> record = new HashMap<>();

  private OriginalRecord(Contract contract, Row row) {
    this.contract = contract;
    this.row = row;
  }

  static Map<String, Object> of(Contract contract, Row row) {
    return new OriginalRecord(contract, row).rebuilt();
  }

  private Map<String, Object> rebuilt() {
    for (String column : TEXT_COLUMNS) {
      if (column(column) != null) {
        record.put(column, column(column));
      }
    }
    if (column("context") != null) {
      record.put("context", JsonModels.read(column("context")));
    }
    payload();
    if (column("extra") != null) {
      Map<?, ?> extra = (Map<?, ?>) JsonModels.read(column("extra"));
      extra.forEach((pointer, value) -> put((String) pointer, value));
    }
    return record;
  }

  private void payload() {
    String pointer =
        switch (column("envelope")) {
          case "segment" -> "/properties/data";
          case "data" -> "/data";
          default -> "/event";
        };
    String event = column("event");
    switch (EventShape.valueOf(column("event_shape").toUpperCase(Locale.ROOT))) {
      case OBJECT, LIST, NUMBER, BOOLEAN, TEXT, FORM -> put(pointer, JsonModels.read(event));
      case NULL -> put(pointer, null);
      case ABSENT -> {}
      case BLANK -> put(pointer, "");
      case STRING_OBJECT, STRING_LIST, STRING_TEXT, STRING_FORM, STRING_BLANK, STRING_OTHER ->
          put(pointer, event);
    }
  }

  private void put(String pointer, Object value) {
    if (!pointer.startsWith("/")) {
      return; // text that stood before the JSON
    }
    List<String> names = new ArrayList<>();
    for (String name : pointer.substring(1).split("/", -1)) {
      names.add(name.replace("~1", "/").replace("~0", "~"));
    }
    Map<String, Object> object = record;
    if (names.size() > 1) {
      @SuppressWarnings("unchecked") // only properties, made here
      Map<String, Object> properties =
          (Map<String, Object>) record.computeIfAbsent(names.get(0), name -> new HashMap<>());
      object = properties;
    }
    object.put(names.get(names.size() - 1), value);
  }

  private String column(String name) {
    Object value = row.get(contract.ordinal(name));
    return value == null ? null : value.toString();
  }
}
