package org.lyceum.transforms.parse;

import java.util.Set;

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

  /**
   * What becomes of the record; names the field only if it is one of these, others could be
   * anything.
   */
  Verdict verdict(Set<String> names) {
    String where =
        field == null
            ? ""
            : names.contains(field)
                ? ", in or after the field " + field
                : ", in or after a field without a column";
    return Verdict.failed(code, getMessage() + where + ".");
  }

  /** Name of the outermost field in which reading ended, from the text; null if in none. */
  public String field() {
    return field;
  }
}
