package org.lyceum.transforms.io;

import org.lyceum.transforms.parse.FailureCode;

/** One stored object cannot be read to its end; the message says what is wrong, never a value. */
public final class UnreadableObjectException extends Exception {
  private static final long serialVersionUID = 1;

  private final FailureCode code;

  public UnreadableObjectException(FailureCode code, String sentence) {
    super(sentence);
    this.code = code;
  }

  UnreadableObjectException(FailureCode code, String sentence, Throwable cause) {
    super(sentence, cause);
    this.code = code;
  }

  public FailureCode code() {
    return code;
  }
}
