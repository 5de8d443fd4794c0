package org.lyceum.transforms.parse;

/** Bytes that are not one record of their schema. Names the field, never a value. */
public final class UnreadableAvroException extends Exception {
  private final FailureCode code;

  UnreadableAvroException(FailureCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public FailureCode code() {
    return code;
  }
}
