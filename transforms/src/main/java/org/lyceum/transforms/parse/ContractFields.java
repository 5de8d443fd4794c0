package org.lyceum.transforms.parse;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/**
 * An object in, the columns out whose {@code source} in the contract is a JSON Pointer, and {@code
 * extra} with whatever they do not give back. A pointer alone is read as its column's type says,
 * {@code <pointer> as JSON} keeps an object or list as JSON text, {@code <pointer> as text or
 * number} takes both; other sources are words, and their columns are left to the parser. For one
 * thread.
 */
public final class ContractFields {
  /** No such field in the record. */
  public static final int NONE = -1;

  private static final Pattern SOURCE =
      Pattern.compile("((?:/[A-Za-z0-9_]+)+)( as JSON| as text or number)?");

  /** Reads a field in a way of its own. */
  @FunctionalInterface
  public interface FieldReader {
    /** Fills the field's columns; whether they give it back. */
    boolean fill(Row row, JsonTape tape, int node);
  }

  /** Filled by those who know where the record comes from. */
  private static final Set<String> NOT_OURS = Set.of("feed", "delivery", "position", "run_id");

  private enum Kind {
    TEXT,
    TEXT_OR_NUMBER,
    LONG,
    DOUBLE,
    BOOLEAN,
    TIME,
    /** Whatever its reader takes. */
    OWN,
    /** An object or list, kept as its text; members may have columns beside it. */
    JSON,
    /** An object that is only its members. */
    OBJECT
  }

  /** A field of the record, with the fields below it. */
  private static final class Field {
    final String pointer;
    final Map<String, Field> members = new HashMap<>();
    Kind kind = Kind.OBJECT;
    int ordinal = NONE;
    FieldReader reader;

    Field(String pointer) {
      this.pointer = pointer;
    }
  }

  private final Contract contract;
  private final Field record = new Field("");
  private final int[] ours;
  private final int[] nodes;
  private final int extraColumn;
  private final JsonValues values = new JsonValues();
  private final ExtraFields extra = new ExtraFields();

  public ContractFields(Contract contract) {
    this(contract, Map.of());
  }

  /**
   * @param readers by JSON Pointer, of fields that no column has as its source
   */
  public ContractFields(Contract contract, Map<String, FieldReader> readers) {
    this.contract = contract;
    List<Column> columns = contract.columns();
    ours =
        columns.stream()
            .filter(column -> !NOT_OURS.contains(column.name()))
            .mapToInt(column -> contract.ordinal(column.name()))
            .toArray();
    nodes = new int[columns.size()];
    extraColumn = contract.ordinal("extra");
    columns.forEach(this::add);
    readers.forEach(
        (pointer, reader) -> {
          Field field = field(pointer);
          field.kind = Kind.OWN;
          field.reader = reader;
        });
  }

  private void add(Column column) {
    Matcher source = SOURCE.matcher(column.source());
    if (!source.matches()) {
      return;
    }
    Field field = field(source.group(1));
    field.ordinal = contract.ordinal(column.name());
    field.kind =
        switch (source.group(2) == null ? column.type() : source.group(2)) {
          case "string" -> Kind.TEXT;
          case "long" -> Kind.LONG;
          case "double" -> Kind.DOUBLE;
          case "boolean" -> Kind.BOOLEAN;
          case "timestamptz" -> Kind.TIME;
          case " as JSON" -> Kind.JSON;
          case " as text or number" -> Kind.TEXT_OR_NUMBER;
          default ->
              throw new IllegalArgumentException(
                  "column " + column.name() + ": no field is read as " + column.type());
        };
  }

  /** The field that a pointer points to. */
  private Field field(String wanted) {
    Field field = record;
    for (String name : wanted.substring(1).split("/", -1)) {
      String pointer = field.pointer + "/" + name;
      field = field.members.computeIfAbsent(name, any -> new Field(pointer));
    }
    return field;
  }

  /** Names of the record's own fields that have columns, which messages may therefore name. */
  public Set<String> names() {
    return record.members.keySet();
  }

  /** Sets every column of the row but those that say where the record comes from. */
  public void fill(Row row, JsonTape tape) {
    for (int ordinal : ours) {
      row.set(ordinal, null);
    }
    Arrays.fill(nodes, NONE);
    extra.clear();
    object(row, tape, 0, record, false);
    row.set(extraColumn, extra.column());
  }

  /** The node that a column was filled from, whether it fitted or not; {@link #NONE} without. */
  public int node(int ordinal) {
    return nodes[ordinal];
  }

  /** Whether a column's field is absent, null or blank: not given, rather than wrong. */
  public boolean isLeftOut(JsonTape tape, int ordinal) {
    int node = nodes[ordinal];
    return node == NONE
        || tape.type(node) == JsonTape.Type.NULL
        || (tape.type(node) == JsonTape.Type.STRING && values.text(tape, node) == null);
  }

  /**
   * What a column contributes to the event's key: its text, empty if it is left out, null if it is
   * none that can stand in a key (not text, half a character, a zero byte, which separates parts).
   */
  public String keyPart(JsonTape tape, int ordinal) {
    if (isLeftOut(tape, ordinal)) {
      return "";
    }
    Utf8 text = values.text(tape, nodes[ordinal]);
    boolean isKey = text != null && values.isWhole();
    String part = isKey ? text.toString() : null;
    return isKey && part.indexOf(0) < 0 ? part : null;
  }

  /**
   * @param isKept whether a column holds the object as a whole, so that extra need not
   */
  private void object(Row row, JsonTape tape, int object, Field field, boolean isKept) {
    for (int child = object + 1; child < tape.after(object); child = tape.after(child)) {
      if (tape.isOverridden(child)) {
        continue;
      }
      Field member = field.members.get(tape.name(child));
      boolean isWhole = member != null && fill(row, tape, child, member);
      if (!isWhole && !isKept) {
        extra.put(field.pointer, tape, child);
      }
    }
  }

  /** Fills a field's columns; whether they give it back. */
  private boolean fill(Row row, JsonTape tape, int node, Field field) {
    JsonTape.Type type = tape.type(node);
    if (field.kind == Kind.OBJECT) {
      // Of an empty object no column would tell that it was there.
      boolean isSplit = type == JsonTape.Type.OBJECT && tape.after(node) > node + 1;
      if (isSplit) {
        object(row, tape, node, field, false);
      }
      return isSplit;
    }
    if (field.kind == Kind.OWN) {
      return field.reader.fill(row, tape, node);
    }
    nodes[field.ordinal] = node;
    if (field.kind == Kind.JSON) {
      boolean isContainer = type == JsonTape.Type.OBJECT || type == JsonTape.Type.ARRAY;
      if (isContainer) {
        row.set(field.ordinal, new Utf8(tape.jsonBytes(node)));
      }
      if (type == JsonTape.Type.OBJECT) {
        object(row, tape, node, field, true);
      }
      return isContainer;
    }
    row.set(
        field.ordinal,
        switch (field.kind) {
          case TEXT -> values.text(tape, node);
          case TEXT_OR_NUMBER -> values.textOrNumber(tape, node);
          case LONG -> values.integer(tape, node);
          case DOUBLE -> values.number(tape, node);
          case BOOLEAN -> values.bool(tape, node);
          case TIME -> values.time(tape, node);
          case JSON, OBJECT, OWN -> throw new IllegalStateException("handled above");
        });
    return values.isWhole();
  }
}
