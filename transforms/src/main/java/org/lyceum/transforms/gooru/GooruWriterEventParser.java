package org.lyceum.transforms.gooru;

import java.util.List;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ContractFields;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonMessages;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.Verdict;

/**
 * A message of the log writer or of the demux behind it in; rows of {@code
 * events.gooru_writer_event} out. They send single events; an array is taken too. For one thread.
 */
public final class GooruWriterEventParser implements MessageParser {
  private static final int VERSION = 1;

  private final Contract contract = Contracts.of("events.gooru_writer_event");
  private final ContractFields fields = new ContractFields(contract);
  private final JsonMessages messages = new JsonMessages(contract, fields.names(), this::object);
  private final EventKey key = new EventKey(contract.name());
  private final EpochMillis millis = new EpochMillis(fields);

  private final int eventId = contract.ordinal("event_id");
  private final int occurredAt = contract.ordinal("occurred_at");
  private final int gooruEventId = contract.ordinal("gooru_event_id");
  private final int eventName = contract.ordinal("event_name");
  private final int activityTime = contract.ordinal("activity_time");
  private final int collectionId = contract.ordinal("collection_id");
  private final int resourceId = contract.ordinal("resource_id");

  @Override
  public String source() {
    return "gooru";
  }

  @Override
  public List<Contract> contracts() {
    return List.of(contract);
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public void parse(Message message, Verdicts out) {
    messages.parse(message, out);
  }

  private Verdict object(JsonTape object, Message message, int index, Row row) {
    fields.fill(row, object);
    long micros =
        fields.isLeftOut(object, activityTime)
            ? message.timestamp()
            : millis.micros(object, activityTime);
    if (micros == EpochMillis.NONE) {
      return Verdict.failed(
          FailureCode.BAD_TIME, "No time can be read from the field activityTime.");
    }
    String id = fields.keyPart(object, gooruEventId);
    String name = fields.keyPart(object, eventName);
    if (id == null || id.isEmpty() || name == null || name.isEmpty()) {
      return Verdict.failedAt(
          micros, FailureCode.NO_KEY, "The event has no key: eventId and eventName must be texts.");
    }
    String about =
        fields.keyPart(object, fields.isLeftOut(object, resourceId) ? collectionId : resourceId);
    if (about == null || about.isEmpty()) {
      return Verdict.failedAt(
          micros,
          FailureCode.NO_KEY,
          "The event has no key: resourceId or collectionId must be a text.");
    }
    row.set(occurredAt, micros);
    row.set(eventId, key.id(id, name, about));
    return Verdict.PARSED;
  }
}
