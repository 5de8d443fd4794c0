package org.lyceum.transforms.io;

import org.lyceum.transforms.parse.FailureCode;

/** One file cannot be read to its end; its delivery is left out, the others go in. */
public final class UnreadableLogException extends Exception {
  private static final long serialVersionUID = 1;

  private final FailureCode code;

  public UnreadableLogException(FailureCode code, String sentence) {
    super(sentence);
    this.code = code;
  }

  public FailureCode code() {
    return code;
  }
}
