package org.lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lyceum.testdata.EdxLogTruth;

/**
 * The two sides of the comparison, each run once from nothing to its end and checked: Lyceum by the
 * commands that it is given, DuckDB by its file of SQL.
 *
 * @param prepare words of the command that empties the lake; none if empty
 * @param ingest words of the ingest, with {input}, {runner} and {columns}
 * @param count words of the command that prints how many events the lake shows; no check if empty
 * @param yardsticks folder of the yardsticks' SQL
 * @param work folder for logs, outputs and what the commands print
 */
record Sides(
    List<String> prepare, List<String> ingest, List<String> count, Path yardsticks, Path work) {

  /** Which columns both sides write. */
  enum Columns {
    ALL("all", "edx_ingest.sql"),
    SIXTEEN("16", "edx_ingest_16_columns.sql");

    private final String word;
    private final String sql;

    Columns(String word, String sql) {
      this.word = word;
      this.sql = sql;
    }
  }

  MeasuredProcess lyceum(String runner, Columns columns, Path log, EdxLogTruth truth)
      throws BenchFailure {
    return lyceum(runner, columns.word, log, truth.events());
  }

  /**
   * @param events that the lake must show then
   */
  MeasuredProcess lyceum(String runner, String columns, Path input, long events)
      throws BenchFailure {
    Map<String, String> words =
        Map.of("{input}", input.toString(), "{runner}", runner, "{columns}", columns);
    Path output = work.resolve("logs");
    if (!prepare.isEmpty()) {
      MeasuredProcess.run(filled(prepare, words), output.resolve("prepare.log"));
    }
    settle();
    MeasuredProcess measured =
        MeasuredProcess.run(
            filled(ingest, words), output.resolve("ingest-" + runner + "-" + columns + ".log"));
    if (!count.isEmpty()) {
      String shown = MeasuredProcess.lastLine(filled(count, words), output.resolve("count.log"));
      check("the lake shows", shown, events);
    }
    return measured;
  }

  MeasuredProcess duckdb(Columns columns, Path log, EdxLogTruth truth) throws BenchFailure {
    return duckdb(columns.sql, log, truth.parsed());
  }

  /**
   * @param rows that the yardstick must write
   */
  MeasuredProcess duckdb(String sql, Path input, long rows) throws BenchFailure {
    Path output = work.resolve("duckdb");
    empty(output);
    settle();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            RunYardstick.class.getName(),
            "--sql",
            yardsticks.resolve(sql).toString(),
            "--input",
            input.toString(),
            "--output",
            output.toString());
    Path printed = work.resolve("logs").resolve("duckdb-" + sql + ".log");
    MeasuredProcess measured = MeasuredProcess.run(command, printed);
    try {
      check("DuckDB wrote", Files.readString(printed).strip(), rows);
    } catch (IOException e) {
      throw new BenchFailure("cannot read " + printed);
    }
    return measured;
  }

  private static void check(String who, String rows, long expected) throws BenchFailure {
    if (!rows.equals(Long.toString(expected))) {
      throw new BenchFailure(who + " " + rows + " rows, the input holds " + expected);
    }
  }

  private static List<String> filled(List<String> words, Map<String, String> values) {
    List<String> filled = new ArrayList<>();
    for (String word : words) {
      for (Map.Entry<String, String> value : values.entrySet()) {
        word = word.replace(value.getKey(), value.getValue());
      }
      filled.add(word);
    }
    return filled;
  }

  /** Lets the disk write what the run before left behind, so that nobody pays for the other. */
  private void settle() throws BenchFailure {
    if (Files.isExecutable(Path.of("/bin/sync"))) {
      MeasuredProcess.run(List.of("/bin/sync"), work.resolve("logs").resolve("sync.log"));
    }
  }

  static void empty(Path folder) throws BenchFailure {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> paths = Files.walk(folder)) {
          for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new BenchFailure("cannot empty " + folder);
    }
  }
}
