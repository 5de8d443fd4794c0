package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * example.env is the one list of settings: each is used, and none is read that it does not have.
 */
class SettingsTest {
  private static final Path ROOT = Path.of("..");

  /** What make hands over, and what the test engines are told; no settings of a person. */
  private static final Pattern INTERNAL =
      Pattern.compile("LYCEUM_.*|BENCH_.*|JAVA_HOME|HOME|XDG_.*|PATH");

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String sources() throws IOException {
    try (Stream<Path> paths = Files.walk(ROOT)) {
      return paths
          .filter(path -> path.toString().matches(".*/src/main/.*\\.(java|properties|xml)"))
          .filter(path -> !path.toString().contains("/target/"))
          .map(SettingsTest::text)
          .collect(Collectors.joining("\n"));
    }
  }

  @Test
  void everySettingIsUsedAndEveryUsedOneIsListed() throws IOException {
    Set<String> listed = found("^([A-Z0-9_]+)=", text(ROOT.resolve("example.env")));
    String make = text(ROOT.resolve("Makefile"));
    String sources = sources();
    for (String setting : listed) {
      boolean isUsed = make.contains("$(" + setting + ")") || sources.contains(setting);
      assertTrue(isUsed, setting + " stands in example.env, and nothing reads it");
    }
    Set<String> read = new TreeSet<>();
    read.addAll(found("getenv\\(\"([A-Z0-9_]+)\"\\)", sources));
    read.addAll(found("\\$\\{env:([A-Z0-9_]+)", sources));
    read.removeIf(name -> INTERNAL.matcher(name).matches() || listed.contains(name));
    assertEquals(Set.of(), read, "read, but not in example.env");
  }

  @Test
  void everySettingSaysWhatItIs() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("example.env"));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches("[A-Z0-9_]+=.*")) {
        assertTrue(lines.get(i - 1).startsWith("# "), lines.get(i) + " has no sentence before it");
      }
    }
  }
}
