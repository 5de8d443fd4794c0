package org.lyceum.pipelines;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.ApplyContracts;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.stack.TestLake;
import org.lyceum.transforms.land.DayPlan;
import org.lyceum.transforms.land.LogPlan;

/**
 * A school's lake on the real engines, empty at the start of each test, with its logs ingested by
 * the real pipeline.
 */
final class School implements AutoCloseable {
  private final TestLake engines = TestLake.shared();
  private final Lake lake = new Lake(Map.of("uri", engines.catalogUri().toString()));
  private final RESTCatalog catalog = lake.connect();
  private final Connection trino;

  School() throws SQLException {
    for (Contract contract : Contracts.all()) {
      if (catalog.tableExists(contract.identifier())) {
        catalog.dropTable(contract.identifier(), false);
      }
    }
    ApplyContracts.apply(catalog, Contracts.all());
    trino = DriverManager.getConnection(engines.jdbcUrl(), "researcher", null);
  }

  TestLake engines() {
    return engines;
  }

  Lake lake() {
    return lake;
  }

  Exit.Outcome ingest(String runner, Path input, String... more) throws IOException {
    return ingest(lake, LogPlan.Limits.DEFAULT, runner, input, more);
  }

  /** Runs the pipeline in this JVM; {@code more} are options such as --force=1. */
  static Exit.Outcome ingest(
      Lake lake, LogPlan.Limits limits, String runner, Path input, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--on=" + runner));
    arguments.addAll(List.of(more));
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--feed="))) {
      arguments.add("--feed=school");
    }
    var options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
            .as(LyceumOptions.IngestEdxLogs.class);
    IngestEdxLogsConfig config =
        IngestEdxLogsConfig.from(options, Map.of("LYCEUM_INPUT", input.toString()));
    return IngestEdxLogsPipeline.run(lake, options, config, limits);
  }

  /**
   * Runs the OpenStax pipeline in this JVM.
   *
   * @param environment the standard settings of S3, if the input is there
   */
  Exit.Outcome ingestOpenStax(
      String runner, String input, Map<String, String> environment, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--on=" + runner, "--feed=school"));
    arguments.addAll(List.of(more));
    var options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
            .as(LyceumOptions.IngestOpenStax.class);
    Map<String, String> all = new TreeMap<>(environment);
    all.put("LYCEUM_INPUT", input);
    return IngestOpenStaxPipeline.run(
        lake, options, IngestOpenStaxConfig.from(options, all), DayPlan.Limits.DEFAULT);
  }

  /** The first column of the first row. */
  String one(String sql) throws SQLException {
    try (Statement statement = trino.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  /** Two columns, as a map. */
  Map<String, Long> counts(String sql) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (Statement statement = trino.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        counts.put(String.valueOf(row.getString(1)), row.getLong(2));
      }
    }
    return counts;
  }

  /** Law 2's table hash: all columns but run_id, delivery and position, whatever their order. */
  String tableHash() throws SQLException {
    return tableHash("events.edx_tracking_log");
  }

  String tableHash(String table) throws SQLException {
    List<String> columns =
        Contracts.of(table).columns().stream()
            .map(column -> column.name())
            .filter(name -> !List.of("run_id", "delivery", "position").contains(name))
            .toList();
    return one(
        "select to_hex(checksum(row("
            + String.join(", ", columns)
            + "))) || ' ' || cast(count(*) as varchar)"
            + " || ' ' || cast(count(distinct event_id) as varchar) from "
            + table);
  }

  /** The heads of all tables: any commit changes one. */
  Map<String, Long> heads() {
    Map<String, Long> heads = new TreeMap<>();
    for (Contract contract : Contracts.all()) {
      Snapshot head = catalog.loadTable(contract.identifier()).currentSnapshot();
      heads.put(contract.table(), head == null ? 0 : head.snapshotId());
    }
    return heads;
  }

  @Override
  public void close() throws SQLException, IOException {
    trino.close();
    catalog.close();
  }
}
