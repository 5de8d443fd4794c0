package org.lyceum.transforms.openstax;

import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.Verdict;

/** A record that cannot be a row; carries its verdict, which names fields and never values. */
final class FailedRecordException extends Exception {
  private final Verdict verdict;

  FailedRecordException(FailureCode code, String message) {
    super(message, null, false, false);
    this.verdict = Verdict.failed(code, message);
  }

  Verdict verdict() {
    return verdict;
  }
}
