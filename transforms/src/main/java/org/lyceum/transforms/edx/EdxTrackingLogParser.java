package org.lyceum.transforms.edx;

import static org.lyceum.transforms.parse.JsonTape.NONE;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ByteText;
import org.lyceum.transforms.parse.CanonicalJson;
import org.lyceum.transforms.parse.EventKeys;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonStrings;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonTextException;
import org.lyceum.transforms.parse.PlainJson;
import org.lyceum.transforms.parse.RecordParser;
import org.lyceum.transforms.parse.Utf8Check;
import org.lyceum.transforms.parse.Verdict;

/**
 * A line of an edX tracking log in; its verdict, and a row of events.edx_tracking_log, out.
 *
 * <p>A row is kept whenever the line is a JSON object with a usable time. Rules and names are those
 * of edx-documentation (tracking_logs), edx-platform (common/djangoapps/track) and
 * edx-analytics-pipeline; this room's README lists them.
 */
public final class EdxTrackingLogParser implements RecordParser {
  private static final int VERSION = 1;
  private static final int CUT_CHARACTERS = 512;
  private static final int CACHED_COURSES = 4096;
  private static final Utf8 EMPTY_OBJECT = new Utf8("{}");
  private static final Utf8 TRACKING = new Utf8("tracking");
  private static final Utf8 SEGMENT = new Utf8("segment");
  private static final Utf8 DATA = new Utf8("data");

  private static final Verdict NO_TIME =
      Verdict.failed(FailureCode.NO_TIME, "none of time, timestamp and originalTimestamp is there");
  private static final Verdict BAD_TIME =
      Verdict.failed(
          FailureCode.BAD_TIME, "time, timestamp or originalTimestamp is there, but is no time");

  private final Contract contract = Contracts.of("events.edx_tracking_log");
  private final JsonTape line = new JsonTape();
  private final JsonTape payload = new JsonTape();
  private final CanonicalJson canonical = new CanonicalJson();
  private final CanonicalJson payloadCheck = new CanonicalJson();
  private final EventKeys keys = new EventKeys("edx_tracking_log");
  private final ByteText key = new ByteText();
  private final ByteText text = new ByteText();
  private final ByteText decoded = new ByteText();
  private final Extra extra = new Extra();
  private final Map<String, CourseKey> courses = new HashMap<>();
  private final Columns columns = new Columns(contract);

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
    int start = offset;
    int end = offset + length;
    if (length >= 3
        && buffer[start] == (byte) 0xef
        && buffer[start + 1] == (byte) 0xbb
        && buffer[start + 2] == (byte) 0xbf) {
      start += 3;
    }
    while (start < end && isSpace(buffer[start])) {
      start++;
    }
    while (end > start && isSpace(buffer[end - 1])) {
      end--;
    }
    if (start == end || buffer[start] == '#') {
      return Verdict.SKIPPED;
    }
    if (!Utf8Check.isUtf8(buffer, start, end - start)) {
      return Verdict.failed(FailureCode.NOT_UTF8, "the line is not UTF-8");
    }
    int brace = start;
    while (brace < end && buffer[brace] != '{') {
      brace++;
    }
    if (brace == end) {
      return Verdict.failed(FailureCode.NO_JSON, "the line holds no JSON object");
    }
    try {
      line.read(buffer, brace, end - brace);
    } catch (JsonTextException e) {
      return Verdict.failed(e.code(), sentence(e.code()));
    }
    return row(buffer, start, brace, row);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == '\f';
  }

  private static String sentence(FailureCode code) {
    return switch (code) {
      case TRUNCATED_JSON -> "the line ends before its JSON object is closed";
      case NESTING_TOO_DEEP ->
          "the JSON is nested more than " + JsonTape.MAX_DEPTH + " levels deep";
      default -> "the JSON breaks the grammar, or text follows the object";
    };
  }

  private Verdict row(byte[] buffer, int start, int brace, Row row) {
    long occurredAt = occurredAt();
    if (occurredAt == EventTime.NONE) {
      return isTimeBlank("time") && isTimeBlank("timestamp") && isTimeBlank("originalTimestamp")
          ? NO_TIME
          : BAD_TIME;
    }
    key.clear();
    canonical.write(line, 0, key);
    columns.clear(row);
    extra.clear();
    if (brace > start) {
      int before = brace;
      while (before > start && isSpace(buffer[before - 1])) {
        before--;
      }
      extra.text("#before", buffer, start, before);
    }
    row.set(columns.eventId, keys.id(key.bytes(), 0, key.length()));
    row.set(columns.occurredAt, occurredAt);
    members(row);
    row.set(columns.extra, extra.toUtf8());
    return Verdict.PARSED;
  }

  private long occurredAt() {
    long micros = time("time");
    if (micros == EventTime.NONE) {
      micros = time("timestamp");
    }
    return micros == EventTime.NONE ? time("originalTimestamp") : micros;
  }

  private long time(String name) {
    int node = line.member(0, name);
    if (node == NONE || line.type(node) != JsonTape.Type.STRING) {
      return EventTime.NONE;
    }
    if (line.isPlain(node)) {
      return EventTime.micros(line.bytes(), line.start(node) + 1, line.end(node) - 1);
    }
    text.clear();
    JsonStrings.decode(line.bytes(), line.start(node) + 1, line.end(node) - 1, text);
    return EventTime.micros(text.bytes(), 0, text.length());
  }

  private boolean isTimeBlank(String name) {
    int node = line.member(0, name);
    return node == NONE || line.type(node) == JsonTape.Type.NULL || isBlankString(line, node);
  }

  private boolean isBlankString(JsonTape tape, int node) {
    if (tape.type(node) != JsonTape.Type.STRING) {
      return false;
    }
    text.clear();
    JsonStrings.decode(tape.bytes(), tape.start(node) + 1, tape.end(node) - 1, text);
    for (int i = 0; i < text.length(); i++) {
      if (!isSpace(text.bytes()[i])) {
        return false;
      }
    }
    return true;
  }

  /** Goes through the members once, in their order; of repeated ones only the last counts. */
  private void members(Row row) {
    boolean hasRepeated = canonical.hasRepeatedKeys();
    int context = NONE;
    int event = NONE;
    int data = NONE;
    int properties = NONE;
    int userId = NONE;
    int receivedAt = NONE;
    boolean isEdx = false;
    for (int node = line.firstChild(0); node != NONE; node = line.next(node)) {
      String name = line.key(node);
      if (hasRepeated && line.member(0, name) != node) {
        continue;
      }
      Integer column = columns.texts.get(name);
      if (column != null) {
        isEdx |= column == columns.eventType || column == columns.eventSource;
        if (!text(line, node, column, column == columns.username, row)) {
          extra.value(name, line, node);
        }
        continue;
      }
      switch (name) {
        case "context" -> {
          context = node;
          if (line.type(node) != JsonTape.Type.OBJECT) {
            extra.value(name, line, node);
          }
        }
        case "event" -> event = node; // once it is known what the line is
        case "data" -> data = node;
        case "properties" -> properties = node;
        case "userId" -> userId = node;
        case "receivedAt" -> receivedAt = node;
        default -> {}
      }
      if (!name.equals("context") && !name.equals("event")) {
        extra.value(name, line, node);
      }
    }
    if (line.isObject(context)) {
      row.set(columns.context, raw(line, context, hasRepeated));
    }
    if (!isEdx && isSegment(properties)) {
      row.set(columns.envelope, SEGMENT);
      if (event != NONE) {
        extra.value("event", line, event);
      }
      segment(row, context, properties, userId, receivedAt, hasRepeated);
    } else if (event == NONE && data != NONE) {
      row.set(columns.envelope, DATA);
      event(row, data, null, hasRepeated);
      context(row, context);
      row.set(columns.eventName, eventName(row));
    } else {
      row.set(columns.envelope, TRACKING);
      event(row, event, "event", hasRepeated);
      context(row, context);
      row.set(columns.eventName, eventName(row));
    }
    course(row);
  }

  private boolean isSegment(int properties) {
    return line.isObject(properties)
        && (line.member(properties, "name") != NONE
            || line.member(properties, "data") != NONE
            || line.member(properties, "context") != NONE);
  }

  private Object eventName(Row row) {
    Object name = row.get(columns.name);
    return name == null ? row.get(columns.eventType) : name;
  }

  /** A line as the mobile apps' collector logs it: the event lies in properties. */
  private void segment(
      Row row, int context, int properties, int userId, int receivedAt, boolean hasRepeated) {
    event(row, line.member(properties, "data"), null, hasRepeated);
    context(row, context);
    int inner = line.member(properties, "context");
    if (line.isObject(inner)) {
      member(inner, "course_id", columns.contextCourseId, true, row);
      member(inner, "component", columns.contextComponent, false, row);
    }
    if (userId != NONE) {
      row.set(columns.contextUserId, integer(line, userId));
    }
    if (receivedAt != NONE) {
      text(line, receivedAt, columns.contextReceivedAt, true, row);
    }
    int name = line.member(properties, "name");
    if (name != NONE) {
      text(line, name, columns.eventName, false, row);
    }
    if (row.get(columns.eventName) == null) {
      row.set(columns.eventName, row.get(columns.name));
    }
  }

  /** Typed columns of the context; the context's own column gives the original back. */
  private void context(Row row, int context) {
    if (!line.isObject(context)) {
      return;
    }
    for (int node = line.firstChild(context); node != NONE; node = line.next(node)) {
      String name = line.key(node);
      Integer column = columns.contextTexts.get(name);
      if (column != null) {
        boolean isTrimmed =
            column == columns.contextCourseId || column == columns.contextReceivedAt;
        text(line, node, column, isTrimmed, row);
        if (line.type(node) == JsonTape.Type.NUMBER && column == columns.contextReceivedAt) {
          row.set(column, slice(line.bytes(), line.start(node), line.end(node)));
        }
      } else if (name.equals("user_id")) {
        row.set(columns.contextUserId, integer(line, node));
      } else if (line.type(node) == JsonTape.Type.OBJECT) {
        Map<String, Integer> inner = columns.contextObjects.get(name);
        if (inner != null) {
          for (Map.Entry<String, Integer> member : inner.entrySet()) {
            member(node, member.getKey(), member.getValue(), false, row);
          }
        }
      }
    }
  }

  private void member(int object, String name, int column, boolean isTrimmed, Row row) {
    int node = line.member(object, name);
    if (node != NONE) {
      text(line, node, column, isTrimmed, row);
    }
  }

  /**
   * Sets a text column.
   *
   * @return whether the column gives the original back
   */
  private boolean text(JsonTape tape, int node, int column, boolean isTrimmed, Row row) {
    row.set(column, null);
    if (tape.type(node) != JsonTape.Type.STRING) {
      return false;
    }
    byte[] bytes = tape.bytes();
    int from = tape.start(node) + 1;
    int to = tape.end(node) - 1;
    boolean isWhole = true;
    if (!tape.isPlain(node)) {
      text.clear();
      isWhole = JsonStrings.decode(bytes, from, to, text);
      bytes = text.bytes();
      from = 0;
      to = text.length();
    }
    int first = from;
    int last = to;
    while (first < last && isSpace(bytes[first])) {
      first++;
    }
    while (last > first && isSpace(bytes[last - 1])) {
      last--;
    }
    if (first == last) {
      return false;
    }
    if (!isTrimmed) {
      row.set(column, slice(bytes, from, to));
      return isWhole;
    }
    row.set(column, slice(bytes, first, last));
    return isWhole && first == from && last == to;
  }

  private static Utf8 slice(byte[] bytes, int from, int to) {
    return new Utf8(java.util.Arrays.copyOfRange(bytes, from, to));
  }

  /** A value's JSON text: as it stands, or written again where it could not be read by others. */
  private Utf8 raw(JsonTape tape, int node, boolean hasRepeated) {
    if (!hasRepeated && !tape.hasNonFinite()) {
      return slice(tape.bytes(), tape.start(node), tape.end(node));
    }
    decoded.clear();
    PlainJson.write(tape, node, decoded);
    return new Utf8(decoded.toBytes());
  }

  /**
   * Sets the payload's columns.
   *
   * @param name of the member, when the column must give the original back; null when extra has it
   *     already
   */
  private void event(Row row, int node, String name, boolean hasRepeated) {
    row.set(columns.isEventTruncated, false);
    if (node == NONE) {
      row.set(columns.eventShape, EventShape.ABSENT.label());
      return;
    }
    boolean isGivenBack = true;
    EventShape shape;
    switch (line.type(node)) {
      case OBJECT -> {
        shape = EventShape.OBJECT;
        payload(row, line, node);
        row.set(columns.event, raw(line, node, hasRepeated));
      }
      case ARRAY -> {
        shape = EventShape.LIST;
        row.set(columns.event, raw(line, node, hasRepeated));
      }
      case NUMBER, NON_FINITE -> {
        shape = EventShape.NUMBER;
        row.set(columns.event, raw(line, node, hasRepeated));
      }
      case TRUE, FALSE -> {
        shape = EventShape.BOOLEAN;
        row.set(columns.event, raw(line, node, hasRepeated));
      }
      case NULL -> shape = EventShape.NULL;
      case STRING -> {
        decoded.clear();
        isGivenBack =
            JsonStrings.decode(line.bytes(), line.start(node) + 1, line.end(node) - 1, decoded);
        shape = string(row, node);
        isGivenBack &= shape != EventShape.BLANK || decoded.length() == 0;
        isGivenBack &= !shape.isEncoded() || isPayloadAsWritten();
      }
      default -> throw new IllegalStateException();
    }
    row.set(columns.eventShape, shape.label());
    if (name != null && !isGivenBack) {
      extra.value(name, line, node);
    }
  }

  private boolean isPayloadAsWritten() {
    return !payload.hasNonFinite() && !payloadCheck.hasRepeatedKeys();
  }

  /**
   * A payload that is a string: JSON once more, a form, or text. Its decoded text is in {@link
   * #decoded}.
   */
  private EventShape string(Row row, int node) {
    byte[] bytes = decoded.bytes();
    int from = 0;
    int to = decoded.length();
    while (from < to && isSpace(bytes[from])) {
      from++;
    }
    if (from == to) {
      row.set(columns.event, EMPTY_OBJECT);
      return EventShape.BLANK;
    }
    if (canBeginJson(bytes[from])) {
      try {
        payload.read(bytes, 0, to);
        return encoded(row, to);
      } catch (JsonTextException e) {
        row.set(
            columns.isEventTruncated, bytes[0] == '{' && characters(bytes, to) == CUT_CHARACTERS);
      }
    }
    row.set(columns.event, slice(line.bytes(), line.start(node), line.end(node)));
    return isForm(bytes, 0, to) ? EventShape.FORM : EventShape.TEXT;
  }

  private EventShape encoded(Row row, int length) {
    text.clear();
    payloadCheck.write(payload, 0, text); // finds repeated keys
    if (isPayloadAsWritten()) {
      row.set(columns.event, slice(decoded.bytes(), 0, length));
    } else {
      text.clear();
      PlainJson.write(payload, 0, text);
      row.set(columns.event, new Utf8(text.toBytes()));
    }
    return switch (payload.type(0)) {
      case OBJECT -> {
        payload(row, payload, 0);
        yield EventShape.STRING_OBJECT;
      }
      case ARRAY -> EventShape.STRING_LIST;
      case STRING -> {
        text.clear();
        JsonStrings.decode(payload.bytes(), payload.start(0) + 1, payload.end(0) - 1, text);
        if (isBlankString(payload, 0)) {
          yield EventShape.STRING_BLANK;
        }
        yield isForm(text.bytes(), 0, text.length())
            ? EventShape.STRING_FORM
            : EventShape.STRING_TEXT;
      }
      case NUMBER, NON_FINITE, TRUE, FALSE, NULL -> EventShape.STRING_OTHER;
    };
  }

  private static boolean canBeginJson(byte b) {
    return b == '{'
        || b == '['
        || b == '"'
        || b == '-'
        || (b >= '0' && b <= '9')
        || b == 't'
        || b == 'f'
        || b == 'n'
        || b == 'N'
        || b == 'I';
  }

  private static boolean isForm(byte[] bytes, int from, int to) {
    boolean hasEquals = false;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '{') {
        return false;
      }
      hasEquals |= bytes[i] == '=';
    }
    return hasEquals;
  }

  /** Code points, as Python counts what it cuts. */
  private static int characters(byte[] bytes, int length) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  /** Typed columns of a payload object; the event column gives the original back. */
  private void payload(Row row, JsonTape tape, int object) {
    for (int node = tape.firstChild(object); node != NONE; node = tape.next(node)) {
      Columns.Field field = columns.payload.get(tape.key(node));
      if (field == null || (field.isFallback() && row.get(field.column()) != null)) {
        continue;
      }
      switch (field.kind()) {
        case TEXT -> text(tape, node, field.column(), false, row);
        case TRIMMED -> text(tape, node, field.column(), true, row);
        case INTEGER -> row.set(field.column(), integer(tape, node));
        case DECIMAL -> {
          Double value = decimal(tape, node);
          if (value != null || !field.isFallback()) {
            row.set(field.column(), value);
          }
        }
      }
    }
  }

  private String ascii(JsonTape tape, int node) {
    if (tape.type(node) == JsonTape.Type.NUMBER) {
      return new String(
          tape.bytes(),
          tape.start(node),
          tape.end(node) - tape.start(node),
          StandardCharsets.ISO_8859_1);
    }
    if (tape.type(node) != JsonTape.Type.STRING || !tape.isPlain(node)) {
      return null;
    }
    return new String(
            tape.bytes(),
            tape.start(node) + 1,
            tape.end(node) - tape.start(node) - 2,
            StandardCharsets.ISO_8859_1)
        .strip();
  }

  /** A whole number, as a number or as text; null when it is none or too large. */
  private Long integer(JsonTape tape, int node) {
    String digits = ascii(tape, node);
    if (digits == null || digits.isEmpty() || digits.length() > 40) {
      return null;
    }
    try {
      return digits.length() < 19
              && digits.indexOf('.') < 0
              && digits.indexOf('e') < 0
              && digits.indexOf('E') < 0
          ? Long.parseLong(digits)
          : (Long) new java.math.BigDecimal(digits).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /** A finite number, as a number or as text; null when it is none. */
  private Double decimal(JsonTape tape, int node) {
    String digits = ascii(tape, node);
    if (digits == null || digits.isEmpty() || !isDecimal(digits)) {
      return null;
    }
    try {
      double value = Double.parseDouble(digits);
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Java would also read 1d, 0x1p3 and NaN. */
  private static boolean isDecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return true;
  }

  /**
   * The course, from the first place that has one: the context's key, its path, event_type, page.
   */
  private void course(Row row) {
    CourseKey course = null;
    Object id = row.get(columns.contextCourseId);
    if (id != null) {
      course = known(id.toString());
    }
    for (int i = 0; course == null && i < columns.urls.length; i++) {
      Object url = row.get(columns.urls[i]);
      course = url == null ? null : CourseKey.inUrl(url.toString());
    }
    row.set(columns.courseId, course == null ? null : course.id());
    row.set(columns.org, course == null ? null : course.org());
    row.set(columns.course, course == null ? null : course.course());
    row.set(columns.run, course == null ? null : course.run());
  }

  private CourseKey known(String id) {
    CourseKey known = courses.get(id);
    if (known == null) {
      known = CourseKey.parse(id);
      if (known != null && courses.size() < CACHED_COURSES) {
        courses.put(id, known);
      }
    }
    return known;
  }
}
