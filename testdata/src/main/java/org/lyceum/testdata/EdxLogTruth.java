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
 * What is true of generated logs, known because they were made so.
 *
 * @param generator version of the generator; it rises when the same options give other bytes
 * @param options what was asked for
 * @param lines lines of all files
 * @param bytes decompressed bytes of all files
 * @param skipped blank lines and comments
 * @param failed lines that must fail, by failure code; codes without a line are left out
 * @param parsed lines that must parse: lines = parsed + skipped + failed
 * @param events distinct events, which is the number of rows that a reader sees
 * @param hiddenCopies rows that no reader sees: parsed = events + hiddenCopies
 * @param eventsByName distinct events by resolved name; the empty name is a NULL event_name
 * @param logs the files, in the order in which they were written
 */
public record EdxLogTruth(
    int generator,
    EdxLogOptions options,
    long lines,
    long bytes,
    long skipped,
    SortedMap<String, Long> failed,
    long parsed,
    long events,
    long hiddenCopies,
    SortedMap<String, Long> eventsByName,
    List<Log> logs) {

  /** Name of the file that holds the truth, beside the logs. */
  public static final String FILE = "truth.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  /**
   * The account of one file.
   *
   * @param name name of the file, in the folder of the truth
   * @param lines its lines
   * @param bytes its bytes, decompressed
   * @param fileBytes its size on the disk
   * @param skipped its blank lines and comments
   * @param failed its lines that must fail, by failure code
   * @param parsed its lines that must parse
   */
  public record Log(
      String name,
      long lines,
      long bytes,
      long fileBytes,
      long skipped,
      SortedMap<String, Long> failed,
      long parsed) {}

  /** All lines that must fail. */
  public long failedLines() {
    return failed.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Reads the truth of a folder of generated logs. */
  public static EdxLogTruth read(Path folder) throws IOException {
    return JSON.readValue(folder.resolve(FILE).toFile(), EdxLogTruth.class);
  }

  void write(Path folder) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    Files.writeString(folder.resolve(FILE), JSON.writer(printer).writeValueAsString(this) + "\n");
  }
}
