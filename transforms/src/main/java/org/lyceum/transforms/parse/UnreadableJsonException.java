package org.lyceum.transforms.parse;

/**
 * Text that is not one JSON value. Carries no word of the text, so that its message can be stored;
 * the field is for the caller to name, if it knows that name.
 */
public final class UnreadableJsonException extends Exception {
  private final FailureCode code;
  private final String field;

  UnreadableJsonException(FailureCode code, String message, String field) {
    super(message, null, false, false);
    this.code = code;
    this.field = field;
  }

  public FailureCode code() {
    return code;
  }

  /** Name of the outermost field in which reading ended, from the text; null if in none. */
  public String field() {
    return field;
  }
}
