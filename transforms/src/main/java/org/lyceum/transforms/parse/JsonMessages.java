package org.lyceum.transforms.parse;

import java.util.Set;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.MessageParser.Verdicts;

/**
 * What all parsers of JSON messages do alike: a message in, its objects one by one to the parser of
 * objects, and the verdicts of those that are none. A message is one object or an array of objects;
 * null, empty and blank messages and empty arrays are skipped. What cannot be unpacked is one
 * failed record; of an array that can, each element stands or fails alone. For one thread.
 */
public final class JsonMessages {

  /** One object in, its row and verdict out. */
  @FunctionalInterface
  public interface ObjectParser {
    /**
     * Fills the row if the object is an event.
     *
     * @param object on the tape, node 0
     * @param index of the element in the message's array, {@link MessageParser#WHOLE} without one
     */
    Verdict parse(JsonTape object, Message message, int index, Row row);
  }

  /** Values of one object; 20 MB of events have about a million. More could exhaust a worker. */
  static final int MOST_VALUES = 1 << 21;

  private static final Verdict NOT_UTF8 =
      Verdict.failed(FailureCode.NOT_UTF8, "The message is not UTF-8.");
  private static final Verdict NO_JSON =
      Verdict.failed(FailureCode.NO_JSON, "The message holds no JSON object.");
  private static final Verdict NO_OBJECT =
      Verdict.failed(FailureCode.BAD_VALUE, "The element of the array is no object.");

  private final Contract contract;
  private final Set<String> names;
  private final ObjectParser parser;
  private final Row row;
  private final JsonTape tape = new JsonTape(MOST_VALUES);
  private final JsonElements elements = new JsonElements();

  /**
   * @param names of fields that messages may name; others could be anything
   */
  public JsonMessages(Contract contract, Set<String> names, ObjectParser parser) {
    this.contract = contract;
    this.names = Set.copyOf(names);
    this.parser = parser;
    this.row = Row.of(contract);
  }

  /** Tells the verdict of every record in the message. */
  public void parse(Message message, Verdicts out) {
    byte[] value = message.value();
    if (value == null) {
      out.skipped(MessageParser.WHOLE);
      return;
    }
    int end = TextBytes.dropSpace(value, 0, value.length);
    int start = TextBytes.skipMarkAndSpace(value, 0, end);
    if (start == end) {
      out.skipped(MessageParser.WHOLE);
    } else if (!TextBytes.isUtf8(value, start, end)) {
      out.failed(MessageParser.WHOLE, NOT_UTF8, value, 0, value.length);
    } else if (value[start] == '[') {
      array(message, start, end, out);
    } else {
      single(message, start, end, out);
    }
  }

  private void single(Message message, int start, int end, Verdicts out) {
    byte[] value = message.value();
    Verdict verdict;
    try {
      tape.read(value, start, end);
      verdict =
          tape.type(0) == JsonTape.Type.OBJECT
              ? parser.parse(tape, message, MessageParser.WHOLE, row)
              : NO_JSON;
    } catch (UnreadableJsonException e) {
      verdict = TextBytes.indexOf(value, start, end, '{') < 0 ? NO_JSON : e.verdict(names);
    }
    tell(MessageParser.WHOLE, verdict, value, 0, value.length, out);
  }

  private void array(Message message, int start, int end, Verdicts out) {
    byte[] value = message.value();
    try {
      elements.read(value, start, end);
    } catch (UnreadableJsonException e) {
      out.failed(MessageParser.WHOLE, e.verdict(names), value, 0, value.length);
      return;
    }
    if (elements.size() == 0) {
      out.skipped(MessageParser.WHOLE);
    }
    for (int i = 0; i < elements.size(); i++) {
      int from = elements.start(i);
      int to = elements.end(i);
      tell(i, element(message, i, from, to), value, from, to - from, out);
    }
  }

  private Verdict element(Message message, int index, int start, int end) {
    if (message.value()[start] != '{') {
      return NO_OBJECT;
    }
    try {
      tape.read(message.value(), start, end);
      return parser.parse(tape, message, index, row);
    } catch (UnreadableJsonException e) {
      return e.verdict(names);
    }
  }

  private void tell(
      int index, Verdict verdict, byte[] value, int offset, int length, Verdicts out) {
    switch (verdict.kind()) {
      case PARSED -> out.parsed(index, contract, row);
      case SKIPPED -> out.skipped(index);
      case FAILED -> out.failed(index, verdict, value, offset, length);
    }
  }
}
