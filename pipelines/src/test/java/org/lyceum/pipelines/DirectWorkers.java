package org.lyceum.pipelines;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The threads of the Direct runner in this JVM. */
public final class DirectWorkers {
  private static final long PATIENCE_SECONDS = 60;

  private DirectWorkers() {}

  /** Waits until no pipeline works here any more; a cancelled one ends what it has in hand. */
  public static void awaitTheirEnd() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (areThere()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("a pipeline goes on in the background");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static boolean areThere() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("direct-runner-worker"));
  }
}
