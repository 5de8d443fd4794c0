package org.lyceum.transforms.parse;

/** The text is not JSON. Says only how: messages of JSON libraries quote their input. */
public final class JsonTextException extends Exception {
  private static final long serialVersionUID = 1;

  private final FailureCode code;

  public JsonTextException(FailureCode code) {
    super(code.code(), null, false, false);
    this.code = code;
  }

  public FailureCode code() {
    return code;
  }
}
