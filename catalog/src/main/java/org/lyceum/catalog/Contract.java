package org.lyceum.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The definition of one table, read from its YAML file; the only one there is.
 *
 * @param table {@code namespace.name}
 * @param source the source whose deliveries fill the table, {@code lyceum} for our own books
 * @param grain one sentence: what one row is; becomes the table's comment
 * @param key what makes two rows copies of one; {@code [record]} where the whole record does
 * @param partition columns by whose value files are separated
 * @param sort order in which upkeep lays rows
 * @param properties Iceberg table properties beside the ones that every table has
 * @param copiesWithin how far apart in time copies of one event can lie; zero where the key fixes
 *     the time
 * @param isLatestWins whether of copies the one read last shows: true where the source itself
 *     changes what it said
 * @param notCompared columns in which copies may differ without being in conflict, beside those
 *     that say where a row lies
 */
public record Contract(
    @JsonProperty(required = true) String table,
    @JsonProperty(required = true) String source,
    @JsonProperty(required = true) String grain,
    @JsonProperty(required = true) List<String> key,
    @JsonProperty(required = true) List<String> partition,
    @JsonProperty(required = true) List<String> sort,
    Map<String, String> properties,
    @JsonProperty("copies_within") String copiesWithin,
    @JsonProperty("latest_wins") boolean isLatestWins,
    @JsonProperty("not_compared") List<String> notCompared,
    @JsonProperty(required = true) List<Column> columns) {

  /**
   * Every table has these: metadata stays small, statistics are exact where replacing relies on
   * them.
   */
  static final Map<String, String> EVERY_TABLE =
      Map.of(
          "format-version", "2",
          "write.format.default", "parquet",
          "write.parquet.compression-codec", "zstd",
          "write.metadata.compression-codec", "gzip",
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "20",
          "write.metadata.metrics.max-inferred-column-defaults", "200");

  /** Columns by whose statistics files are found: kept in full. */
  private static final Set<String> EXACT = Set.of("delivery", "position", "run_id");

  public Contract {
    if (table.split("\\.").length != 2) {
      throw new IllegalArgumentException("table " + table + ": a name is namespace.table");
    }
    key = List.copyOf(key);
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
    properties = properties == null ? Map.of() : Map.copyOf(properties);
    copiesWithin = copiesWithin == null ? "0 days" : copiesWithin;
    if (!copiesWithin.matches("\\d{1,3} days")) {
      throw new IllegalArgumentException(
          "table " + table + ": copies_within is a number of days, such as 7 days");
    }
    notCompared = notCompared == null ? List.of() : List.copyOf(notCompared);
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "table " + table + ": column " + column.name() + " stands there twice");
      }
      type(column.type());
    }
    for (List<String> named :
        List.of(
            partition,
            sort,
            notCompared,
            key.equals(List.of("record")) ? List.<String>of() : key)) {
      if (!names.containsAll(named)) {
        throw new IllegalArgumentException("table " + table + ": no column for one of " + named);
      }
    }
  }

  /** The table's name without its namespace. */
  public String name() {
    return table.substring(table.indexOf('.') + 1);
  }

  public String namespace() {
    return table.substring(0, table.indexOf('.'));
  }

  public TableIdentifier identifier() {
    return TableIdentifier.of(Namespace.of(namespace()), name());
  }

  /** The same table with other columns: as many, of the same names, with other sources. */
  public Contract withColumns(List<Column> others) {
    return new Contract(
        table,
        source,
        grain,
        key,
        partition,
        sort,
        properties,
        copiesWithin,
        isLatestWins,
        notCompared,
        others);
  }

  /** Place of a column in a row. */
  public int ordinal(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException("table " + table + " has no column " + column);
  }

  /** Columns in the contract's order with ids from 1; a created table has the same. */
  public Schema schema() {
    int[] id = {columns.size()};
    List<Types.NestedField> fields = new java.util.ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      Type type = numbered(type(column.type()), id);
      fields.add(
          column.required()
              ? Types.NestedField.required(i + 1, column.name(), type, column.description())
              : Types.NestedField.optional(i + 1, column.name(), type, column.description()));
    }
    return new Schema(fields);
  }

  /** The same type with ids of its own for keys, values and elements. */
  private static Type numbered(Type type, int[] id) {
    if (type.isMapType()) {
      int key = ++id[0];
      int value = ++id[0];
      return Types.MapType.ofRequired(
          key, value, type.asMapType().keyType(), numbered(type.asMapType().valueType(), id));
    }
    if (type.isListType()) {
      return Types.ListType.ofRequired(++id[0], type.asListType().elementType());
    }
    return type;
  }

  /** {@link #copiesWithin} in microseconds. */
  public long copiesWithinMicros() {
    return TimeUnit.DAYS.toMicros(
        Long.parseLong(copiesWithin.substring(0, copiesWithin.indexOf(' '))));
  }

  PartitionSpec spec(Schema schema) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    partition.forEach(spec::identity);
    return spec.build();
  }

  SortOrder sortOrder(Schema schema) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    sort.forEach(order::asc);
    return order.build();
  }

  /** Table properties: those of every table, the contract's, and the comment. */
  Map<String, String> allProperties() {
    Map<String, String> all = new HashMap<>(EVERY_TABLE);
    for (Column column : columns) {
      if (EXACT.contains(column.name())) {
        all.put("write.metadata.metrics.column." + column.name(), "full");
      }
    }
    all.putAll(properties);
    all.put("comment", grain);
    return all;
  }

  static Type type(String name) {
    return switch (name) {
      case "string" -> Types.StringType.get();
      case "integer" -> Types.IntegerType.get();
      case "long" -> Types.LongType.get();
      case "double" -> Types.DoubleType.get();
      case "boolean" -> Types.BooleanType.get();
      case "binary" -> Types.BinaryType.get();
      case "uuid" -> Types.UUIDType.get();
      case "timestamptz" -> Types.TimestampType.withZone();
      case "map<string,long>" ->
          Types.MapType.ofRequired(1, 2, Types.StringType.get(), Types.LongType.get());
      case "map<string,string>" ->
          Types.MapType.ofRequired(1, 2, Types.StringType.get(), Types.StringType.get());
      case "map<string,list<string>>" ->
          Types.MapType.ofRequired(
              1, 2, Types.StringType.get(), Types.ListType.ofRequired(3, Types.StringType.get()));
      default -> throw new IllegalArgumentException("no such column type: " + name);
    };
  }
}
