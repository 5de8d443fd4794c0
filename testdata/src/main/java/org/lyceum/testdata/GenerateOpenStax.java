package org.lyceum.testdata;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Generates days of stored OpenStax events and their truth.json, and says what they hold. */
@Command(
    name = "generate-openstax",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "Generates OpenStax Parquet files, and truth.json, which says what is in them.")
final class GenerateOpenStax implements Callable<Integer> {
  @Option(names = "--out", required = true, description = "Folder for the files.")
  private Path out;

  @Option(names = "--days", defaultValue = "1", description = "Days of storage.")
  private int days;

  @Option(names = "--files-per-day", defaultValue = "100", description = "Of all types together.")
  private int filesPerDay;

  @Option(names = "--rows-per-file", defaultValue = "40", description = "Rows of a file.")
  private int rowsPerFile;

  @Option(names = "--seed", defaultValue = "1", description = "Same seed, same bytes.")
  private long seed;

  @Option(
      names = "--dirty",
      description = "Copies, rows that fail, broken and empty files, and files of other writers.")
  private boolean isDirty;

  @Override
  public Integer call() throws IOException {
    OpenStaxOptions options = new OpenStaxOptions(days, filesPerDay, rowsPerFile, seed, isDirty);
    OpenStaxTruth truth = OpenStaxGenerator.generate(options, out);
    System.out.printf(
        "%,d files (%,d bytes, %,d broken) in %s: %,d rows, %,d events, %,d hidden copies, %,d failed%n",
        truth.files(),
        truth.bytes(),
        truth.brokenFiles(),
        out,
        truth.rows(),
        truth.events(),
        truth.hiddenCopies(),
        truth.rows() - truth.parsed());
    return 0;
  }
}
