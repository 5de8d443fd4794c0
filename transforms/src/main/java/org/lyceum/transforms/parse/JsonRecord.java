package org.lyceum.transforms.parse;

import java.util.Set;

/**
 * The bytes of a record that is one JSON object in; its tape out, or the verdict of a record that
 * is none. For one thread.
 */
public final class JsonRecord {
  private static final Verdict NOT_UTF8 =
      Verdict.failed(FailureCode.NOT_UTF8, "The record is not UTF-8.");
  private static final Verdict NO_OBJECT =
      Verdict.failed(FailureCode.BAD_VALUE, "The record is no JSON object.");
  private static final Verdict NO_JSON =
      Verdict.failed(FailureCode.NO_JSON, "The record holds no JSON object.");

  private final Set<String> names;
  private final JsonTape tape = new JsonTape(JsonMessages.MOST_VALUES);

  /**
   * @param names of fields that messages may name; others could be anything
   */
  public JsonRecord(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /** Reads {@code buffer[offset, offset + length)}: parsed if the tape now has an object. */
  public Verdict read(byte[] buffer, int offset, int length) {
    int end = TextBytes.dropSpace(buffer, offset, offset + length);
    int start = TextBytes.skipMarkAndSpace(buffer, offset, end);
    if (start == end) {
      return NO_JSON;
    }
    if (!TextBytes.isUtf8(buffer, start, end)) {
      return NOT_UTF8;
    }
    try {
      tape.read(buffer, start, end);
    } catch (UnreadableJsonException e) {
      return TextBytes.indexOf(buffer, start, end, '{') < 0 ? NO_JSON : e.verdict(names);
    }
    return tape.type(0) == JsonTape.Type.OBJECT ? Verdict.PARSED : NO_OBJECT;
  }

  /** What was read last; good until the bytes change or the next is read. */
  public JsonTape tape() {
    return tape;
  }
}
