package org.lyceum.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The logs of an engine that died, and when it was started, in; where to look and the last line
 * that says why, out. That is the last one that names an error, else the last one; frames of stack
 * traces say nothing.
 */
final class LastWords {
  /**
   * Says what went wrong; the second form is how Trino lists what is wrong in its configuration.
   */
  private static final Pattern ERROR =
      Pattern.compile("(?i).*(error|exception|caused by|fatal)\\b.*|\\d+\\) .*");

  private static final Pattern FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ ).*");
  private static final int SHOWN = 300;

  private LastWords() {}

  static String of(List<Path> logs, FileTime since) {
    String fallback = "it left no log";
    for (Path log : logs) {
      List<String> lines = lines(log, since);
      if (lines.isEmpty()) {
        continue;
      }
      List<String> errors = lines.stream().filter(line -> ERROR.matcher(line).matches()).toList();
      if (!errors.isEmpty()) {
        return quote(log, errors.get(errors.size() - 1));
      }
      fallback = quote(log, lines.get(lines.size() - 1));
    }
    return fallback;
  }

  private static String quote(Path log, String line) {
    String said = line.strip().replace('\t', ' ');
    return "its log %s ends with: %s"
        .formatted(log, said.length() > SHOWN ? said.substring(0, SHOWN) + "…" : said);
  }

  private static List<String> lines(Path log, FileTime since) {
    try {
      if (Files.getLastModifiedTime(log).compareTo(since) < 0) {
        return List.of();
      }
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !FRAME.matcher(line).matches())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
