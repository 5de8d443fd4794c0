package org.lyceum.pipelines.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongFunction;
import org.lyceum.transforms.lake.StreamProgress;
import org.lyceum.transforms.land.Progress;

/** While it is open, a line every few seconds: how much is done, rate, time left. */
public final class ProgressLine implements AutoCloseable {
  private static final int SECONDS = 5;

  private final LongFunction<String> line;
  private final long startedAt = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  private ProgressLine(LongFunction<String> line) {
    this.line = line;
  }

  /**
   * A line for a run over files.
   *
   * @param total bytes to read, as they lie on disk
   */
  public static ProgressLine ofBytes(String pipeline, long total) {
    return new ProgressLine(
        startedAt ->
            line(pipeline, Progress.bytes(), Progress.records(), total, seconds(startedAt)));
  }

  /** A line for a run over so many offsets of topics. */
  static ProgressLine ofOffsets(String pipeline, long total) {
    return new ProgressLine(
        startedAt -> {
          double rate = Progress.records() / seconds(startedAt);
          double left = Math.max(0, total - Progress.records()) / rate;
          return String.format(
              Locale.ROOT,
              "%s: %,d of %,d messages, %s, %,.0f messages/s, %s left",
              pipeline,
              Progress.records(),
              total,
              size(Progress.bytes()),
              rate,
              rate == 0 ? "?" : String.format(Locale.ROOT, "%.0f s", left));
        });
  }

  /** A line for a run without end. */
  static ProgressLine ofStream(String pipeline) {
    return new ProgressLine(
        startedAt ->
            String.format(
                Locale.ROOT,
                "%s: %,d messages read, %,d records in the lake by %,d commits, last at %s in %,d ms",
                pipeline,
                Progress.records(),
                StreamProgress.records(),
                StreamProgress.commits(),
                StreamProgress.commits() == 0
                    ? "never"
                    : Instant.ofEpochMilli(StreamProgress.lastAt()).truncatedTo(ChronoUnit.SECONDS),
                StreamProgress.lastMillis()));
  }

  /**
   * A line for a run that does one thing after the other.
   *
   * @param what such things are called
   * @param done how many are done
   */
  public static ProgressLine ofSteps(String name, String what, int total, IntSupplier done) {
    return new ProgressLine(
        startedAt -> steps(name, what, done.getAsInt(), total, seconds(startedAt)));
  }

  /** Prints from now on. */
  public void start() {
    var unused =
        clock.scheduleAtFixedRate(
            () -> System.err.println(line.apply(startedAt)), SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private static double seconds(long startedAt) {
    return (System.nanoTime() - startedAt) / 1e9;
  }

  static String steps(String name, String what, int done, int total, double seconds) {
    String left =
        done == 0 ? "?" : String.format(Locale.ROOT, "%.0f s", seconds / done * (total - done));
    return String.format(Locale.ROOT, "%s: %,d of %,d %s, %s left", name, done, total, what, left);
  }

  static String line(String pipeline, long bytes, long records, long total, double seconds) {
    double rate = bytes / seconds;
    String left =
        bytes == 0 ? "?" : String.format(Locale.ROOT, "%.0f s", Math.max(0, total - bytes) / rate);
    return String.format(
        Locale.ROOT,
        "%s: %s of %s, %,d records, %s/s, %s left",
        pipeline,
        size(bytes),
        size(total),
        records,
        size((long) rate),
        left);
  }

  /** A size as a person reads it. */
  public static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = -1;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
