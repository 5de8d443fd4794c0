package org.lyceum.furniture;

/**
 * Something a person must change: one clear sentence (what, where, what to do) and the exit status
 * that it ends with.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Exit exit;

  public Refusal(Exit exit, String sentence) {
    super(sentence);
    this.exit = exit;
  }

  public Refusal(Exit exit, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exit = exit;
  }

  public Exit exit() {
    return exit;
  }
}
