package org.lyceum.testdata;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * What is true of generated days of OpenStax events, known because they were made so.
 *
 * @param generator version of the generator; it rises when the same options give other bytes
 * @param options what was asked for
 * @param files all files, broken and empty ones included
 * @param bytes of all files
 * @param brokenFiles files that cannot be read; their rows are in none of the counts
 * @param emptyFiles files that are sound and have no row
 * @param rows rows of all sound files
 * @param failed rows that must fail, by failure code
 * @param parsed rows that must parse: rows = parsed + failed
 * @param events distinct events, which is the number of rows that a reader sees
 * @param hiddenCopies rows that no reader sees: parsed = events + hiddenCopies
 * @param conflicts hidden copies whose content differs from the row that shows; the time aside
 * @param lateEvents events that happened on another day than the one that first stored them
 * @param eventsByType distinct events by documented type
 * @param days the days of storage, in order
 */
public record OpenStaxTruth(
    int generator,
    OpenStaxOptions options,
    long files,
    long bytes,
    long brokenFiles,
    long emptyFiles,
    long rows,
    SortedMap<String, Long> failed,
    long parsed,
    long events,
    long hiddenCopies,
    long conflicts,
    long lateEvents,
    SortedMap<String, Long> eventsByType,
    List<Day> days) {

  /** Its name, beside the folders. */
  public static final String FILE = "truth.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  /**
   * One day of storage.
   *
   * @param date as in {@code 2026-03-01}, however its folders are written
   * @param rowsByType rows of sound files, by documented type
   */
  public record Day(
      String date,
      long files,
      long brokenFiles,
      long emptyFiles,
      long rows,
      long failed,
      long parsed,
      SortedMap<String, Long> rowsByType) {}

  /** Reads the truth of a folder of generated files. */
  public static OpenStaxTruth read(Path folder) throws IOException {
    return JSON.readValue(folder.resolve(FILE).toFile(), OpenStaxTruth.class);
  }

  void write(Path folder) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    Files.writeString(folder.resolve(FILE), JSON.writer(printer).writeValueAsString(this) + "\n");
  }
}
