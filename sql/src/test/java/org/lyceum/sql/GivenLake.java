package org.lyceum.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.ApplyContracts;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.lyceum.catalog.Row;
import org.lyceum.stack.TestLake;

/** The running test lake, in which a test gives the rows of each table. One for all tests. */
final class GivenLake {
  private static GivenLake shared;

  private final int trinoPort;
  final Lake lake;
  private final RESTCatalog catalog;
  private final Set<String> empty = new HashSet<>();

  private GivenLake() {
    TestLake running = TestLake.shared();
    trinoPort = running.trinoUri().getPort();
    lake = new Lake(Map.of("uri", running.catalogUri().toString()));
    catalog = lake.connect();
    ApplyContracts.apply(catalog, Contracts.all());
  }

  static synchronized GivenLake shared() {
    if (shared == null) {
      shared = new GivenLake();
    }
    return shared;
  }

  Connection trino(String user) throws SQLException {
    return Trino.connect(trinoPort, user);
  }

  /** The named columns of each row; what a row does not name takes a default. */
  void give(String name, List<Map<String, Object>> rows) throws IOException {
    Contract contract = Contracts.of(name);
    Table table = catalog.loadTable(TableIdentifier.parse(name));
    // A data file has one partition; rows of one feed go together.
    Map<String, List<Row>> byFeed = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = row(contract, rows.get(i), i);
      String feed = table.spec().isPartitioned() ? (String) row.get(contract.ordinal("feed")) : "";
      byFeed.computeIfAbsent(feed, any -> new ArrayList<>()).add(row);
    }
    if (byFeed.isEmpty() && (table.currentSnapshot() == null || empty.contains(name))) {
      return;
    }
    var overwrite = table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
    for (List<Row> ofFeed : byFeed.values()) {
      overwrite.addFile(write(table, ofFeed));
    }
    overwrite.commit();
    if (byFeed.isEmpty()) {
      empty.add(name);
    } else {
      empty.remove(name);
    }
  }

  private static DataFile write(Table table, List<Row> rows) throws IOException {
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    if (table.spec().isPartitioned()) {
      partition.partition(rows.get(0));
    }
    String path = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    DataWriter<Row> writer =
        Parquet.writeData(table.io().newOutputFile(path))
            .forTable(table)
            .withPartition(table.spec().isPartitioned() ? partition : null)
            .createWriterFunc((schema, type) -> InternalWriter.create(schema.asStruct(), type))
            .build();
    try (writer) {
      rows.forEach(writer::write);
    }
    return DataFiles.builder(table.spec())
        .copy(writer.toDataFile())
        .withFormat(FileFormat.PARQUET)
        .build();
  }

  private static Row row(Contract contract, Map<String, Object> given, int number) {
    Row row = Row.of(contract);
    for (String name : given.keySet()) {
      contract.ordinal(name); // refuses a column that the table does not have
    }
    for (int i = 0; i < contract.columns().size(); i++) {
      Column column = contract.columns().get(i);
      Object value = given.get(column.name());
      if (value != null) {
        row.set(i, internal(column.type(), value));
      } else if (column.required()) {
        row.set(i, defaultOf(column, number));
      }
    }
    return row;
  }

  private static Object internal(String type, Object value) {
    return switch (type) {
      case "string" -> value.toString();
      case "integer" -> ((Number) value).intValue();
      case "long" -> ((Number) value).longValue();
      case "double" -> ((Number) value).doubleValue();
      case "boolean" -> (Boolean) value;
      case "binary" -> ByteBuffer.wrap(value.toString().getBytes(StandardCharsets.UTF_8));
      case "uuid" -> UUID.fromString(value.toString());
      case "timestamptz" ->
          ChronoUnit.MICROS.between(
              Instant.EPOCH, OffsetDateTime.parse(value.toString()).toInstant());
      case "map<string,long>" -> {
        Map<String, Long> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach((key, number) -> map.put(key.toString(), ((Number) number).longValue()));
        yield map;
      }
      case "map<string,string>" -> {
        Map<String, String> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, text) -> map.put(key.toString(), text.toString()));
        yield map;
      }
      case "map<string,list<string>>" -> {
        Map<String, List<String>> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (key, texts) ->
                    map.put(
                        key.toString(), ((List<?>) texts).stream().map(Object::toString).toList()));
        yield map;
      }
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static Object defaultOf(Column column, int number) {
    return switch (column.type()) {
      case "string" -> column.name().equals("source") ? "edx" : "a";
      case "long" -> 0L;
      case "double" -> 0.0;
      case "boolean" -> false;
      case "uuid" -> new UUID(0x8000L, 0x8000000000000000L + number);
      case "timestamptz" -> internal("timestamptz", "2026-01-01T00:00:00Z");
      case "map<string,long>" -> Map.of();
      default -> throw new IllegalArgumentException(column.name());
    };
  }
}
