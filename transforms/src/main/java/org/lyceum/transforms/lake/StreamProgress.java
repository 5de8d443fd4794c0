package org.lyceum.transforms.lake;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Records and commits of the stream that runs in this JVM; for its progress line and its last
 * entry. The books are the truth.
 */
public final class StreamProgress {
  private static final AtomicLong RECORDS = new AtomicLong();
  private static final AtomicLong COMMITS = new AtomicLong();
  private static final AtomicLong LAST_AT = new AtomicLong();
  private static final AtomicLong LAST_MILLIS = new AtomicLong();

  private StreamProgress() {}

  static void committed(long records, long at, long millis) {
    RECORDS.addAndGet(records);
    COMMITS.incrementAndGet();
    LAST_AT.set(at);
    LAST_MILLIS.set(millis);
  }

  public static long records() {
    return RECORDS.get();
  }

  public static long commits() {
    return COMMITS.get();
  }

  /** How long the last commit took, milliseconds. */
  public static long lastMillis() {
    return LAST_MILLIS.get();
  }

  /** When the last commit began, milliseconds since 1970; 0 before the first. */
  public static long lastAt() {
    return LAST_AT.get();
  }
}
