package org.lyceum.transforms.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Contract;

/**
 * Columns in, the record out that they come from: each column's value stands where the contract's
 * {@code source} points, and what {@code extra} says overrides it. Equal to the original if nothing
 * was lost.
 */
public final class RebuiltRecord {
  private static final String AS_JSON = " as JSON";

  private RebuiltRecord() {}

  public static Object of(Contract contract, Map<String, Object> columns) {
    Map<String, Object> record = new HashMap<>();
    List<String> asJson = new ArrayList<>();
    for (Column column : contract.columns()) {
      Object value = columns.get(column.name());
      if (value != null && column.source().startsWith("/") && isPointer(column)) {
        boolean isJson = column.source().endsWith(AS_JSON);
        String pointer = pointer(column);
        // A member of an object that another column has whole is in there already.
        if (asJson.stream().noneMatch(kept -> pointer.startsWith(kept + "/"))) {
          put(record, pointer, isJson ? JsonModels.read(value.toString()) : plain(column, value));
        }
        if (isJson) {
          asJson.add(pointer);
        }
      }
    }
    if (columns.get("extra") != null) {
      Map<?, ?> extra = (Map<?, ?>) JsonModels.read(columns.get("extra").toString());
      extra.forEach((pointer, value) -> put(record, (String) pointer, value));
    }
    return record;
  }

  /** Any object with fields where the contract's columns come from, of any type, and others. */
  public static Map<String, Object> random(Contract contract, Random random) {
    Map<String, Object> record = new HashMap<>();
    List<Column> columns = contract.columns().stream().filter(RebuiltRecord::isPointer).toList();
    for (int i = random.nextInt(12); i > 0; i--) {
      Column column = columns.get(random.nextInt(columns.size()));
      put(record, pointer(column), value(column, random));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      record.put(JsonModels.text(random), JsonModels.value(random, 2));
    }
    if (random.nextInt(4) == 0) {
      String pointer = pointer(columns.get(random.nextInt(columns.size())));
      String parent = pointer.substring(0, pointer.lastIndexOf('/'));
      Object value = random.nextBoolean() ? Map.of() : JsonModels.value(random, 1);
      put(record, parent.isEmpty() ? pointer : parent, value);
    }
    return record;
  }

  private static Object value(Column column, Random random) {
    if (random.nextInt(3) == 0) {
      return JsonModels.value(random, 2);
    }
    return switch (column.type()) {
      case "long", "double" -> JsonModels.number(random);
      case "boolean" -> random.nextBoolean();
      case "timestamptz" -> EventTime.text(random.nextInt() * 1_000_000L + random.nextInt(2));
      default -> JsonModels.text(random);
    };
  }

  private static boolean isPointer(Column column) {
    return column.source().matches("(/\\w+)+( as JSON| as text or number)?");
  }

  private static String pointer(Column column) {
    return column.source().split(" ", 2)[0];
  }

  private static Object plain(Column column, Object value) {
    if (column.type().equals("timestamptz")) {
      return EventTime.text((Long) value);
    }
    return value instanceof Number || value instanceof Boolean
        ? JsonModels.read(value.toString())
        : value.toString();
  }

  private static void put(Map<String, Object> record, String pointer, Object value) {
    String[] names = pointer.substring(1).split("/", -1);
    Map<String, Object> object = record;
    for (int i = 0; i < names.length - 1; i++) {
      Object inner = object.get(name(names[i]));
      if (!(inner instanceof HashMap)) {
        inner = new HashMap<String, Object>();
        object.put(name(names[i]), inner);
      }
      @SuppressWarnings("unchecked") // keys of JSON are strings
      Map<String, Object> members = (Map<String, Object>) inner;
      object = members;
    }
    object.put(name(names[names.length - 1]), value);
  }

  private static String name(String escaped) {
    return escaped.replace("~1", "/").replace("~0", "~");
  }
}
