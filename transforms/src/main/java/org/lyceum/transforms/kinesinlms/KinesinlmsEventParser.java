package org.lyceum.transforms.kinesinlms;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.CanonicalJson;
import org.lyceum.transforms.parse.ContractFields;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.EventTime;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonMessages;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.Verdict;

/**
 * A message of KinesinLMS in, rows of {@code events.kinesinlms_event} out: events with a uuid,
 * events of the old generation, and payloads as clients send them. What the columns mean stands in
 * the contract, what the generations are in the README of this package. For one thread.
 */
public final class KinesinlmsEventParser implements MessageParser {
  private static final int VERSION = 1;

  /** What every documented type of event begins with, behind its course token. */
  private static final String AFTER_TOKEN = ":kinesinlms.";

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}");

  private static final Utf8 CURRENT = new Utf8("current");
  private static final Utf8 LEGACY = new Utf8("legacy");
  private static final Utf8 PAYLOAD = new Utf8("payload");

  private final Contract contract = Contracts.of("events.kinesinlms_event");
  private final ContractFields fields = new ContractFields(contract);
  private final JsonMessages messages = new JsonMessages(contract, fields.names(), this::object);
  private final EventKey key = new EventKey(contract.name());
  private final ByteBuilder canonical = new ByteBuilder();

  private final int eventId = contract.ordinal("event_id");
  private final int occurredAt = contract.ordinal("occurred_at");
  private final int generation = contract.ordinal("generation");
  private final int eventName = contract.ordinal("event_name");
  private final int courseToken = contract.ordinal("course_token");
  private final int uuid = contract.ordinal("uuid");
  private final int time = contract.ordinal("time");
  private final int eventType = contract.ordinal("event_type");
  private final int trackingEventType = contract.ordinal("tracking_event_type");

  @Override
  public String source() {
    return "kinesinlms";
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
    boolean hasTime = !fields.isLeftOut(object, time);
    long micros = hasTime ? EventTime.micros(object, fields.node(time)) : message.timestamp();
    if (micros == EventTime.NONE) {
      return Verdict.failed(FailureCode.BAD_TIME, "No time can be read from the field time.");
    }
    String id = fields.keyPart(object, uuid);
    if (id == null) {
      return Verdict.failedAt(
          micros, FailureCode.NO_KEY, "The field uuid is no text that can be a key.");
    }
    row.set(occurredAt, micros);
    if (!id.isEmpty()) {
      row.set(generation, CURRENT);
      row.set(eventId, key.id(UUID_TEXT.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id));
    } else if (hasTime) {
      row.set(generation, LEGACY);
      row.set(eventId, contentId(object));
    } else {
      row.set(generation, PAYLOAD);
      row.set(eventId, placeId(message, index));
    }
    fillName(row);
    return Verdict.PARSED;
  }

  private UUID contentId(JsonTape object) {
    canonical.clear();
    CanonicalJson.append(object, 0, canonical);
    return key.id(canonical);
  }

  /** A payload without a name of its own is the event of its place in the stream. */
  private UUID placeId(Message message, int index) {
    String offset = Long.toString(message.offset());
    return key.id(
        message.feed(),
        message.topic(),
        Integer.toString(message.partition()),
        index == WHOLE ? offset : offset + "#" + index);
  }

  /** Takes the course token off: {@code DEMO_SP:kinesinlms.course.video.play}. */
  private void fillName(Row row) {
    Object type = row.get(eventType);
    String text = type == null ? "" : type.toString();
    int token = text.indexOf(AFTER_TOKEN);
    if (token > 0) {
      row.set(courseToken, new Utf8(text.substring(0, token)));
      row.set(eventName, new Utf8(text.substring(token + 1)));
    } else {
      row.set(eventName, type == null ? row.get(trackingEventType) : type);
    }
  }
}
