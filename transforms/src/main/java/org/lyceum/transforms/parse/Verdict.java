package org.lyceum.transforms.parse;

/**
 * What became of one record.
 *
 * @param code why it failed; null unless it did
 * @param message one sentence that names fields, never values; null unless it failed
 * @param occurredAt microseconds since 1970 where a failed record's time is known; null otherwise
 */
public record Verdict(Kind kind, FailureCode code, String message, Long occurredAt) {

  /** There is no fourth. */
  public enum Kind {
    PARSED,
    SKIPPED,
    FAILED
  }

  public static final Verdict PARSED = new Verdict(Kind.PARSED, null, null, null);
  public static final Verdict SKIPPED = new Verdict(Kind.SKIPPED, null, null, null);

  public static Verdict failed(FailureCode code, String message) {
    return new Verdict(Kind.FAILED, code, message, null);
  }

  /** A failure of a record whose time could be read. */
  public static Verdict failedAt(long occurredAt, FailureCode code, String message) {
    return new Verdict(Kind.FAILED, code, message, occurredAt);
  }
}
