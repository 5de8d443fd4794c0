package org.lyceum.furniture;

import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;

/**
 * How a main ends: its status, and the last line on standard error, which begins {@code exit
 * <status>:}.
 */
public enum Exit {
  /** Done, also when nothing was new. */
  DONE(0),
  /** The commit under way changed nothing; earlier commits of the run stand and are counted. */
  FAILED(1),
  /** Wrong use: nothing was tried. */
  WRONG_USE(2),
  /** Done except for deliveries that were left out. */
  LEFT_OUT(3);

  private final int status;

  Exit(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** How a main ended, and the sentence that says so. */
  public record Outcome(Exit exit, String sentence) {}

  /**
   * Runs a main's body and ends the JVM with its status; a {@link Refusal} is told in its sentence,
   * anything else as a fault.
   */
  public static void with(Callable<Outcome> body) {
    Outcome outcome = outcome(body);
    System.err.println("exit " + outcome.exit.status + ": " + outcome.sentence);
    System.err.flush();
    System.exit(outcome.exit.status); // runners leave threads behind that would hold the JVM open
  }

  static Outcome outcome(Callable<Outcome> body) {
    try {
      return body.call();
    } catch (Exception | Error e) { // Hadoop throws an Error when the disk is full
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof Refusal refusal) {
          LoggerFactory.getLogger(Exit.class).debug("refused", e);
          return new Outcome(refusal.exit(), refusal.getMessage());
        }
      }
      LoggerFactory.getLogger(Exit.class).error("failed", e);
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      boolean isDiskFull = String.valueOf(root.getMessage()).contains("No space left on device");
      return new Outcome(
          FAILED,
          isDiskFull
              ? "the disk that holds the lake is full; make room and run again"
              : "failed: " + oneLine(root));
    }
  }

  private static String oneLine(Throwable root) {
    String message =
        root.getMessage() == null ? "" : ": " + root.getMessage().lines().findFirst().orElse("");
    return root.getClass().getSimpleName() + message;
  }
}
