package org.lyceum.transforms.edx;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.CanonicalJson;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.EventTime;
import org.lyceum.transforms.parse.ExtraFields;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonValues;
import org.lyceum.transforms.parse.RecordParser;
import org.lyceum.transforms.parse.TextBytes;
import org.lyceum.transforms.parse.UnreadableJsonException;
import org.lyceum.transforms.parse.Verdict;

/**
 * One line of an edX tracking log in; one row of {@code events.edx_tracking_log}, a skip or a
 * failure out. What the columns mean stands in the contract, how dirty lines are read in the README
 * of this package. For one thread.
 */
public final class EdxTrackingLogParser implements RecordParser {
  private static final int VERSION = 1;

  /** Filled by those who know where the line comes from. */
  private static final Set<String> NOT_OURS = Set.of("feed", "delivery", "position", "run_id");

  /** Fields with text that have a column of the same name. */
  private static final Set<String> TEXT_FIELDS =
      Set.of(
          "accept_language",
          "agent",
          "event_source",
          "event_type",
          "host",
          "ip",
          "name",
          "page",
          "referer",
          "session",
          "username");

  private final Contract contract = Contracts.of("events.edx_tracking_log");
  private final EventKey key = new EventKey(contract.name());
  private final JsonTape line = new JsonTape();
  private final LineFields fields = new LineFields();
  private final EventPayload payload = new EventPayload();
  private final JsonValues values = new JsonValues();
  private final ExtraFields extra = new ExtraFields();
  private final ByteBuilder bytes = new ByteBuilder();

  private final int[] ours =
      contract.columns().stream()
          .filter(column -> !NOT_OURS.contains(column.name()))
          .mapToInt(column -> contract.ordinal(column.name()))
          .toArray();
  private final Map<String, Integer> textOrdinals = textOrdinals(contract);
  private final int eventId = contract.ordinal("event_id");
  private final int occurredAt = contract.ordinal("occurred_at");
  private final int envelopeColumn = contract.ordinal("envelope");
  private final int eventName = contract.ordinal("event_name");
  private final int courseId = contract.ordinal("course_id");
  private final int org = contract.ordinal("org");
  private final int course = contract.ordinal("course");
  private final int run = contract.ordinal("run");
  private final int context = contract.ordinal("context");
  private final int event = contract.ordinal("event");
  private final int eventShape = contract.ordinal("event_shape");
  private final int isEventTruncated = contract.ordinal("is_event_truncated");
  private final int eventType = contract.ordinal("event_type");
  private final int name = contract.ordinal("name");
  private final int page = contract.ordinal("page");
  private final int time = contract.ordinal("time");
  private final int username = contract.ordinal("username");
  private final int contextCourseId = contract.ordinal("context_course_id");
  private final int contextPath = contract.ordinal("context_path");
  private final int extraColumn = contract.ordinal("extra");

  private final TypedFields inContext =
      new TypedFields(contract)
          .text("username", "context_username")
          .text("session", "context_session")
          .text("org_id", "context_org_id")
          .text("path", "context_path")
          .text("enterprise_uuid", "context_enterprise_uuid");

  /** What a segment line keeps elsewhere. */
  private final TypedFields inTrackingContext =
      new TypedFields(contract)
          .integer("user_id", "context_user_id")
          .trimmed("course_id", "context_course_id")
          .text("component", "context_component")
          .textOrNumber("received_at", "context_received_at");

  private final TypedFields inSegmentLine =
      new TypedFields(contract)
          .integer("userId", "context_user_id")
          .textOrNumber("receivedAt", "context_received_at");
  private final TypedFields inSegmentContext =
      new TypedFields(contract)
          .trimmed("course_id", "context_course_id")
          .text("component", "context_component");
  private final TypedFields inModule =
      new TypedFields(contract)
          .text("display_name", "context_module_display_name")
          .text("usage_key", "context_module_usage_key")
          .text("original_usage_key", "context_module_original_usage_key")
          .text("original_usage_version", "context_module_original_usage_version");
  private final TypedFields inApplication =
      new TypedFields(contract)
          .text("name", "context_application_name")
          .text("version", "context_application_version");
  private final TypedFields inPayload =
      new TypedFields(contract)
          .trimmed("id", "edx_event_id")
          .text("code", "event_code")
          .number("currentTime", "event_current_time")
          .elseNumber("current_time", "event_current_time")
          .number("old_time", "event_old_time")
          .number("new_time", "event_new_time")
          .number("old_speed", "event_old_speed")
          .number("new_speed", "event_new_speed")
          .number("duration", "event_duration")
          .text("type", "event_seek_type")
          .number("requested_skip_interval", "event_requested_skip_interval")
          .trimmed("problem_id", "event_problem_id")
          .elseTrimmed("problem", "event_problem_id")
          .text("success", "event_success")
          .number("grade", "event_grade")
          .number("max_grade", "event_max_grade")
          .integer("attempts", "event_attempts")
          .text("target_url", "event_target_url")
          .text("target_name", "event_target_name")
          .text("current_url", "event_current_url")
          .integer("old", "event_old")
          .integer("new", "event_new")
          .text("mode", "event_mode")
          .integer("user_id", "event_user_id")
          .trimmed("course_id", "event_course_id");

  @Override
  public Contract contract() {
    return contract;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public Verdict parse(byte[] buffer, int offset, int length, Row row) {
    return parse(buffer, offset, length, row, EventTime.NONE);
  }

  /**
   * The same for a line that came with a time of its own.
   *
   * @param received the time of an object without one, microseconds since 1970; {@link
   *     EventTime#NONE} where such an object fails
   */
  Verdict parse(byte[] buffer, int offset, int length, Row row, long received) {
    int end = TextBytes.dropSpace(buffer, offset, offset + length);
    int start = TextBytes.skipMarkAndSpace(buffer, offset, end);
    if (start == end || buffer[start] == '#') {
      return Verdict.SKIPPED;
    }
    if (!TextBytes.isUtf8(buffer, start, end)) {
      return Verdict.failed(FailureCode.NOT_UTF8, "The line is not UTF-8.");
    }
    int brace = TextBytes.indexOf(buffer, start, end, '{');
    if (brace < 0 || (brace > start && isOtherJson(buffer, start, end))) {
      return Verdict.failed(FailureCode.NO_JSON, "The line holds no JSON object.");
    }
    try {
      line.read(buffer, brace, end);
    } catch (UnreadableJsonException e) {
      return Verdict.failed(e.code(), e.getMessage() + where(e.field()) + ".");
    }
    fields.find(line);
    long micros = micros();
    if (micros == EventTime.NONE) {
      Verdict verdict = withoutTime();
      if (verdict.code() != FailureCode.NO_TIME || received == EventTime.NONE) {
        return verdict;
      }
      micros = received;
    }
    extra.clear();
    if (brace > start) {
      extra.before(buffer, start, brace);
    }
    fill(row);
    row.set(occurredAt, micros);
    row.set(extraColumn, extra.column());
    bytes.clear();
    CanonicalJson.append(line, 0, bytes);
    row.set(eventId, key.id(bytes));
    return Verdict.PARSED;
  }

  /** A list or a string that holds a brace is not text before an object. */
  private boolean isOtherJson(byte[] buffer, int start, int end) {
    if (buffer[start] != '[' && buffer[start] != '"') {
      return false;
    }
    try {
      line.read(buffer, start, end);
      return true;
    } catch (UnreadableJsonException e) {
      return false;
    }
  }

  /** Names the field only if it is one of ours: other names may be anything. */
  private String where(String field) {
    if (field != null && (textOrdinals.containsKey(field) || LineFields.NAMES.contains(field))) {
      return ", in or after the field " + field;
    }
    return field == null ? "" : ", in or after a field without a column";
  }

  /** When it happened: the first field that holds a time. */
  private long micros() {
    long micros = micros(fields.time);
    if (micros == EventTime.NONE) {
      micros = micros(fields.timestamp);
    }
    return micros == EventTime.NONE ? micros(fields.originalTimestamp) : micros;
  }

  private long micros(int node) {
    return node == LineFields.NONE ? EventTime.NONE : EventTime.micros(line, node);
  }

  private Verdict withoutTime() {
    StringBuilder given = new StringBuilder();
    name(given, "time", fields.time);
    name(given, "timestamp", fields.timestamp);
    name(given, "originalTimestamp", fields.originalTimestamp);
    return given.length() == 0
        ? Verdict.failed(
            FailureCode.NO_TIME,
            "The object has no time: time, timestamp and originalTimestamp are absent or blank.")
        : Verdict.failed(FailureCode.BAD_TIME, "No time can be read from the field " + given + ".");
  }

  private void name(StringBuilder given, String field, int node) {
    boolean isBlank =
        node == LineFields.NONE
            || line.type(node) == JsonTape.Type.NULL
            || (line.type(node) == JsonTape.Type.STRING && values.text(line, node) == null);
    if (!isBlank) {
      given.append(given.length() == 0 ? "" : " or ").append(field);
    }
  }

  private void fill(Row row) {
    for (int ordinal : ours) {
      row.set(ordinal, null);
    }
    Envelope envelope = fields.envelope(line);
    row.set(envelopeColumn, envelope.column());
    fillPayload(row, fields.payload(envelope));
    for (int child = 1; child < line.after(0); child = line.after(child)) {
      if (!line.isOverridden(child)) {
        fillField(row, child, envelope);
      }
    }
    fillContext(row, envelope);
    fillName(row, envelope);
    fillCourse(row);
  }

  private void fillPayload(Row row, int node) {
    if (node == LineFields.NONE) {
      payload.readAbsent();
    } else {
      payload.read(line, node);
    }
    row.set(event, payload.column());
    row.set(eventShape, payload.shape().column());
    row.set(isEventTruncated, payload.isTruncated());
    if (payload.objectTape() != null) {
      int object = payload.objectTape() == line ? node : 0;
      inPayload.fill(row, payload.objectTape(), object, values);
    }
  }

  /** One outermost field: to its column, to extra, or to both where the column is not all of it. */
  private void fillField(Row row, int child, Envelope envelope) {
    if (child == fields.payload(envelope)) {
      if (!payload.isWhole()) {
        extra.put("", line, child);
      }
    } else if (child == fields.properties && envelope == Envelope.SEGMENT) {
      keepProperties(envelope);
    } else if (child == fields.context && line.type(child) == JsonTape.Type.OBJECT) {
      row.set(context, new Utf8(line.jsonBytes(child)));
    } else {
      Integer ordinal = textOrdinals.get(line.name(child));
      boolean isWhole = false;
      if (ordinal != null) {
        row.set(ordinal, text(child, ordinal));
        isWhole = values.isWhole();
      }
      if (!isWhole) {
        extra.put("", line, child);
      }
    }
  }

  private Utf8 text(int child, int ordinal) {
    if (ordinal == time) {
      return values.anyText(line, child);
    }
    return ordinal == username ? values.trimmed(line, child) : values.text(line, child);
  }

  private void keepProperties(Envelope envelope) {
    int end = line.after(fields.properties);
    for (int child = fields.properties + 1; child < end; child = line.after(child)) {
      boolean isKept = child == fields.propertiesData && payload.isWhole();
      if (!isKept && !line.isOverridden(child)) {
        extra.put(envelope.payloadParent(), line, child);
      }
    }
  }

  private void fillContext(Row row, Envelope envelope) {
    if (LineFields.isObject(line, fields.context)) {
      int end = line.after(fields.context);
      for (int child = fields.context + 1; child < end; child = line.after(child)) {
        if (!line.isOverridden(child)) {
          fillContextField(row, child, envelope);
        }
      }
    }
    if (envelope == Envelope.SEGMENT) {
      inSegmentLine.fill(row, line, 0, values);
      if (LineFields.isObject(line, fields.propertiesContext)) {
        inSegmentContext.fill(row, line, fields.propertiesContext, values);
      }
    }
  }

  private void fillContextField(Row row, int child, Envelope envelope) {
    if (line.type(child) != JsonTape.Type.OBJECT) {
      inContext.fillOne(row, line, child, values);
      if (envelope != Envelope.SEGMENT) {
        inTrackingContext.fillOne(row, line, child, values);
      }
    } else if (line.name(child).equals("module")) {
      inModule.fill(row, line, child, values);
    } else if (line.name(child).equals("application")) {
      inApplication.fill(row, line, child, values);
    }
  }

  private void fillName(Row row, Envelope envelope) {
    Object resolved = null;
    if (envelope == Envelope.SEGMENT && fields.propertiesName != LineFields.NONE) {
      resolved = values.text(line, fields.propertiesName);
    }
    if (resolved == null) {
      resolved = row.get(name);
    }
    row.set(eventName, resolved == null ? row.get(eventType) : resolved);
  }

  private void fillCourse(Row row) {
    Object given = row.get(contextCourseId);
    CourseKey found = given == null ? null : CourseKey.parse(given.toString());
    Object id = found == null ? null : given;
    if (found == null) {
      found = inUrl(row.get(contextPath));
    }
    if (found == null) {
      found = inUrl(row.get(eventType));
    }
    if (found == null) {
      found = inUrl(row.get(page));
    }
    if (found != null) {
      row.set(courseId, id == null ? new Utf8(found.id()) : id);
      row.set(org, new Utf8(found.org()));
      row.set(course, new Utf8(found.course()));
      row.set(run, found.run() == null ? null : new Utf8(found.run()));
    }
  }

  private static CourseKey inUrl(Object url) {
    return url == null ? null : CourseKey.inUrl(url.toString());
  }

  private static Map<String, Integer> textOrdinals(Contract contract) {
    Map<String, Integer> ordinals = new HashMap<>();
    ordinals.put("time", contract.ordinal("time"));
    for (String field : TEXT_FIELDS) {
      ordinals.put(field, contract.ordinal(field));
    }
    return ordinals;
  }
}
