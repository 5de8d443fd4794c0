package org.lyceum.stack;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A condition in; whether it came true in time out. */
record Deadline(long nanos) {
  private static final long STEP_MILLIS = 50;

  static Deadline in(Duration patience) {
    return new Deadline(System.nanoTime() + patience.toNanos());
  }

  boolean isOver() {
    return System.nanoTime() - nanos > 0;
  }

  boolean await(BooleanSupplier condition) throws EngineFailure {
    while (!condition.getAsBoolean()) {
      if (isOver()) {
        return false;
      }
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineFailure("Interrupted while waiting for an engine", e);
      }
    }
    return true;
  }
}
