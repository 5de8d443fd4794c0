package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
  private static final FileTime START = FileTime.fromMillis(1_000_000);

  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void choose() {
    log = folder.resolve("trino.log");
  }

  @Test
  void theLastLineThatNamesAnErrorIsTold() throws IOException {
    Files.writeString(
        log,
        """
        INFO starting
        ERROR\tmain\tCannot start
        Caused by: java.net.BindException: Address already in use
        \tat java.base/sun.nio.ch.Net.bind0(Native Method)
        \t... 12 more
        INFO stopping
        """);
    assertEquals(
        "its log %s ends with: Caused by: java.net.BindException: Address already in use"
            .formatted(log),
        LastWords.of(List.of(log), START));
  }

  @Test
  void whatIsWrongInAConfigurationIsTold() throws IOException {
    Files.writeString(
        log,
        """
        ERROR\tmain\tio.trino.server.Server\tConfiguration is invalid
        ==========

        Errors:

        1) Configuration property 'node.color' was not used

        ==========
        """);
    assertEquals(
        "its log %s ends with: 1) Configuration property 'node.color' was not used".formatted(log),
        LastWords.of(List.of(log), START));
  }

  @Test
  void anErrorOfAnEarlierStartIsNotTold() throws IOException {
    Files.writeString(log, "ERROR of yesterday\n");
    Files.setLastModifiedTime(log, FileTime.fromMillis(1));
    Path output = Files.writeString(folder.resolve("trino.out"), "Unrecognized option: -Xmy2g\n");
    assertEquals(
        "its log %s ends with: Unrecognized option: -Xmy2g".formatted(output),
        LastWords.of(List.of(log, output), START));
    assertEquals("it left no log", LastWords.of(List.of(log), START));
  }
}
