package org.lyceum.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command in, what it cost out, its descendants included.
 *
 * @param seconds from start to end
 * @param cpuSeconds in user and system mode; NaN where there is no /proc
 * @param peakMegabytes largest resident memory, in 1,000,000 bytes; NaN where there is no /proc
 */
record MeasuredProcess(double seconds, double cpuSeconds, double peakMegabytes) {
  /** Linux reports times in hundredths to programs, whatever the kernel's own clock is. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int POLL_MILLIS = 100;

  /** Runs the command to its end; what it prints goes to the log. */
  static MeasuredProcess run(List<String> command, Path log) throws BenchFailure {
    try {
      Files.createDirectories(log.getParent());
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Map<Long, Long> ticks = new HashMap<>();
      long peakKilobytes = 0;
      boolean hasEnded;
      do {
        peakKilobytes = Math.max(peakKilobytes, poll(process.toHandle(), ticks));
        hasEnded = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } while (!hasEnded);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (process.exitValue() != 0) {
        throw new BenchFailure(
            "exit " + process.exitValue() + " of: " + String.join(" ", command) + "; see " + log);
      }
      boolean isKnown = Files.isReadable(Path.of("/proc/self/stat")); // else no Linux
      double cpu = ticks.values().stream().mapToLong(Long::longValue).sum() / TICKS_PER_SECOND;
      return new MeasuredProcess(
          seconds, isKnown ? cpu : Double.NaN, isKnown ? peakKilobytes * 1.024e-3 : Double.NaN);
    } catch (IOException e) {
      throw new BenchFailure("cannot run " + command.get(0) + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }

  /** The last line that the command prints to standard output. */
  static String lastLine(List<String> command, Path log) throws BenchFailure {
    run(command, log);
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> !line.isBlank()).reduce("", (before, line) -> line).strip();
    } catch (IOException | UncheckedIOException e) {
      throw new BenchFailure("cannot read " + log);
    }
  }

  /** Notes the CPU time of every process of the tree; returns their resident memory at its peak. */
  private static long poll(ProcessHandle root, Map<Long, Long> ticks) {
    return Stream.concat(Stream.of(root), root.descendants())
        .mapToLong(process -> poll(process.pid(), ticks))
        .sum();
  }

  private static long poll(long pid, Map<Long, Long> ticks) {
    Path folder = Path.of("/proc", Long.toString(pid));
    try {
      String stat = Files.readString(folder.resolve("stat"));
      // The name, in parentheses, may hold blanks; utime and stime are the 12th and 13th after it.
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      ticks.put(pid, Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)));
      for (String line : Files.readAllLines(folder.resolve("status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // It has ended since it was listed, or this is no Linux.
    }
    return 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.2f s, cpu %.2f s, peak %.0f MB", seconds, cpuSeconds, peakMegabytes);
  }
}
