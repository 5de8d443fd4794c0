package org.lyceum.testdata;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A seed and a place in, an event out: the n-th of its type on a day of storage. Every other place
 * gives another event; the events of a session are spread over the files of their types.
 */
final class OpenStaxEvents {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final String[] BOOKS = {"algebra-1", "geometry-1", "logic", "biology-2e"};
  private static final String[] COLORS = {"yellow", "green", "blue", "pink", "purple"};
  private static final String[] STATES = {"focused", "visible", "background", "none"};
  private static final String[] AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0 Safari/537.36"
  };
  private static final String[] NOTES = {
    "", "learn this", "why?", "für die Prüfung", "see \"Example 2\"", "重要", "a, b & c"
  };

  private final long seed;
  private final Dice dice = new Dice();
  private final Dice session = new Dice();

  OpenStaxEvents(long seed) {
    this.seed = seed;
  }

  /**
   * Another number for each type, day and ordinal, so that nothing else decides what an event is.
   */
  private static long number(OpenStaxType type, int day, long ordinal) {
    return Dice.mix(type.topic().hashCode(), day) + ordinal;
  }

  OpenStaxEvent at(OpenStaxType type, int day, long ordinal, boolean isAnonymous) {
    int perSession = type.perSession();
    long visit = ordinal / perSession;
    int turn = (int) (ordinal % perSession);
    int order = order(type, turn);
    session.start(seed, 0x73657373L ^ ((long) day << 40) ^ visit);
    UUID sessionUuid = uuid(session);
    UUID device = uuid(session);
    UUID user = session.perMille(400) ? uuid(session) : null;
    String book = session.of(BOOKS);
    long start = session.below(DAY_MILLIS - 3_600_000L);
    boolean isLate = session.perMille(20);
    int lateDays = isLate ? 1 + session.below(5) : 0;
    String agent = session.of(AGENTS);
    boolean hasMetadata = session.perMille(900);

    dice.start(seed, number(type, day, ordinal));
    long moment =
        dayStart(day - lateDays) + start + order * 7_000L + dice.below(5_000); // milliseconds
    Map<String, Object> fields = new LinkedHashMap<>();
    if (type == OpenStaxType.XAPI_STATEMENT) {
      UUID id = uuid(dice);
      statement(fields, id, moment, book);
      return new OpenStaxEvent(type, id.toString(), fields);
    }
    fields.put("device_uuid", isAnonymous ? null : device);
    fields.put("user_uuid", isAnonymous ? null : user);
    fields.put("session_uuid", sessionUuid);
    if (type != OpenStaxType.STARTED_SESSION) {
      fields.put("session_order", order);
    }
    int page = dice.below(60);
    fields.put("scheme", "https");
    fields.put("host", "books.lyceum.example");
    fields.put("path", "/books/" + book + "/pages/" + page);
    fields.put("query", isAnonymous ? null : query());
    own(type, fields, moment, book, page, turn, agent, hasMetadata);
    String key =
        sessionUuid
            + " "
            + type.event()
            + (type == OpenStaxType.STARTED_SESSION ? "" : " " + order);
    return new OpenStaxEvent(type, key, fields);
  }

  /** The place of the turn-th event of this type among the twenty of a session. */
  private static int order(OpenStaxType type, int turn) {
    int seen = 0;
    for (int i = 0; i < OpenStaxType.SESSION.size(); i++) {
      if (OpenStaxType.SESSION.get(i) == type && seen++ == turn) {
        return i;
      }
    }
    throw new IllegalArgumentException(type + " has no turn " + turn);
  }

  static long dayStart(int day) {
    LocalDate date = OpenStaxOptions.FIRST_DAY.plusDays(day);
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** A book has one uuid, whoever names it. */
  private static UUID uuid(String book) {
    return UUID.nameUUIDFromBytes(book.getBytes(StandardCharsets.UTF_8));
  }

  private static UUID uuid(Dice dice) {
    long high = (dice.next() & ~0xf000L) | 0x4000L;
    long low = (dice.next() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private Map<String, List<String>> query() {
    return switch (dice.below(5)) {
      case 0 -> Map.of("target", List.of("{\"index\":" + dice.below(9) + "}"));
      case 1 -> Map.of("words", List.of("me", "and", "my shadow"));
      case 2 -> Map.of();
      default -> null;
    };
  }

  private void own(
      OpenStaxType type,
      Map<String, Object> fields,
      long moment,
      String book,
      int page,
      int turn,
      String agent,
      boolean hasMetadata) {
    switch (type) {
      case STARTED_SESSION -> {
        fields.put("ip_address", "192.0.2." + dice.below(256));
        fields.put("referrer", dice.perMille(500) ? "" : "https://search.lyceum.example/");
        fields.put("user_agent", agent);
        fields.put("occurred_at", moment);
        fields.put("platform", dice.perMille(800) ? "rex" : null);
        fields.put("release_id", "v4/" + Integer.toHexString(dice.below(1 << 28)));
        fields.put("service_worker", dice.of(new String[] {"unsupported", "inactive", "active"}));
        fields.put("organization_id", null);
      }
      case ACCESSED_STUDYGUIDE -> {
        fields.put("page_id", uuid(dice).toString());
        fields.put("book_id", book);
        fields.put("occurred_at", moment);
        fields.put("source_metadata", hasMetadata ? metadata(book, page) : null);
      }
      case CHANGED_STATE -> {
        fields.put("state_type", "visibility");
        fields.put("current", STATES[turn % STATES.length]);
        fields.put("previous", turn == 0 ? "none" : STATES[(turn - 1) % STATES.length]);
        fields.put("occurred_at", moment);
        fields.put("source_metadata", hasMetadata ? metadata(book, page) : null);
      }
      case CREATED_HIGHLIGHT_V1 -> {
        String pageId = uuid(dice).toString();
        fields.put("highlight_id", uuid(dice).toString());
        fields.put("source_type", "openstax_page");
        fields.put("source_id", pageId);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("bookVersion", "13." + dice.below(20));
        metadata.put("pipelineVersion", "20210224.204120");
        fields.put("source_metadata", metadata);
        fields.put("annotation", dice.of(NOTES));
        highlight(fields);
        fields.put("scope_id", uuid(book).toString());
        fields.put("occurred_at", moment);
      }
      case CREATED_HIGHLIGHT_V2 -> {
        fields.put("highlight_id", uuid(dice).toString());
        fields.put("source_type", "openstax_page");
        fields.put("source_metadata", metadata(book, page));
        highlight(fields);
        fields.put("occurred_at", moment);
      }
      case INTERACTED_ELEMENT -> {
        boolean isDetails = dice.perMille(200);
        fields.put("target_id", dice.perMille(300) ? "" : "fs-id" + dice.below(1 << 30));
        fields.put("target_type", isDetails ? "DETAILS" : dice.perMille(500) ? "A" : "BUTTON");
        Map<String, Object> attributes =
            new LinkedHashMap<>(); // in an order that is always the same
        attributes.put("class", "button-" + dice.below(9));
        attributes.put("href", "#fig-" + dice.below(99));
        fields.put("target_attributes", attributes);
        fields.put("target_state_change", isDetails ? "open" : null);
        fields.put("context_id", "section-" + dice.below(40));
        fields.put("context_type", dice.perMille(500) ? "BODY" : "SECTION");
        fields.put(
            "context_attributes", dice.perMille(500) ? Map.of() : Map.of("data-type", "page"));
        fields.put("occurred_at", moment);
        fields.put("context_region", dice.of(new String[] {"body", "TOC", "nav", "toolbar"}));
        fields.put("context_state_change", null);
        fields.put("source_metadata", hasMetadata ? metadata(book, page) : null);
      }
      case NUDGED -> {
        fields.put("app", "rex");
        fields.put("target", "study_guides");
        fields.put("context", uuid(book).toString());
        fields.put("flavor", "full screen");
        fields.put("medium", "webview");
        fields.put("occurred_at", moment);
      }
      case XAPI_STATEMENT ->
          throw new IllegalArgumentException("a statement has fields of its own");
    }
  }

  private void highlight(Map<String, Object> fields) {
    fields.put("anchor", "fs-id" + dice.below(1 << 30));
    fields.put("color", dice.of(COLORS));
    fields.put(
        "location_strategies",
        "[{\"start\":" + dice.below(900) + ",\"type\":\"TextPositionSelector\"}]");
  }

  private Map<String, Object> metadata(String book, int page) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("content_id", uuid(dice));
    metadata.put("content_version", "13." + dice.below(20));
    metadata.put("context_version", "20240112.160000");
    metadata.put("content_index", page);
    metadata.put("scope_id", uuid(book));
    return metadata;
  }

  private void statement(Map<String, Object> fields, UUID id, long moment, String book) {
    fields.put("id", id.toString());
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("homePage", "https://books.lyceum.example");
    account.put("name", "learner-" + dice.below(5_000));
    Map<String, Object> actor = new LinkedHashMap<>();
    actor.put("objectType", "Agent");
    actor.put("account", account);
    fields.put("actor", actor);
    Map<String, Object> verb = new LinkedHashMap<>();
    verb.put("id", "http://adlnet.gov/expapi/verbs/answered");
    verb.put("display", Map.of("en-US", "answered"));
    fields.put("verb", verb);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("objectType", "Activity");
    object.put("id", "https://books.lyceum.example/" + book + "/exercises/" + dice.below(500));
    fields.put("object", object);
    boolean isRight = dice.perMille(600);
    Map<String, Object> score = new LinkedHashMap<>();
    score.put("scaled", isRight ? 1.0 : 0.25);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("score", score);
    result.put("success", isRight);
    result.put("response", "b");
    fields.put("result", result);
    fields.put("context", null);
    fields.put("timestamp", Instant.ofEpochMilli(moment).toString());
    fields.put("stored", null);
    fields.put("authority", null);
    fields.put("version", "1.0.3");
  }
}
