package org.lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.lyceum.testdata.OpenStaxGenerator;
import org.lyceum.testdata.OpenStaxOptions;
import org.lyceum.testdata.OpenStaxTruth;

/**
 * Stored OpenStax events: their ingest against DuckDB copying the same files, and two questions
 * against DuckDB over the raw files and against reading them one by one. What is printed, and how
 * to read it, stands in the README of this folder.
 */
final class OpenStaxBenchmark {
  private static final String INGEST = "openstax-ingest";
  private static final String INGEST_DUCKDB = INGEST + "-duckdb";
  private static final String QUESTION = "openstax-question";
  private static final String QUESTION_DUCKDB = QUESTION + "-duckdb";
  private static final String QUESTION_TODAY = QUESTION + "-today";

  /**
   * How to measure.
   *
   * @param only beginning of the names to run
   * @param publish words of the command that publishes the views
   * @param trino JDBC address; blank to ask no questions
   */
  record Plan(
      String only,
      String runner,
      OpenStaxOptions options,
      int pairs,
      List<String> publish,
      String trino) {}

  private final Plan plan;
  private final Sides sides;

  OpenStaxBenchmark(Plan plan, Sides sides) {
    this.plan = plan;
    this.sides = sides;
  }

  void run() throws BenchFailure {
    List<String> ingests = List.of(INGEST, INGEST + "-" + plan.runner(), INGEST_DUCKDB);
    List<String> questions = new ArrayList<>(List.of(QUESTION_DUCKDB, QUESTION_TODAY));
    for (int number = 1; number <= Questions.ALL.size(); number++) {
      questions.add(QUESTION + "-" + number);
    }
    boolean asksIngest = ingests.stream().anyMatch(this::isAsked);
    boolean asksQuestions = !plan.trino().isBlank() && questions.stream().anyMatch(this::isAsked);
    if (!asksIngest && !asksQuestions) {
      return;
    }
    Path folder = sides.work().resolve("openstax-" + plan.options().days());
    OpenStaxTruth truth = generated(folder);
    ingest(folder, truth, asksIngest ? plan.pairs() : 1, asksIngest);
    if (asksQuestions) {
      ask(folder, truth);
    }
  }

  private void ingest(Path folder, OpenStaxTruth truth, int pairs, boolean isCompared)
      throws BenchFailure {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      if (isCompared) { // first, so that the lake of the last ingest is there to be asked
        theirs.add(
            note(
                INGEST_DUCKDB, sides.duckdb("openstax_ingest.duckdb.sql", folder, truth.parsed())));
      }
      ours.add(
          note(
              INGEST + "-" + plan.runner(),
              sides.lyceum(plan.runner(), "openstax", folder, truth.events())));
      if (isCompared) {
        ratios.add(ours.get(pair) / theirs.get(pair));
      }
    }
    if (isCompared) {
      print(INGEST + "-" + plan.runner(), "seconds", EdxIngestBenchmark.median(ours), "s");
      print(INGEST_DUCKDB, "seconds", EdxIngestBenchmark.median(theirs), "s");
      print(INGEST, "ratio", EdxIngestBenchmark.median(ratios), "x");
    }
  }

  private void ask(Path folder, OpenStaxTruth truth) throws BenchFailure {
    if (!plan.publish().isEmpty()) {
      MeasuredProcess.run(plan.publish(), sides.work().resolve("logs").resolve("publish.log"));
    }
    Questions questions = new Questions(sides.yardsticks(), folder);
    List<Double> trino = questions.trino(plan.trino());
    List<Double> duckdb = isAsked(QUESTION_DUCKDB) ? questions.duckdb() : List.of();
    List<Double> today =
        isAsked(QUESTION_TODAY)
            ? TodaysWay.measured(sides, folder, truth.parsed(), questions)
            : List.of();
    for (int i = 0; i < trino.size(); i++) {
      print(QUESTION + "-" + (i + 1), "trino", trino.get(i), "s");
    }
    print(QUESTION_DUCKDB, "ratio", lowest(duckdb, trino), "x");
    print(QUESTION_TODAY, "ratio", lowest(today, trino), "x");
  }

  /** How many times faster Trino is, for the question where it is least. */
  private static double lowest(List<Double> others, List<Double> trino) {
    double lowest = Double.NaN;
    for (int i = 0; i < others.size(); i++) {
      double ratio = others.get(i) / trino.get(i);
      lowest = Double.isNaN(lowest) ? ratio : Math.min(lowest, ratio);
    }
    return lowest;
  }

  /** The files, made if they are not there, and read once so that they are in memory. */
  private OpenStaxTruth generated(Path folder) throws BenchFailure {
    try {
      OpenStaxTruth truth =
          Files.exists(folder.resolve(OpenStaxTruth.FILE)) ? OpenStaxTruth.read(folder) : null;
      if (truth == null
          || !truth.options().equals(plan.options())
          || truth.generator() != OpenStaxGenerator.VERSION) {
        Sides.empty(folder);
        truth = OpenStaxGenerator.generate(plan.options(), folder);
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.readAllBytes(file);
        }
      }
      return truth;
    } catch (IOException e) {
      throw new BenchFailure("cannot generate the files in " + folder + ": " + e.getMessage());
    }
  }

  private static double note(String name, MeasuredProcess run) {
    System.out.printf(Locale.ROOT, "run %s: %s%n", name, run);
    return run.seconds();
  }

  private void print(String name, String figure, double value, String unit) {
    if (isAsked(name) && !Double.isNaN(value)) {
      System.out.printf(Locale.ROOT, "bench %s.%s %.2f %s%n", name, figure, value, unit);
    }
  }

  private boolean isAsked(String name) {
    return name.startsWith(plan.only());
  }
}
