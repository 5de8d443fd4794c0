package org.lyceum.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lyceum.bench.Sides.Columns;
import org.lyceum.testdata.EdxLogGenerator;
import org.lyceum.testdata.EdxLogOptions;
import org.lyceum.testdata.EdxLogTruth;

/**
 * The ingest of edX tracking logs, against DuckDB doing the same job in turns with it. What is
 * printed, and how to read it, stands in the README of this folder.
 */
final class EdxIngestBenchmark {
  private static final String NAME = "edx-ingest";
  private static final String SIXTEEN = NAME + "-16-columns";
  private static final String GROWTH = NAME + "-growth";
  private static final String PEAK = NAME + "-peak-memory";
  private static final String DUCKDB = NAME + "-duckdb";

  /** A log of a gigabyte holds days, not a semester; fewer days are also easier for DuckDB. */
  private static final int DAYS = 7;

  /** So few lines that what remains is starting and stopping. */
  private static final long START_UP_LINES = 1_000;

  /**
   * How to measure.
   *
   * @param only beginning of the names to run
   * @param runners runners of Lyceum, in the order in which they take turns
   * @param lines lines of the log
   * @param pairs how often each side is run
   */
  record Plan(String only, List<String> runners, long lines, int pairs) {}

  private final Plan plan;
  private final Sides sides;
  private final Map<String, List<MeasuredProcess>> runs = new LinkedHashMap<>();

  EdxIngestBenchmark(Plan plan, Sides sides) {
    this.plan = plan;
    this.sides = sides;
  }

  void run() throws BenchFailure {
    List<String> names = new ArrayList<>(List.of(NAME, DUCKDB, PEAK));
    plan.runners().forEach(runner -> names.add(NAME + "-" + runner));
    if (names.stream().anyMatch(this::isAsked)) {
      allColumns();
    }
    if (isAsked(SIXTEEN)) {
      sixteenColumns();
    }
    if (isAsked(GROWTH)) {
      growth();
    }
  }

  private void allColumns() throws BenchFailure {
    Log log = log(plan.lines());
    for (int pair = 0; pair < plan.pairs(); pair++) {
      for (String runner : plan.runners()) {
        note(NAME + "-" + runner, sides.lyceum(runner, Columns.ALL, log.file(), log.truth()));
      }
      note(DUCKDB, sides.duckdb(Columns.ALL, log.file(), log.truth()));
    }
    for (String runner : plan.runners()) {
      print(NAME + "-" + runner, "seconds", seconds(NAME + "-" + runner), "s");
    }
    print(DUCKDB, "seconds", seconds(DUCKDB), "s");
    String better = NAME + "-" + better();
    print(NAME, "ratio", ratio(better, DUCKDB), "x");
    double peak =
        runs.get(better).stream().mapToDouble(MeasuredProcess::peakMegabytes).max().orElseThrow();
    print(PEAK, "megabytes", peak, "MB");
  }

  private void sixteenColumns() throws BenchFailure {
    Log log = log(plan.lines());
    String runner = better();
    for (int pair = 0; pair < plan.pairs(); pair++) {
      note(SIXTEEN + "-" + runner, sides.lyceum(runner, Columns.SIXTEEN, log.file(), log.truth()));
      note(SIXTEEN + "-duckdb", sides.duckdb(Columns.SIXTEEN, log.file(), log.truth()));
    }
    print(SIXTEEN, "ratio", ratio(SIXTEEN + "-" + runner, SIXTEEN + "-duckdb"), "x");
  }

  /** Time per line of a log twice as long over that of the log, start-up aside on both sides. */
  private void growth() throws BenchFailure {
    String runner = better();
    String first = NAME + "-" + runner;
    long once = plan.lines();
    if (!runs.containsKey(first)) {
      repeat(first, runner, once, 2);
    }
    repeat(GROWTH + "-start-up", runner, START_UP_LINES, 2);
    repeat(GROWTH + "-twice", runner, 2 * once, 2);
    double startUp = seconds(GROWTH + "-start-up");
    double perLine = (seconds(first) - startUp) / (once - START_UP_LINES);
    double perLineOfTwice = (seconds(GROWTH + "-twice") - startUp) / (2 * once - START_UP_LINES);
    print(GROWTH, "ratio", perLineOfTwice / perLine, "x");
  }

  private void repeat(String name, String runner, long lines, int times) throws BenchFailure {
    Log log = log(lines);
    for (int i = 0; i < times; i++) {
      note(name, sides.lyceum(runner, Columns.ALL, log.file(), log.truth()));
    }
  }

  /** The runner with the smaller median; the first where they have not been compared. */
  private String better() {
    String better = plan.runners().get(0);
    for (String runner : plan.runners()) {
      boolean isMeasured = runs.containsKey(NAME + "-" + runner);
      if (isMeasured && seconds(NAME + "-" + runner) < seconds(NAME + "-" + better)) {
        better = runner;
      }
    }
    return better;
  }

  private double seconds(String name) {
    return median(runs.get(name).stream().map(MeasuredProcess::seconds).toList());
  }

  /** Median of the ratios of runs that came one after the other. */
  private double ratio(String name, String yardstick) {
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < runs.get(name).size(); pair++) {
      ratios.add(runs.get(name).get(pair).seconds() / runs.get(yardstick).get(pair).seconds());
    }
    return median(ratios);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  private void note(String name, MeasuredProcess run) {
    List<MeasuredProcess> before = runs.computeIfAbsent(name, any -> new ArrayList<>());
    before.add(run);
    System.out.printf(Locale.ROOT, "run %s %d: %s%n", name, before.size(), run);
  }

  private void print(String name, String figure, double value, String unit) {
    if (isAsked(name) && !Double.isNaN(value)) {
      System.out.printf(Locale.ROOT, "bench %s.%s %.2f %s%n", name, figure, value, unit);
    }
  }

  private boolean isAsked(String name) {
    return name.startsWith(plan.only());
  }

  private record Log(Path file, EdxLogTruth truth) {}

  /** The log of so many lines, made if it is not there, and read once so that it is in memory. */
  private Log log(long lines) throws BenchFailure {
    Path folder = sides.work().resolve("edx-" + lines);
    try {
      EdxLogOptions options = EdxLogOptions.clean(lines).withDays(DAYS);
      EdxLogTruth truth = EdxLogGenerator.generateUnlessThere(options, folder);
      Path file = folder.resolve(truth.logs().get(0).name());
      try (InputStream in = Files.newInputStream(file)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return new Log(file, truth);
    } catch (IOException e) {
      throw new BenchFailure("cannot generate the log in " + folder + ": " + e.getMessage());
    }
  }
}
