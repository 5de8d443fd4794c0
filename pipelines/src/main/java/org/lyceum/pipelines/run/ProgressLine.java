package org.lyceum.pipelines.run;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.lyceum.transforms.land.Progress;

/** While it is open, a line every few seconds: bytes, records, rate, time left. */
public final class ProgressLine implements AutoCloseable {
  private static final int SECONDS = 5;

  private final String pipeline;
  private final long total;
  private final long startedAt = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A line for one run.
   *
   * @param total bytes to read, as they lie on disk
   */
  public ProgressLine(String pipeline, long total) {
    this.pipeline = pipeline;
    this.total = total;
  }

  /** Prints from now on. */
  void start() {
    var unused = clock.scheduleAtFixedRate(this::print, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private void print() {
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    System.err.println(line(pipeline, Progress.bytes(), Progress.records(), total, seconds));
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
