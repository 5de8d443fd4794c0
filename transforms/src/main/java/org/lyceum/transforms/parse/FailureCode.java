package org.lyceum.transforms.parse;

import java.util.Locale;

/**
 * Why a record failed or a delivery was left out: the closed list. In tables the names stand in
 * lower case.
 */
public enum FailureCode {
  /** The producer's fault: bytes that are not UTF-8. */
  NOT_UTF8,
  /** The producer's fault: a line without a JSON object, which no rule calls blank or a comment. */
  NO_JSON,
  /** The producer's or the shipper's fault: the JSON ends before its object is closed. */
  TRUNCATED_JSON,
  /** The producer's fault: JSON that breaks the grammar, or text after the object. */
  INVALID_JSON,
  /** The producer's fault: more than 512 levels of nesting. */
  NESTING_TOO_DEEP,
  /** The producer's fault: an object without any field that gives its time. */
  NO_TIME,
  /** The producer's fault: its time fields are there, but none is a time. */
  BAD_TIME,
  /** Nobody's fault: a record larger than a worker can hold. */
  RECORD_TOO_LARGE,

  /** The shipper's fault: a compressed file that is damaged or cut. Its delivery is left out. */
  CORRUPT_FILE,
  /** The operator's fault: a file that cannot be read. Its delivery is left out. */
  UNREADABLE_FILE,
  /** Two files begin alike and are as long, but differ. The second is left out. */
  CONTENT_DIFFERS,
  /** The new version of a delivery holds fewer records than the lake does. It is left out. */
  FEWER_RECORDS,
  /** The file changed while it was read. Its delivery is left out. */
  CHANGED_WHILE_READ;

  /** The code as tables hold it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
