package org.lyceum.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.testdata.EdxLogGenerator;
import org.lyceum.testdata.EdxLogOptions;
import org.lyceum.testdata.EdxLogTruth;

class RunYardstickTest {
  private static final Path CONTRACT = Path.of("../catalog/tables/events/edx_tracking_log.yaml");

  @TempDir private Path folder;
  private EdxLogTruth truth;
  private Path output;

  @BeforeEach
  void generate() throws IOException {
    truth = EdxLogGenerator.generate(EdxLogOptions.clean(3_000).withDays(7), folder.resolve("log"));
    output = Files.createDirectory(folder.resolve("output"));
  }

  @Test
  void yardstickWritesTheColumnsOfTheContract() throws Exception {
    assertEquals(3_000, run("edx_ingest.sql"));
    List<String> expected =
        new ArrayList<>(
            Pattern.compile("- \\{name: (\\w+),")
                .matcher(Files.readString(CONTRACT))
                .results()
                .map(MatchResult::group)
                .map(column -> column.replaceAll(".*: (\\w+),", "$1"))
                .toList());
    expected.remove("extra");
    assertEquals(new TreeSet<>(expected), new TreeSet<>(columns()));
    assertHoldsTheTruth();
  }

  @Test
  void sixteenColumnsAreSixteen() throws Exception {
    assertEquals(3_000, run("edx_ingest_16_columns.sql"));
    assertEquals(16, columns().size());
    assertHoldsTheTruth();
  }

  @Test
  void oneFileADay() throws Exception {
    run("edx_ingest.sql");
    try (Stream<Path> days = Files.list(output)) {
      for (Path day : days.toList()) {
        assertTrue(
            day.getFileName().toString().matches("day=\\d{4}-\\d\\d-\\d\\d"), day.toString());
        try (Stream<Path> files = Files.list(day)) {
          assertEquals(1, files.count(), day.toString());
        }
      }
    }
  }

  private long run(String sql) throws IOException, SQLException {
    Path log = folder.resolve("log").resolve(truth.logs().get(0).name());
    return RunYardstick.run(Path.of(sql), log, output, 2);
  }

  private List<String> columns() throws SQLException {
    List<String> columns = new ArrayList<>();
    query("DESCRIBE SELECT * EXCLUDE (day) FROM found", row -> columns.add(row.getString(1)));
    return columns;
  }

  private void assertHoldsTheTruth() throws SQLException {
    Map<String, Long> byName = new HashMap<>();
    query(
        "SELECT coalesce(event_name, ''), count(DISTINCT event_id) FROM found"
            + " WHERE occurred_at IS NOT NULL GROUP BY 1",
        row -> byName.put(row.getString(1), row.getLong(2)));
    assertEquals(truth.eventsByName(), byName);
  }

  private void query(String sql, RowConsumer consumer) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "CREATE VIEW found AS FROM read_parquet('"
              + output
              + "/*/*.parquet', hive_partitioning = true)");
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          consumer.accept(rows);
        }
      }
    }
  }

  private interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }
}
