package org.lyceum.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  @Option(
      names = "--out",
      required = true,
      description = "Folder for meetings.jsonl and users.jsonl.")
  private Path out;

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
    ZoomGenerator generator = new ZoomGenerator(seed, days, meetings);
    Files.createDirectories(out);
    Files.write(
        out.resolve("meetings.jsonl"),
        generator.meetings().stream().map(ZoomMeetingTexts::line).toList());
    Files.write(out.resolve("users.jsonl"), generator.users());
    System.out.println(generator.truth());
    System.out.println(out);
    return 0;
  }
}
