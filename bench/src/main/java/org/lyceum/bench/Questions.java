package org.lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Files of SQL in, seconds until the last row of the answer out: the median of some runs, after
 * some that warm up. All who answer must give as many rows as each other.
 */
final class Questions {
  static final List<String> ALL =
      List.of("openstax_events_by_type_day_book", "openstax_sessions_per_user");
  private static final int RUNS = 5;

  /** Trino compiles what it runs while it runs it, and is as fast as it gets after some twenty. */
  private static final int TRINO_WARM_UPS = 20;

  private static final int DUCKDB_WARM_UPS = 1;

  private final Path yardsticks;
  private final Path input;
  private final List<Long> rows = new ArrayList<>();

  Questions(Path yardsticks, Path input) {
    this.yardsticks = yardsticks;
    this.input = input;
  }

  List<Double> trino(String address) throws BenchFailure {
    Properties user = new Properties();
    user.setProperty("user", "bench");
    try (Connection trino = DriverManager.getConnection(address, user)) {
      List<Double> seconds = new ArrayList<>();
      for (String question : ALL) {
        seconds.add(ask("trino", TRINO_WARM_UPS, trino, question, question + ".sql"));
      }
      return seconds;
    } catch (SQLException e) {
      throw new BenchFailure("Trino does not answer: " + e.getMessage());
    }
  }

  List<Double> duckdb() throws BenchFailure {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      try (PreparedStatement set = duckdb.prepareStatement("SET VARIABLE input = ?")) {
        set.setString(1, input.toString());
        set.execute();
      }
      List<Double> seconds = new ArrayList<>();
      for (String question : ALL) {
        seconds.add(ask("duckdb", DUCKDB_WARM_UPS, duckdb, question, question + ".duckdb.sql"));
      }
      return seconds;
    } catch (SQLException e) {
      throw new BenchFailure("DuckDB does not answer: " + e.getMessage());
    }
  }

  private double ask(
      String engine, int warmUps, Connection connection, String question, String file)
      throws BenchFailure, SQLException {
    String sql;
    try {
      sql = Files.readString(yardsticks.resolve(file));
    } catch (IOException e) {
      throw new BenchFailure("cannot read " + yardsticks.resolve(file));
    }
    List<Double> seconds = new ArrayList<>();
    for (int run = 1; run <= warmUps + RUNS; run++) {
      long start = System.nanoTime();
      long count = count(connection, sql);
      double needed = (System.nanoTime() - start) / 1e9;
      check(question, count);
      if (run > warmUps) {
        seconds.add(needed);
      }
      System.out.printf(
          Locale.ROOT,
          "run openstax-question-%d-%s %s%d: %.2f s, %d rows%n",
          ALL.indexOf(question) + 1,
          engine,
          run <= warmUps ? "warm-up " : "",
          run <= warmUps ? run : run - warmUps,
          needed,
          count);
    }
    return EdxIngestBenchmark.median(seconds);
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      long count = 0;
      while (answer.next()) {
        answer.getObject(1);
        count++;
      }
      return count;
    }
  }

  void check(String question, long count) throws BenchFailure {
    int at = ALL.indexOf(question);
    if (rows.size() == at) {
      rows.add(count);
    }
    if (count == 0 || rows.get(at) != count) {
      throw new BenchFailure(
          question + " has " + rows.get(at) + " rows in one engine and " + count + " in another");
    }
  }
}
