package org.lyceum.testdata;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Generates edX tracking logs and their truth.json in a folder, and says what they hold. */
@Command(
    name = "generate-edx-logs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "Generates edX tracking logs, and truth.json, which says what is in them.")
final class GenerateEdxLogs implements Callable<Integer> {
  @Option(names = "--out", required = true, description = "Folder for the logs.")
  private Path out;

  @Option(names = "--lines", defaultValue = "5000", description = "Lines of all files together.")
  private long lines;

  @Option(names = "--files", defaultValue = "1", description = "How many files.")
  private int files;

  @Option(
      names = "--gzip",
      arity = "0..1",
      defaultValue = "0",
      fallbackValue = "99999",
      description = "So many files, the oldest, are gzip; all, if no number is given.")
  private int gzip;

  @Option(names = "--seed", defaultValue = "1", description = "Same seed, same bytes.")
  private long seed;

  @Option(names = "--days", defaultValue = "112", description = "Days that the events span.")
  private int days;

  @Option(
      names = "--clean",
      description =
          "No comments, no shippers' text, no broken lines, and no copies but --duplicates.")
  private boolean isClean;

  @Option(
      names = "--duplicates",
      description = "Share of lines that repeat a line of their file (0.005).")
  private Double duplicates;

  @Option(
      names = "--shared",
      description = "Share of lines that repeat a line of an earlier file (0.005).")
  private Double shared;

  @Option(
      names = "--equal",
      description = "Share of lines that hold an earlier object in other bytes (0.002).")
  private Double equal;

  @Option(
      names = "--broken",
      split = ",",
      paramLabel = "<code>=<share>",
      description =
          "Shares of broken lines by failure code; all=<share> gives it to each code (all=0.0005).")
  private Map<String, Double> broken;

  @Option(names = "--skipped", description = "Share of blank lines and comments (0.003).")
  private Double skipped;

  @Option(names = "--prefixed", description = "Share of events with text before their JSON (0.01).")
  private Double prefixed;

  @Override
  public Integer call() throws IOException {
    EdxLogTruth truth = EdxLogGenerator.generate(options(), out);
    System.out.printf(
        "%,d lines (%,d bytes) in %d files in %s: %,d events, %,d hidden copies, %,d failed, %,d skipped%n",
        truth.lines(),
        truth.bytes(),
        truth.logs().size(),
        out,
        truth.events(),
        truth.hiddenCopies(),
        truth.failedLines(),
        truth.skipped());
    return 0;
  }

  private EdxLogOptions options() {
    EdxLogOptions given = isClean ? EdxLogOptions.clean(lines) : EdxLogOptions.asCollected(lines);
    return given
        .withSeed(seed)
        .withDays(days)
        .withFiles(files, Math.min(gzip, files))
        .withCopies(
            or(duplicates, given.duplicates()),
            or(shared, given.shared()),
            or(equal, given.equal()))
        .withBroken(broken == null ? given.broken() : shares(broken))
        .withSkipped(or(skipped, given.skipped()))
        .withPrefixed(or(prefixed, given.prefixed()));
  }

  private static SortedMap<String, Double> shares(Map<String, Double> given) {
    SortedMap<String, Double> shares = new TreeMap<>();
    given.forEach(
        (code, share) -> {
          if (code.equals("all")) {
            shares.putAll(LineKind.eachBroken(share));
          }
        });
    given.forEach(
        (code, share) -> {
          if (!code.equals("all")) {
            shares.put(code, share);
          }
        });
    return shares;
  }

  private static double or(Double given, double otherwise) {
    return given == null ? otherwise : given;
  }
}
