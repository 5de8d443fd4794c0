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
 * A message of usage events in, an array as the log writer takes it or a single one; rows of {@code
 * events.gooru_usage_event} out. For one thread.
 */
public final class GooruUsageEventParser implements MessageParser {
  private static final int VERSION = 1;

  private final Contract contract = Contracts.of("events.gooru_usage_event");
  private final ContractFields fields = new ContractFields(contract);
  private final JsonMessages messages = new JsonMessages(contract, fields.names(), this::object);
  private final EventKey key = new EventKey(contract.name());
  private final EpochMillis millis = new EpochMillis(fields);

  private final int eventId = contract.ordinal("event_id");
  private final int occurredAt = contract.ordinal("occurred_at");
  private final int gooruEventId = contract.ordinal("gooru_event_id");
  private final int eventName = contract.ordinal("event_name");
  private final int contextType = contract.ordinal("context_type");
  private final int contentId = contract.ordinal("context_content_gooru_id");
  private final int startTime = contract.ordinal("start_time");
  private final int endTime = contract.ordinal("end_time");

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
    int given = fields.isLeftOut(object, endTime) ? startTime : endTime;
    long micros =
        fields.isLeftOut(object, given) ? message.timestamp() : millis.micros(object, given);
    if (micros == EpochMillis.NONE) {
      return Verdict.failed(
          FailureCode.BAD_TIME,
          "No time can be read from the field "
              + (given == endTime ? "endTime" : "startTime")
              + ".");
    }
    String id = fields.keyPart(object, gooruEventId);
    String name = fields.keyPart(object, eventName);
    String type = fields.keyPart(object, contextType);
    String content = fields.keyPart(object, contentId);
    if (id == null || id.isEmpty() || name == null || name.isEmpty()) {
      return Verdict.failedAt(
          micros, FailureCode.NO_KEY, "The event has no key: eventId and eventName must be texts.");
    }
    if (type == null || content == null) {
      return Verdict.failedAt(
          micros,
          FailureCode.NO_KEY,
          "The event has no key: context.type and context.contentGooruId must be texts, or absent.");
    }
    row.set(occurredAt, micros);
    row.set(eventId, key.id(id, name, type, content));
    return Verdict.PARSED;
  }
}
