package org.lyceum.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.lyceum.testdata.OpenStaxOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The benchmarks, each with its yardstick in the same run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = {
      "Runs the benchmarks and prints: bench <name>.<figure> <x> <unit>.",
      "Commands are split at blanks; then {input}, {runner} (direct, flink) and {columns} (all, 16) are filled in."
    })
public final class Bench implements Callable<Integer> {
  @Option(names = "--only", defaultValue = "", description = "Beginning of the names to run.")
  private String only;

  @Option(
      names = "--ingest-command",
      required = true,
      description = "Ingests {input}; is measured.")
  private String ingest;

  @Option(
      names = "--prepare-command",
      defaultValue = "",
      description = "Empties the lake before each ingest.")
  private String prepare;

  @Option(
      names = "--count-command",
      defaultValue = "",
      description = "Prints, last, how many events the lake shows.")
  private String count;

  @Option(
      names = "--ingest-openstax-command",
      defaultValue = "",
      description = "Ingests stored OpenStax events, {input}; is measured.")
  private String ingestOpenStax;

  @Option(
      names = "--count-openstax-command",
      defaultValue = "",
      description = "Prints, last, how many OpenStax events the lake shows.")
  private String countOpenStax;

  @Option(
      names = "--publish-command",
      defaultValue = "",
      description = "Publishes the views that questions ask.")
  private String publish;

  @Option(
      names = "--trino",
      defaultValue = "",
      description = "Address of Trino for JDBC, with catalog; no questions are asked if blank.")
  private String trino;

  @Option(names = "--days", defaultValue = "30", description = "Storage days of OpenStax events.")
  private int days;

  @Option(names = "--files-per-day", defaultValue = "1500", description = "Files of such a day.")
  private int filesPerDay;

  @Option(
      names = "--work",
      required = true,
      description = "Folder for logs and outputs; logs are kept and used again.")
  private Path work;

  @Option(
      names = "--yardsticks",
      defaultValue = "bench",
      description = "Folder of the yardsticks' SQL.")
  private Path yardsticks;

  @Option(
      names = "--runners",
      split = ",",
      defaultValue = "direct,flink",
      description = "Runners to compare.")
  private List<String> runners;

  @Option(names = "--lines", defaultValue = "1000000", description = "Lines of the log.")
  private long lines;

  @Option(names = "--pairs", defaultValue = "3", description = "How often each side is run.")
  private int pairs;

  @Mixin private StreamBenchmarks streams;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() {
    try {
      new EdxIngestBenchmark(
              new EdxIngestBenchmark.Plan(only, runners, lines, pairs), sides(ingest, count))
          .run();
      new OpenStaxBenchmark(
              new OpenStaxBenchmark.Plan(
                  only,
                  runners.get(0),
                  OpenStaxOptions.clean(days, filesPerDay),
                  pairs,
                  words(publish),
                  trino),
              sides(ingestOpenStax, countOpenStax))
          .run();
      streams.runIfAsked(only, work.toAbsolutePath(), words(prepare));
      return 0;
    } catch (BenchFailure e) {
      System.err.println("bench: " + e.getMessage());
      return 1;
    }
  }

  private Sides sides(String ingestCommand, String countCommand) {
    return new Sides(
        words(prepare),
        words(ingestCommand),
        words(countCommand),
        yardsticks.toAbsolutePath(),
        work.toAbsolutePath());
  }

  private static List<String> words(String command) {
    return command.isBlank() ? List.of() : List.of(command.strip().split("\\s+"));
  }
}
