package org.lyceum.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * The benchmarks of streams. They take from minutes to hours, and nothing else does what they
 * measure, so they run only when they are asked for by name.
 */
final class StreamBenchmarks {
  private static final List<String> DAY =
      Stream.of("metadata-start", "metadata-end", "commit-start", "commit-end", "files-end")
          .map(figure -> "day." + figure)
          .toList();
  private static final List<String> FRESHNESS =
      Stream.of("p50", "p99", "commit-empty-day", "commit-full-day")
          .map(figure -> "freshness." + figure)
          .toList();

  @Option(
      names = "--day-commits",
      defaultValue = "${env:DAY_COMMITS:-8640}",
      description = "Commits of the simulated day; 8640 are all of it.")
  private int dayCommits;

  @Option(
      names = "--trino-port",
      defaultValue = "${env:TRINO_PORT:-8080}",
      description = "Port of the lake's Trino, for the benchmarks of streams.")
  private int trinoPort;

  /**
   * Runs those whose figures begin so.
   *
   * @param prepare words of the command that empties the lake; none if empty
   */
  void runIfAsked(String only, Path work, List<String> prepare) throws BenchFailure {
    if (only.isEmpty()) {
      System.err.println(
          "bench: day (hours) and freshness (12 minutes) run only when named: ONLY=day");
      return;
    }
    if (isAsked(DAY, only)) {
      DayOfCommits day = new DayOfCommits(dayCommits, trinoPort);
      empty(prepare, work);
      day.run();
    }
    if (isAsked(FRESHNESS, only)) {
      empty(prepare, work);
      freshness(work);
    }
  }

  private void freshness(Path work) throws BenchFailure {
    try {
      new FreshnessBenchmark(FreshnessBenchmark.Plan.STANDARD, work, trinoPort).run();
    } catch (IOException | SQLException e) {
      throw new BenchFailure("freshness: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }

  private static boolean isAsked(List<String> figures, String only) {
    return figures.stream().anyMatch(figure -> figure.startsWith(only));
  }

  private static void empty(List<String> prepare, Path work) throws BenchFailure {
    if (!prepare.isEmpty()) {
      MeasuredProcess.run(prepare, work.resolve("logs").resolve("prepare.log"));
    }
  }
}
