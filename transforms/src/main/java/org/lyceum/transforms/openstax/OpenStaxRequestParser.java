package org.lyceum.transforms.openstax;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ExtraFields;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.Verdict;

/**
 * A body of {@code POST /api/v0/events} in, the rows of its events out. Each element of {@code
 * events} is a record of its own, so one bad element fails alone (the server refuses the whole
 * request). The message's timestamp is the time of receipt; its headers {@code user_uuid}, {@code
 * device_uuid}, {@code ip_address} and {@code user_agent} are what the server takes from cookies
 * and connection. For one thread.
 */
public final class OpenStaxRequestParser implements MessageParser {
  private static final int NONE = -1;

  private final OpenStaxEventParser events = new OpenStaxEventParser();
  private final JsonTape tape = new JsonTape();
  private final RequestEvent event = new RequestEvent(tape, events.contract());
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
    Verdict unreadable = XapiStatementParser.read(value, tape);
    int list = unreadable == null ? events() : NONE;
    if (list == NONE) {
      Verdict verdict =
          unreadable == null
              ? Verdict.failed(FailureCode.BAD_VALUE, "The body has no list of events.")
              : unreadable;
      out.failed(WHOLE, verdict, value, 0, value.length);
    } else if (tape.after(list) == list + 1) {
      out.skipped(WHOLE);
    } else {
      parseAll(list, message, out);
    }
  }

  /** The member {@code events} of the body, or {@link #NONE}. */
  private int events() {
    if (tape.type(0) == JsonTape.Type.OBJECT) {
      for (int child = 1; child < tape.after(0); child = tape.after(child)) {
        if (!tape.isOverridden(child)
            && tape.name(child).equals("events")
            && tape.type(child) == JsonTape.Type.ARRAY) {
          return child;
        }
      }
    }
    return NONE;
  }

  private void parseAll(int list, Message message, Verdicts out) {
    Circumstances circumstances =
        Circumstances.ofMessage(message.timestamp(), TimeUnit.MICROSECONDS);
    boolean isBodyKept = false;
    int index = 0;
    for (int node = list + 1; node < tape.after(list); node = tape.after(node)) {
      ExtraFields extra = events.begin();
      try {
        event.read(node, message, extra);
        if (!isBodyKept) {
          keepBody(list, extra);
        }
        events.fill(event.record(), event.type(), circumstances, event.micros(), row);
        isBodyKept = true;
        out.parsed(index, events.contract(), row);
      } catch (FailedRecordException e) {
        int start = tape.start(node);
        out.failed(index, e.verdict(), message.value(), start, tape.end(node) - start);
      }
      index++;
    }
  }

  /** Members of the body beside its events go with the first event that is parsed. */
  private void keepBody(int list, ExtraFields extra) {
    for (int child = 1; child < tape.after(0); child = tape.after(child)) {
      if (child != list && !tape.isOverridden(child)) {
        extra.put("#body", tape, child);
      }
    }
  }
}
