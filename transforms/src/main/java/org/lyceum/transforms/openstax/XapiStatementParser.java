package org.lyceum.transforms.openstax;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.TextBytes;
import org.lyceum.transforms.parse.UnreadableJsonException;
import org.lyceum.transforms.parse.Verdict;

/**
 * A body of {@code POST /api/v0/xapi/statements} in, the rows of its statements out: one object, or
 * a list of them, each a record of its own. For one thread.
 */
public final class XapiStatementParser implements MessageParser {
  private final OpenStaxEventParser events = new OpenStaxEventParser();
  private final JsonTape tape = new JsonTape();
  private final Row row = Row.of(events.contract());

  @Override
  public String source() {
    return "openstax";
  }

  @Override
  public List<Contract> contracts() {
    return List.of(events.contract());
  }

  @Override
  public int version() {
    return OpenStaxEventParser.VERSION;
  }

  @Override
  public void parse(Message message, Verdicts out) {
    byte[] value = message.value();
    if (value == null || value.length == 0) {
      out.skipped(WHOLE);
      return;
    }
    Verdict unreadable = read(value, tape);
    if (unreadable != null) {
      out.failed(WHOLE, unreadable, value, 0, value.length);
    } else if (tape.type(0) == JsonTape.Type.ARRAY) {
      parseAll(message, out);
    } else {
      parseOne(0, WHOLE, message, out);
    }
  }

  /** Reads a body; null when it could be read. */
  static Verdict read(byte[] value, JsonTape tape) {
    if (!TextBytes.isUtf8(value, 0, value.length)) {
      return Verdict.failed(FailureCode.NOT_UTF8, "The body is not UTF-8.");
    }
    try {
      tape.read(value, 0, value.length);
      return null;
    } catch (UnreadableJsonException e) {
      return Verdict.failed(e.code(), e.getMessage() + ".");
    }
  }

  private void parseAll(Message message, Verdicts out) {
    int index = 0;
    for (int node = 1; node < tape.after(0); node = tape.after(node)) {
      parseOne(node, index, message, out);
      index++;
    }
    if (index == 0) {
      out.skipped(WHOLE);
    }
  }

  private void parseOne(int node, int index, Message message, Verdicts out) {
    Verdict verdict =
        tape.type(node) == JsonTape.Type.OBJECT
            ? events.parseStatement(
                tape,
                node,
                Circumstances.ofMessage(message.timestamp(), TimeUnit.MICROSECONDS),
                row)
            : Verdict.failed(FailureCode.BAD_VALUE, "The statement is not an object.");
    if (verdict.kind() == Verdict.Kind.PARSED) {
      out.parsed(index, events.contract(), row);
    } else if (index == WHOLE) {
      out.failed(index, verdict, message.value(), 0, message.value().length);
    } else {
      int start = tape.start(node);
      out.failed(index, verdict, message.value(), start, tape.end(node) - start);
    }
  }
}
