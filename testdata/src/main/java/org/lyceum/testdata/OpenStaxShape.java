package org.lyceum.testdata;

import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * How a writer puts events into Parquet. The logical record is the same in every shape.
 *
 * @param uuidAsText hyphenated text, else 16 fixed bytes
 * @param time how {@code occurred_at} stands there
 * @param queryAsText what follows the question mark, else a map of lists
 * @param metadata how {@code source_metadata} stands there
 * @param listsOfTwoLevels as older writers have them
 * @param nulls what becomes of a column without any value
 */
record OpenStaxShape(
    boolean uuidAsText,
    Time time,
    boolean queryAsText,
    Metadata metadata,
    boolean listsOfTwoLevels,
    Nulls nulls) {

  enum Time {
    MILLIS,
    MICROS,
    NANOS,
    INT96,
    /** Seconds in a column that says milliseconds, as before August 2021. */
    SECONDS
  }

  enum Metadata {
    AS_DECLARED,
    MAP,
    TEXT
  }

  /** A column in which every row of a file is NULL. */
  enum Nulls {
    TYPED,
    UNKNOWN,
    MISSING
  }

  /** As the sink writes today. */
  static final OpenStaxShape PLAIN =
      new OpenStaxShape(false, Time.MILLIS, false, Metadata.AS_DECLARED, false, Nulls.TYPED);

  /**
   * The columns of a file whose rows are of this schema; {@code isNull} says which have no value.
   */
  MessageType columns(Schema schema, Predicate<String> isNull) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (Schema.Field field : schema.getFields()) {
      if (isNull.test(field.name())) {
        switch (nulls) {
          case TYPED -> message.addField(column(field, Repetition.OPTIONAL));
          case UNKNOWN ->
              message.addField(
                  Types.optional(PrimitiveTypeName.INT32)
                      .as(LogicalTypeAnnotation.unknownType())
                      .named(field.name()));
          case MISSING -> {}
        }
      } else {
        message.addField(column(field, Repetition.OPTIONAL));
      }
    }
    return message.named(schema.getName());
  }

  private Type column(Schema.Field field, Repetition repetition) {
    Schema type = valueOf(field.schema());
    if (field.name().equals("query") && queryAsText) {
      return text(repetition, "query");
    }
    if (field.name().equals("source_metadata")) {
      return switch (metadata) {
        case AS_DECLARED -> type(type, repetition, field.name());
        case MAP ->
            type(Schema.createMap(Schema.create(Schema.Type.STRING)), repetition, field.name());
        case TEXT -> text(repetition, field.name());
      };
    }
    return type(type, repetition, field.name());
  }

  /** The type of a union with null. */
  static Schema valueOf(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    return schema.getTypes().stream()
        .filter(each -> each.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static Type text(Repetition repetition, String name) {
    return Types.primitive(PrimitiveTypeName.BINARY, repetition)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  private Type type(Schema schema, Repetition repetition, String name) {
    return switch (schema.getType()) {
      case STRING -> text(repetition, name);
      case INT -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case LONG ->
          time == Time.INT96
              ? Types.primitive(PrimitiveTypeName.INT96, repetition).named(name)
              : Types.primitive(PrimitiveTypeName.INT64, repetition)
                  .as(LogicalTypeAnnotation.timestampType(true, unit()))
                  .named(name);
      case FIXED ->
          uuidAsText
              ? text(repetition, name)
              : Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                  .length(16)
                  .named(name);
      case ARRAY -> list(schema, repetition, name);
      case MAP ->
          Types.map(repetition)
              .key(
                  Types.required(PrimitiveTypeName.BINARY)
                      .as(LogicalTypeAnnotation.stringType())
                      .named("key"))
              .value(type(schema.getValueType(), Repetition.OPTIONAL, "value"))
              .named(name);
      case RECORD -> {
        Types.GroupBuilder<GroupType> group = Types.buildGroup(repetition);
        for (Schema.Field field : schema.getFields()) {
          group.addField(type(valueOf(field.schema()), Repetition.OPTIONAL, field.name()));
        }
        yield group.named(name);
      }
      case UNION, ENUM, BYTES, FLOAT, NULL ->
          throw new IllegalArgumentException(schema.getType() + " is in none of our schemas");
    };
  }

  private TimeUnit unit() {
    return switch (time) {
      case MILLIS, SECONDS, INT96 -> TimeUnit.MILLIS;
      case MICROS -> TimeUnit.MICROS;
      case NANOS -> TimeUnit.NANOS;
    };
  }

  /** What stands in the column for so many milliseconds. */
  long stored(long millis) {
    return switch (time) {
      case MILLIS, INT96 -> millis;
      case SECONDS -> Math.floorDiv(millis, 1_000);
      case MICROS -> millis * 1_000;
      case NANOS -> millis * 1_000_000;
    };
  }

  private Type list(Schema schema, Repetition repetition, String name) {
    if (listsOfTwoLevels) {
      return Types.buildGroup(repetition)
          .addField(type(schema.getElementType(), Repetition.REPEATED, "array"))
          .as(LogicalTypeAnnotation.listType())
          .named(name);
    }
    return Types.list(repetition)
        .element(type(schema.getElementType(), Repetition.OPTIONAL, "element"))
        .named(name);
  }
}
