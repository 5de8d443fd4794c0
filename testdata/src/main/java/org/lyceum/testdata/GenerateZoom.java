package org.lyceum.testdata;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Generates Zoom's meetings and users to a folder, one JSON object a line. */
@Command(
    name = "generate-zoom",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "Generates days of Zoom meetings and their hosts, for Zoom's test server.")
final class GenerateZoom implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  @Option(
      names = "--out",
      required = true,
      description = "Folder for meetings.jsonl, users.jsonl and truth.json.")
  private Path out;

  @Option(names = "--first-day", defaultValue = "2026-03-02", description = "First day.")
  private LocalDate firstDay;

  @Option(names = "--days", defaultValue = "2", description = "How many days.")
  private int days;

  @Option(
      names = "--meetings",
      defaultValue = "12",
      description = "Meetings of a day, the series and the personal room aside.")
  private int meetings;

  @Option(names = "--seed", defaultValue = "1", description = "Same seed, same meetings.")
  private long seed;

  @Override
  public Integer call() throws IOException {
    ZoomGenerator generator = new ZoomGenerator(seed, firstDay, days, meetings);
    Files.createDirectories(out);
    Files.write(
        out.resolve("meetings.jsonl"),
        generator.meetings().stream().map(ZoomMeetingTexts::line).toList());
    Files.write(out.resolve("users.jsonl"), generator.users());
    Files.writeString(out.resolve("truth.json"), JSON.writeValueAsString(generator.truth()));
    System.out.println(out);
    return 0;
  }
}
