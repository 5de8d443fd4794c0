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
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A file of SQL, a log and an empty folder in; prints how many rows DuckDB wrote there. */
@Command(name = "run-yardstick", mixinStandardHelpOptions = true, description = "Runs a yardstick.")
public final class RunYardstick implements Callable<Integer> {
  @Option(names = "--sql", required = true, description = "The file of SQL.")
  private Path sql;

  @Option(names = "--input", required = true, description = "What its variable input is set to.")
  private Path input;

  @Option(names = "--output", required = true, description = "What its variable output is set to.")
  private Path output;

  @Option(names = "--threads", description = "Threads; as many as there are cores if not given.")
  private int threads = Runtime.getRuntime().availableProcessors();

  public static void main(String[] args) {
    System.exit(new CommandLine(new RunYardstick()).execute(args));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    System.out.println(run(sql, input, output, threads));
    return 0;
  }

  /** Returns the number of rows that were written. */
  static long run(Path sql, Path input, Path output, int threads) throws IOException, SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      set(duckdb, "input", input);
      set(duckdb, "output", output);
      statement.execute("SET threads = " + threads);
      statement.execute(Files.readString(sql));
      return inFiles(duckdb);
    }
  }

  /** Of a script of several statements the driver says only what the last one wrote. */
  private static long inFiles(Connection duckdb) throws SQLException {
    try (Statement statement = duckdb.createStatement();
        ResultSet counted =
            statement.executeQuery(
                "SELECT sum(num_rows) FROM parquet_file_metadata("
                    + "getvariable('output') || '/**/*.parquet')")) {
      counted.next();
      return counted.getLong(1);
    }
  }

  private static void set(Connection duckdb, String variable, Path path) throws SQLException {
    try (PreparedStatement statement =
        duckdb.prepareStatement("SET VARIABLE " + variable + " = ?")) {
      statement.setString(1, path.toAbsolutePath().toString());
      statement.execute();
    }
  }
}
