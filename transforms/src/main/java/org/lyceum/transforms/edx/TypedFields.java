package org.lyceum.transforms.edx;

import java.util.HashMap;
import java.util.Map;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonValues;

/** Which members of an object go to which columns, and as what. */
final class TypedFields {
  private enum Kind {
    TEXT,
    TRIMMED,
    TEXT_OR_NUMBER,
    LONG,
    DOUBLE
  }

  /**
   * @param yields whether the member is only asked where another gives no value
   */
  private record Field(int ordinal, Kind kind, boolean yields) {}

  private final Contract contract;
  private final Map<String, Field> fields = new HashMap<>();

  TypedFields(Contract contract) {
    this.contract = contract;
  }

  TypedFields text(String member, String column) {
    return add(member, column, Kind.TEXT, false);
  }

  TypedFields trimmed(String member, String column) {
    return add(member, column, Kind.TRIMMED, false);
  }

  TypedFields elseTrimmed(String member, String column) {
    return add(member, column, Kind.TRIMMED, true);
  }

  TypedFields textOrNumber(String member, String column) {
    return add(member, column, Kind.TEXT_OR_NUMBER, false);
  }

  TypedFields integer(String member, String column) {
    return add(member, column, Kind.LONG, false);
  }

  TypedFields number(String member, String column) {
    return add(member, column, Kind.DOUBLE, false);
  }

  TypedFields elseNumber(String member, String column) {
    return add(member, column, Kind.DOUBLE, true);
  }

  private TypedFields add(String member, String column, Kind kind, boolean yields) {
    fields.put(member, new Field(contract.ordinal(column), kind, yields));
    return this;
  }

  /** Fills the columns of an object's members. */
  void fill(Row row, JsonTape tape, int object, JsonValues values) {
    for (int child = object + 1; child < tape.after(object); child = tape.after(child)) {
      if (!tape.isOverridden(child)) {
        fillOne(row, tape, child, values);
      }
    }
  }

  /** Fills the column of one member, if it has one. */
  void fillOne(Row row, JsonTape tape, int member, JsonValues values) {
    Field field = fields.get(tape.name(member));
    if (field == null) {
      return;
    }
    Object value =
        switch (field.kind) {
          case TEXT -> values.text(tape, member);
          case TRIMMED -> values.trimmed(tape, member);
          case TEXT_OR_NUMBER -> values.textOrNumber(tape, member);
          case LONG -> values.integer(tape, member);
          case DOUBLE -> values.number(tape, member);
        };
    if (value != null && (!field.yields || row.get(field.ordinal) == null)) {
      row.set(field.ordinal, value);
    }
  }
}
