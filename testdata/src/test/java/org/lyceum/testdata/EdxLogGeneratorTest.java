package org.lyceum.testdata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdxLogGeneratorTest {
  private static final EdxLogOptions COLLECTED =
      EdxLogOptions.asCollected(6_000)
          .withSeed(7)
          .withFiles(3, 1)
          .withCopies(0.02, 0.03, 0.04)
          .withBroken(LineKind.eachBroken(0.005))
          .withSkipped(0.02)
          .withPrefixed(0.05);

  @TempDir private Path folder;

  @Test
  void truthAgreesWithAnIndependentRecount() throws IOException {
    EdxLogTruth truth = EdxLogGenerator.generate(COLLECTED, folder);
    assertAgrees(truth);
    for (LineKind kind : LineKind.BROKEN) {
      assertEquals(30, truth.failed().get(kind.code()), 1, kind.code());
    }
    assertEquals(6_000 * 0.09, (double) truth.hiddenCopies(), 3);
    assertEquals(6_000 * 0.02, (double) truth.skipped(), 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 7, 50, 211})
  void truthHoldsForFewLines(long lines) throws IOException {
    for (int seed = 0; seed < 5; seed++) {
      EdxLogOptions options =
          new EdxLogOptions(
              seed,
              lines,
              1 + seed,
              seed / 2,
              1 + seed,
              0.1,
              0.1,
              0.1,
              LineKind.eachBroken(0.05),
              0.1,
              0.5);
      EdxLogTruth truth = EdxLogGenerator.generate(options, folder.resolve("s" + seed));
      assertAgrees(truth, folder.resolve("s" + seed));
      assertEquals(1 + seed, truth.logs().size());
    }
  }

  @Test
  void everyLineOfACleanLogIsAnEvent() throws IOException {
    EdxLogTruth truth = EdxLogGenerator.generate(EdxLogOptions.clean(10_000), folder);
    assertAgrees(truth);
    assertEquals(10_000, truth.parsed());
    assertEquals(9_950, truth.events());
    assertEquals(1_050, truth.bytes() / 10_000.0, 120, "bytes per line");
  }

  @Test
  void sameOptionsGiveTheSameBytes() throws IOException {
    EdxLogGenerator.generate(COLLECTED, folder.resolve("a"));
    EdxLogGenerator.generate(COLLECTED, folder.resolve("b"));
    EdxLogGenerator.generate(COLLECTED.withSeed(8), folder.resolve("c"));
    for (String name :
        List.of(
            "tracking-00001.log.gz",
            "tracking-00002.log",
            "tracking-00003.log",
            EdxLogTruth.FILE)) {
      byte[] first = Files.readAllBytes(folder.resolve("a").resolve(name));
      assertArrayEquals(first, Files.readAllBytes(folder.resolve("b").resolve(name)), name);
      assertFalse(
          java.util.Arrays.equals(first, Files.readAllBytes(folder.resolve("c").resolve(name))),
          name);
    }
  }

  @Test
  void truthIsReadAsItWasWritten() throws IOException {
    EdxLogTruth truth = EdxLogGenerator.generate(COLLECTED, folder);
    assertEquals(truth, EdxLogTruth.read(folder));
  }

  @Test
  void whatIsThereIsKeptUnlessOptionsDiffer() throws IOException {
    EdxLogOptions options = EdxLogOptions.clean(100);
    EdxLogTruth truth = EdxLogGenerator.generate(options, folder);
    Path log = folder.resolve(truth.logs().get(0).name());
    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(log, longAgo);
    assertEquals(truth, EdxLogGenerator.generateUnlessThere(options, folder));
    assertEquals(longAgo, Files.getLastModifiedTime(log));

    EdxLogTruth other = EdxLogGenerator.generateUnlessThere(options.withSeed(2), folder);
    assertAgrees(other);
    assertTrue(Files.getLastModifiedTime(log).compareTo(longAgo) > 0);
  }

  @Test
  void sharesMustBeShares() {
    EdxLogOptions options = EdxLogOptions.clean(10);
    assertEquals(
        "no lines can be generated for failure code corrupt_file",
        assertThrows(
                IllegalArgumentException.class,
                () -> options.withBroken(Map.of("corrupt_file", 0.1)))
            .getMessage());
    assertEquals(
        "the shares of lines that are not new events exceed 0.9",
        assertThrows(IllegalArgumentException.class, () -> options.withSkipped(0.95)).getMessage());
  }

  private void assertAgrees(EdxLogTruth truth) throws IOException {
    assertAgrees(truth, folder);
  }

  private static void assertAgrees(EdxLogTruth truth, Path folder) throws IOException {
    Recount recount = Recount.of(folder, truth);
    assertEquals(truth.options().lines(), truth.lines());
    assertEquals(recount.lines, truth.lines());
    assertEquals(recount.bytes, truth.bytes());
    assertEquals(recount.skipped, truth.skipped());
    assertEquals(recount.failed, truth.failed());
    assertEquals(recount.parsed, truth.parsed());
    assertEquals(recount.events.size(), truth.events());
    assertEquals(recount.eventsByName, truth.eventsByName());
    assertEquals(truth.parsed(), truth.events() + truth.hiddenCopies());
    assertEquals(truth.lines(), truth.parsed() + truth.skipped() + truth.failedLines());
  }
}
