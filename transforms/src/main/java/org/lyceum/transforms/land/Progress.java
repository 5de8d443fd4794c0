package org.lyceum.transforms.land;

import java.util.concurrent.atomic.LongAdder;

/**
 * Bytes and records done by the workers of this JVM since it started; what the progress line shows.
 * They are attempts: the books are counted from what was committed.
 */
public final class Progress {
  private static final LongAdder BYTES = new LongAdder();
  private static final LongAdder RECORDS = new LongAdder();

  private Progress() {}

  static void add(long bytes, long records) {
    BYTES.add(bytes);
    RECORDS.add(records);
  }

  /** Bytes read, as they lie on disk. */
  public static long bytes() {
    return BYTES.sum();
  }

  public static long records() {
    return RECORDS.sum();
  }
}
