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
  /** The producer's fault: what makes the event's key is missing or is none. */
  NO_KEY,
  /** The producer's fault: a required field is missing, or a value is not of its field's type. */
  BAD_VALUE,
  /** The producer's fault, or a newer producer: a type of event that no table knows. */
  UNKNOWN_TYPE,
  /** The producer's fault: a message that is not in the registry's wire format. */
  NOT_AVRO,
  /** The producer's fault: the registry has no schema of this id, or none that we know. */
  UNKNOWN_SCHEMA,
  /** The producer's fault: the Avro record ends before its last field. */
  TRUNCATED_AVRO,
  /** The producer's fault: bytes are left over after the Avro record. */
  TRAILING_BYTES,
  /** Nobody's fault: a record larger than a worker can hold. */
  RECORD_TOO_LARGE,
  /** The operator's fault: the topic no longer holds these offsets, and the lake never did. */
  OFFSETS_EXPIRED,

  /**
   * The shipper's fault: a file that is damaged or cut. A log is left out; an object of a storage
   * day is a failed record of the day.
   */
  CORRUPT_FILE,
  /** The operator's fault: a file that cannot be read. See {@link #CORRUPT_FILE}. */
  UNREADABLE_FILE,
  /** The shipper's fault: a stored file whose path says no day or no type. It is left out. */
  MISPLACED_FILE,
  /** Two files begin alike and are as long, but differ. The second is left out. */
  CONTENT_DIFFERS,
  /** The new version of a delivery holds fewer records than the lake does. It is left out. */
  FEWER_RECORDS,
  /**
   * A window or a container of a host, read to its end, gives nothing now and the lake holds
   * something of it. What the lake holds stays.
   */
  EMPTY_REPLY,
  /** The file changed while it was read. Its delivery is left out. */
  CHANGED_WHILE_READ;

  /** The code as tables hold it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
