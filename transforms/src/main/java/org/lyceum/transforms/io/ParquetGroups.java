package org.lyceum.transforms.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * Groups of columns in, maps and lists out, by the rules of the format ({@code LogicalTypes.md},
 * "Nested Types"), the ones for older writers included.
 */
final class ParquetGroups {
  private ParquetGroups() {}

  /** What reads this field; the value goes to the sink when it is whole. */
  static Converter of(Type type, Consumer<Object> sink) {
    if (type.isPrimitive()) {
      return ParquetValues.of(type.asPrimitiveType(), sink);
    }
    GroupType group = type.asGroupType();
    var annotation = group.getLogicalTypeAnnotation();
    if (annotation instanceof ListLogicalTypeAnnotation && hasOneRepeatedField(group)) {
      return new OfList(group, sink);
    }
    if ((annotation instanceof MapLogicalTypeAnnotation
            || annotation instanceof MapKeyValueTypeAnnotation)
        && hasOneRepeatedField(group)
        && !group.getType(0).isPrimitive()
        && group.getType(0).asGroupType().getFieldCount() <= 2) {
      return new OfMap(group, sink);
    }
    return new OfRecord(group, sink);
  }

  private static boolean hasOneRepeatedField(GroupType group) {
    return group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
  }

  /** A record: a value per field; a repeated field without annotation is a list. */
  static final class OfRecord extends GroupConverter {
    private final String[] names;
    private final Converter[] converters;
    private final Object[] values;
    private final Consumer<Object> sink;

    OfRecord(GroupType group, Consumer<Object> sink) {
      this.sink = sink;
      int count = group.getFieldCount();
      names = new String[count];
      converters = new Converter[count];
      values = new Object[count];
      for (int i = 0; i < count; i++) {
        Type field = group.getType(i);
        names[i] = field.getName();
        converters[i] = of(field, setter(i, field.isRepetition(Type.Repetition.REPEATED)));
      }
    }

    @SuppressWarnings("unchecked") // only this puts a list there
    private Consumer<Object> setter(int field, boolean isRepeated) {
      if (!isRepeated) {
        return value -> values[field] = value;
      }
      return value -> {
        if (values[field] == null) {
          values[field] = new ArrayList<>();
        }
        ((List<Object>) values[field]).add(value);
      };
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {
      for (int i = 0; i < values.length; i++) {
        values[i] = null;
      }
    }

    @Override
    public void end() {
      Map<String, Object> made = new LinkedHashMap<>(names.length * 4 / 3 + 1);
      for (int i = 0; i < names.length; i++) {
        made.put(names[i], values[i]);
      }
      sink.accept(made);
    }
  }

  /** A list of two or three levels. */
  private static final class OfList extends GroupConverter {
    private final Converter repeated;
    private final Consumer<Object> sink;
    private List<Object> made = List.of();

    OfList(GroupType list, Consumer<Object> sink) {
      this.sink = sink;
      Type field = list.getType(0);
      repeated =
          isElement(field, list.getName())
              ? of(field, value -> made.add(value))
              : new OfEntry(field.asGroupType(), values -> made.add(values[0]));
    }

    /** Whether the repeated field is the element itself, as writers of two levels have it. */
    private static boolean isElement(Type repeated, String list) {
      if (repeated.isPrimitive()) {
        return true;
      }
      GroupType group = repeated.asGroupType();
      return group.getFieldCount() != 1
          || group.getType(0).isRepetition(Type.Repetition.REPEATED)
          || group.getName().equals("array")
          || group.getName().equals(list + "_tuple");
    }

    @Override
    public Converter getConverter(int field) {
      return repeated;
    }

    @Override
    public void start() {
      made = new ArrayList<>();
    }

    @Override
    public void end() {
      sink.accept(made);
    }
  }

  /** A map; of a key that is repeated the last value counts. Without values it is a set. */
  private static final class OfMap extends GroupConverter {
    private final Converter entry;
    private final Consumer<Object> sink;
    private Map<String, Object> made = Map.of();

    OfMap(GroupType map, Consumer<Object> sink) {
      this.sink = sink;
      entry = new OfEntry(map.getType(0).asGroupType(), this::put);
    }

    private void put(Object[] entry) {
      made.put(String.valueOf(entry[0]), entry.length > 1 ? entry[1] : null);
    }

    @Override
    public Converter getConverter(int field) {
      return entry;
    }

    @Override
    public void start() {
      made = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      sink.accept(made);
    }
  }

  /** The repeated group of a map or list, which has no name in the record. */
  private static final class OfEntry extends GroupConverter {
    private final Converter[] converters;
    private final Object[] values;
    private final Consumer<Object[]> sink;

    OfEntry(GroupType group, Consumer<Object[]> sink) {
      this.sink = sink;
      converters = new Converter[group.getFieldCount()];
      values = new Object[converters.length];
      for (int i = 0; i < converters.length; i++) {
        int field = i;
        converters[i] = of(group.getType(i), value -> values[field] = value);
      }
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {
      for (int i = 0; i < values.length; i++) {
        values[i] = null;
      }
    }

    @Override
    public void end() {
      sink.accept(values);
    }
  }
}
