package org.lyceum.testdata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * Options in; days of stored OpenStax events and the truth about them out: Parquet files in the
 * source's layout, {@code <event>/year=2026/month=03/day=01/<name>.parquet}, below one folder.
 */
public final class OpenStaxGenerator {
  /** Rises when the same options give other bytes. */
  public static final int VERSION = 2;

  private OpenStaxGenerator() {}

  /** Writes the files and their truth into the folder, which is made if it is not there. */
  public static OpenStaxTruth generate(OpenStaxOptions options, Path folder) throws IOException {
    OpenStaxDays days = new OpenStaxDays(options);
    Files.createDirectories(folder);
    Set<Path> made = new HashSet<>();
    long bytes = 0;
    for (OpenStaxFile file = days.next(); file != null; file = days.next()) {
      Path path = folder.resolve(file.path());
      if (made.add(path.getParent())) {
        Files.createDirectories(path.getParent());
      }
      byte[] written = bytes(file);
      Files.write(path, written);
      bytes += written.length;
    }
    OpenStaxTruth truth = days.truth(bytes);
    truth.write(folder);
    return truth;
  }

  private static byte[] bytes(OpenStaxFile file) throws IOException {
    byte[] sound = OpenStaxParquet.bytes(file.rows(), file.type(), file.shape());
    return switch (file.damage()) {
      case NONE -> sound;
      case CUT -> Arrays.copyOf(sound, sound.length / 2);
      case NO_PARQUET -> "<html>503 Slow Down</html>\n".getBytes(StandardCharsets.US_ASCII);
      case NOTHING -> new byte[0];
    };
  }

  /**
   * The events of all sound files, in the order of their rows, for other carriers: copies come
   * again, rows that must fail are left out.
   */
  public static void forEachEvent(OpenStaxOptions options, Consumer<OpenStaxEvent> to) {
    OpenStaxDays days = new OpenStaxDays(options);
    for (OpenStaxFile file = days.next(); file != null; file = days.next()) {
      if (file.damage() == OpenStaxFile.Damage.NONE) {
        file.rows().stream().filter(event -> !event.key().isEmpty()).forEach(to);
      }
    }
  }

  /** As {@link #forEachEvent}, all at once. */
  public static List<OpenStaxEvent> events(OpenStaxOptions options) {
    List<OpenStaxEvent> events = new ArrayList<>();
    forEachEvent(options, events::add);
    return events;
  }

  /** The command line; see {@link GenerateOpenStax}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GenerateOpenStax()).execute(args));
  }
}
