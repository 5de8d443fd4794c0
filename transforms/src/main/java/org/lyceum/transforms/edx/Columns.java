package org.lyceum.transforms.edx;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/** Where in a row the parser's columns stand, found by name once. */
final class Columns {
  /** How a payload member becomes a value. */
  enum Kind {
    TEXT,
    TRIMMED,
    INTEGER,
    DECIMAL
  }

  /**
   * A column that is read from the payload.
   *
   * @param isFallback another member of the payload goes before this one
   */
  record Field(int column, Kind kind, boolean isFallback) {}

  final int eventId;
  final int occurredAt;
  final int envelope;
  final int eventName;
  final int courseId;
  final int org;
  final int course;
  final int run;
  final int context;
  final int event;
  final int eventShape;
  final int isEventTruncated;
  final int eventSource;
  final int eventType;
  final int name;
  final int username;
  final int contextUserId;
  final int contextCourseId;
  final int contextComponent;
  final int contextReceivedAt;
  final int extra;

  /** Text members of the line. */
  final Map<String, Integer> texts = new HashMap<>();

  /** Text members of the context. */
  final Map<String, Integer> contextTexts = new HashMap<>();

  /** Text members of objects in the context. */
  final Map<String, Map<String, Integer>> contextObjects = new HashMap<>();

  /** Members of the payload. */
  final Map<String, Field> payload = new HashMap<>();

  /** Columns in which a course may be found, in their order. */
  final int[] urls;

  private final int[] own;

  Columns(Contract contract) {
    eventId = contract.ordinal("event_id");
    occurredAt = contract.ordinal("occurred_at");
    envelope = contract.ordinal("envelope");
    eventName = contract.ordinal("event_name");
    courseId = contract.ordinal("course_id");
    org = contract.ordinal("org");
    course = contract.ordinal("course");
    run = contract.ordinal("run");
    context = contract.ordinal("context");
    event = contract.ordinal("event");
    eventShape = contract.ordinal("event_shape");
    isEventTruncated = contract.ordinal("is_event_truncated");
    eventSource = contract.ordinal("event_source");
    eventType = contract.ordinal("event_type");
    name = contract.ordinal("name");
    username = contract.ordinal("username");
    contextUserId = contract.ordinal("context_user_id");
    contextCourseId = contract.ordinal("context_course_id");
    contextComponent = contract.ordinal("context_component");
    contextReceivedAt = contract.ordinal("context_received_at");
    extra = contract.ordinal("extra");
    for (String text :
        new String[] {
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
          "time",
          "username"
        }) {
      texts.put(text, contract.ordinal(text));
    }
    for (String text :
        new String[] {
          "username",
          "session",
          "course_id",
          "org_id",
          "path",
          "enterprise_uuid",
          "component",
          "received_at"
        }) {
      contextTexts.put(text, contract.ordinal("context_" + text));
    }
    contextObjects.put(
        "module",
        of(
            contract,
            "module",
            "display_name",
            "usage_key",
            "original_usage_key",
            "original_usage_version"));
    contextObjects.put("application", of(contract, "application", "name", "version"));
    payload(contract);
    urls = new int[] {contract.ordinal("context_path"), eventType, contract.ordinal("page")};
    own =
        IntStream.range(0, contract.columns().size())
            .filter(
                i ->
                    !contract.columns().get(i).source().equals("delivery")
                        && !contract.columns().get(i).source().equals("run"))
            .toArray();
  }

  private static Map<String, Integer> of(Contract contract, String object, String... members) {
    Map<String, Integer> columns = new HashMap<>();
    for (String member : members) {
      columns.put(member, contract.ordinal("context_" + object + "_" + member));
    }
    return columns;
  }

  private void payload(Contract contract) {
    field(contract, "id", "edx_event_id", Kind.TRIMMED);
    field(contract, "code", "event_code", Kind.TEXT);
    field(contract, "currentTime", "event_current_time", Kind.DECIMAL);
    payload.put(
        "current_time", new Field(contract.ordinal("event_current_time"), Kind.DECIMAL, true));
    field(contract, "old_time", "event_old_time", Kind.DECIMAL);
    field(contract, "new_time", "event_new_time", Kind.DECIMAL);
    field(contract, "old_speed", "event_old_speed", Kind.DECIMAL);
    field(contract, "new_speed", "event_new_speed", Kind.DECIMAL);
    field(contract, "duration", "event_duration", Kind.DECIMAL);
    field(contract, "type", "event_seek_type", Kind.TEXT);
    field(contract, "requested_skip_interval", "event_requested_skip_interval", Kind.DECIMAL);
    field(contract, "problem_id", "event_problem_id", Kind.TRIMMED);
    payload.put("problem", new Field(contract.ordinal("event_problem_id"), Kind.TRIMMED, true));
    field(contract, "success", "event_success", Kind.TEXT);
    field(contract, "grade", "event_grade", Kind.DECIMAL);
    field(contract, "max_grade", "event_max_grade", Kind.DECIMAL);
    field(contract, "attempts", "event_attempts", Kind.INTEGER);
    field(contract, "target_url", "event_target_url", Kind.TEXT);
    field(contract, "target_name", "event_target_name", Kind.TEXT);
    field(contract, "current_url", "event_current_url", Kind.TEXT);
    field(contract, "old", "event_old", Kind.INTEGER);
    field(contract, "new", "event_new", Kind.INTEGER);
    field(contract, "mode", "event_mode", Kind.TEXT);
    field(contract, "user_id", "event_user_id", Kind.INTEGER);
    field(contract, "course_id", "event_course_id", Kind.TRIMMED);
  }

  private void field(Contract contract, String member, String column, Kind kind) {
    payload.put(member, new Field(contract.ordinal(column), kind, false));
  }

  /** Clears the columns that the parser sets; those of the delivery and the run stay. */
  void clear(Row row) {
    for (int column : own) {
      row.set(column, null);
    }
  }
}
