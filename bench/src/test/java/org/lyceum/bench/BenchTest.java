package org.lyceum.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  @Test
  void everyFigureIsPrintedOnce() {
    assertEquals(0, bench("--only", "edx-ingest", "--count-command", distinctLines()));
    assertEquals(
        List.of(
            "bench edx-ingest-direct.seconds # s",
            "bench edx-ingest-flink.seconds # s",
            "bench edx-ingest-duckdb.seconds # s",
            "bench edx-ingest.ratio # x",
            "bench edx-ingest-peak-memory.megabytes # MB",
            "bench edx-ingest-16-columns.ratio # x",
            "bench edx-ingest-growth.ratio # x"),
        figures());
  }

  @Test
  void onlyWhatIsAskedForIsPrinted() {
    assertEquals(0, bench("--only", "edx-ingest-16"));
    assertEquals(List.of("bench edx-ingest-16-columns.ratio # x"), figures());
    assertEquals(0, bench("--only", "zoom"));
    assertEquals(List.of(), figures());
  }

  @Test
  void storedDaysAreComparedWithDuckDb() {
    String[] few = {"--only", "openstax-ingest", "--days=2", "--files-per-day=20"};
    assertEquals(0, bench(few));
    assertEquals(
        List.of(
            "bench openstax-ingest-direct.seconds # s",
            "bench openstax-ingest-duckdb.seconds # s",
            "bench openstax-ingest.ratio # x"),
        figures());
  }

  @Test
  void wrongNumberOfEventsFailsTheBenchmark() {
    assertEquals(1, bench("--only", "edx-ingest", "--count-command", "/bin/echo 7"));
    assertEquals(
        "bench: the lake shows 7 rows, the input holds 1990",
        complaints.toString(StandardCharsets.UTF_8).strip());
    assertEquals(List.of(), figures());
  }

  @Test
  void failedCommandFailsTheBenchmark() {
    assertEquals(1, bench("--prepare-command", "/bin/false"));
    assertTrue(
        complaints
            .toString(StandardCharsets.UTF_8)
            .startsWith("bench: exit 1 of: /bin/false; see "));
  }

  @Test
  void processIsMeasuredWithItsDescendants() throws Exception {
    Path log = folder.resolve("log");
    List<String> busy =
        List.of("/bin/sh", "-c", "(i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done); echo done");
    assertEquals("done", MeasuredProcess.lastLine(busy, log));
    MeasuredProcess measured = MeasuredProcess.run(busy, log);
    assertTrue(measured.seconds() > 0);
    if (Files.exists(Path.of("/proc/self/stat"))) {
      assertTrue(measured.cpuSeconds() <= measured.seconds() * 2 + 0.1, measured.toString());
      assertTrue(measured.peakMegabytes() > 0.1, measured.toString());
    }
    assertEquals(
        "exit 3 of: /bin/sh -c exit 3; see " + log,
        assertThrows(
                BenchFailure.class,
                () -> MeasuredProcess.run(List.of("/bin/sh", "-c", "exit 3"), log))
            .getMessage());
  }

  @Test
  void medianIsTheMiddle() {
    assertEquals(2, EdxIngestBenchmark.median(List.of(9.0, 2.0, 1.0)));
    assertEquals(1.5, EdxIngestBenchmark.median(List.of(2.0, 1.0)));
  }

  private int bench(String... arguments) {
    printed.reset();
    complaints.reset();
    PrintStream out = System.out;
    PrintStream err = System.err;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    try {
      Stream<String> common =
          Stream.of(
              "--work=" + folder,
              "--yardsticks=.",
              "--lines=2000",
              "--pairs=1",
              "--ingest-command",
              "/bin/cp {input} " + folder.resolve("lake"),
              "--ingest-openstax-command",
              "/bin/true");
      return new CommandLine(new Bench())
          .execute(Stream.concat(common, Stream.of(arguments)).toArray(String[]::new));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** A stand-in for the lake: its events are the distinct lines of what was ingested last. */
  private String distinctLines() {
    Path script = folder.resolve("count.sh");
    try {
      Files.writeString(script, "sort -u " + folder.resolve("lake") + " | wc -l\n");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return "/bin/sh " + script;
  }

  private List<String> figures() {
    return printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("bench "))
        .map(line -> line.replaceAll(" -?(\\d+\\.\\d\\d|Infinity) ", " # "))
        .toList();
  }
}
