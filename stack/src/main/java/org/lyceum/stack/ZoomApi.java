package org.lyceum.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path below {@code /v2} and its question in, the reply of Zoom's API out. */
final class ZoomApi {
  private static final Pattern PATH =
      Pattern.compile(
          "(?<what>/metrics/meetings|/report/meetings|/report/users|/past_meetings|/users)"
              + "(/(?<id>[^/]+)(?<list>/participants|/meetings)?)?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{9,11}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstantSource clock;
  private final ZoomPages pages;
  private final Map<String, ServedZoomMeeting> meetings = new LinkedHashMap<>();
  private final Map<String, ServedZoomUser> users = new LinkedHashMap<>();
  private boolean hasDashboard = true;
  private Duration settling = Duration.ZERO;

  ZoomApi(InstantSource clock) {
    this.clock = clock;
    pages = new ZoomPages(clock);
  }

  void add(ServedZoomMeeting meeting) {
    meetings.put(meeting.uuid(), meeting);
  }

  void remove(String uuid) {
    meetings.remove(uuid);
  }

  void add(ServedZoomUser user) {
    users.put(user.id(), user);
  }

  void withoutDashboard() {
    hasDashboard = false;
  }

  void settling(Duration duration) {
    settling = duration;
  }

  void overlap(int records) {
    pages.overlap(records);
  }

  ZoomReply answer(String path, Map<String, String> query) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return ZoomReply.error(404, 2300, "This API endpoint is not recognized.");
    }
    String what = matcher.group("what");
    String id = matcher.group("id");
    String list = matcher.group("list");
    if (what.equals("/metrics/meetings") && !hasDashboard) {
      return ZoomReply.error(
          400, 200, "This API is only available for Business or higher accounts.");
    }
    String asked = what + (id == null ? "" : "/{id}") + (list == null ? "" : list);
    return switch (asked) {
      case "/metrics/meetings" -> metricsMeetings(path, query);
      case "/metrics/meetings/{id}" ->
          one(id, hasMetrics(query), meeting -> ZoomReply.ok(meeting.metrics()));
      case "/metrics/meetings/{id}/participants" ->
          one(
              id,
              hasMetrics(query),
              meeting ->
                  pages.page(path, query, "", "participants", meeting.metricsParticipants()));
      case "/report/users/{id}/meetings" -> reportMeetings(path, query, decoded(id));
      case "/report/meetings/{id}" ->
          one(id, this::hasReport, meeting -> ZoomReply.ok(meeting.report()));
      case "/report/meetings/{id}/participants" ->
          one(
              id,
              this::hasReport,
              meeting -> pages.page(path, query, "", "participants", meeting.reportParticipants()));
      case "/past_meetings/{id}" ->
          one(id, this::isSettled, meeting -> ZoomReply.ok(meeting.past()));
      case "/past_meetings/{id}/participants" ->
          one(
              id,
              this::isSettled,
              meeting -> pages.page(path, query, "", "participants", pastParticipants(meeting)));
      case "/users" -> users(path, query);
      case "/users/{id}/meetings" -> scheduled(path, query, decoded(id));
      default -> ZoomReply.error(404, 2300, "This API endpoint is not recognized.");
    };
  }

  private ZoomReply metricsMeetings(String path, Map<String, String> query) {
    Predicate<ServedZoomMeeting> ofType = ofType(query);
    return inRange(query)
        .orElseGet(
            () ->
                pages.page(
                    path,
                    query,
                    head(query),
                    "meetings",
                    between(query, ofType).stream().map(ServedZoomMeeting::metrics).toList()));
  }

  private ZoomReply reportMeetings(String path, Map<String, String> query, String user) {
    if (!users.containsKey(user)) {
      return noSuchUser(user);
    }
    return inRange(query)
        .orElseGet(
            () ->
                pages.page(
                    path,
                    query,
                    head(query),
                    "meetings",
                    between(query, meeting -> meeting.hostId().equals(user)).stream()
                        .filter(meeting -> isPast(meeting) && !meeting.report().isEmpty())
                        .map(ServedZoomMeeting::report)
                        .toList()));
  }

  private ZoomReply users(String path, Map<String, String> query) {
    String status = query.getOrDefault("status", "active");
    return pages.page(
        path,
        query,
        "",
        "users",
        users.values().stream()
            .filter(user -> user.status().equals(status))
            .map(ServedZoomUser::json)
            .toList());
  }

  private ZoomReply scheduled(String path, Map<String, String> query, String id) {
    ServedZoomUser user = users.get(id);
    return user == null
        ? noSuchUser(id)
        : pages.page(path, query, "", "meetings", user.scheduled());
  }

  private static ZoomReply noSuchUser(String id) {
    return ZoomReply.error(404, 1001, "User does not exist: " + id + ".");
  }

  /**
   * The default is live: who means the past must say so. Meetings of one are a type of their own.
   */
  private Predicate<ServedZoomMeeting> ofType(Map<String, String> query) {
    return switch (query.getOrDefault("type", "live")) {
      case "past" -> meeting -> isPast(meeting) && !meeting.isOnePerson();
      case "pastOne" -> meeting -> isPast(meeting) && meeting.isOnePerson();
      default -> meeting -> !isPast(meeting) && !clock.instant().isBefore(meeting.listedAt());
    };
  }

  private Predicate<ServedZoomMeeting> hasMetrics(Map<String, String> query) {
    return ofType(query).and(meeting -> !isPast(meeting) || isSettled(meeting));
  }

  private boolean isPast(ServedZoomMeeting meeting) {
    return !clock.instant().isBefore(meeting.endedAt());
  }

  /** Details and participants come some minutes later than the entry in the list. */
  private boolean isSettled(ServedZoomMeeting meeting) {
    return !clock.instant().isBefore(meeting.endedAt().plus(settling));
  }

  private boolean hasReport(ServedZoomMeeting meeting) {
    return isSettled(meeting) && !meeting.report().isEmpty();
  }

  /** Days in UTC, both included, at most a month, within the last six; empty if all is well. */
  private Optional<ZoomReply> inRange(Map<String, String> query) {
    LocalDate from;
    LocalDate to;
    try {
      from = LocalDate.parse(query.getOrDefault("from", ""));
      to = LocalDate.parse(query.getOrDefault("to", ""));
    } catch (DateTimeParseException e) {
      return Optional.of(ZoomReply.error(400, 300, "Invalid from or to: they are yyyy-MM-dd."));
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (to.isBefore(from) || to.isAfter(from.plusMonths(1))) {
      return Optional.of(ZoomReply.error(400, 300, "The range must be within one month."));
    }
    if (from.isBefore(today.minusMonths(6))) {
      return Optional.of(
          ZoomReply.error(400, 300, "The range must be within the last six months."));
    }
    return Optional.empty();
  }

  private List<ServedZoomMeeting> between(
      Map<String, String> query, Predicate<ServedZoomMeeting> also) {
    Instant from = LocalDate.parse(query.get("from")).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant end =
        LocalDate.parse(query.get("to")).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    return meetings.values().stream()
        .filter(also)
        .filter(meeting -> !meeting.listedAt().isBefore(from) && meeting.listedAt().isBefore(end))
        .sorted(
            Comparator.comparing(ServedZoomMeeting::listedAt)
                .thenComparing(ServedZoomMeeting::uuid))
        .toList();
  }

  private static String head(Map<String, String> query) {
    return "\"from\":\"%s\",\"to\":\"%s\",".formatted(query.get("from"), query.get("to"));
  }

  /** What is answered for a meeting, if it can be found and is as it must be. */
  private ZoomReply one(String id, Predicate<ServedZoomMeeting> also, Answer answer) {
    Optional<ServedZoomMeeting> meeting = find(id).filter(also);
    return meeting.isPresent() ? answer.of(meeting.get()) : ZoomReply.noSuchMeeting(decoded(id));
  }

  @FunctionalInterface
  private interface Answer {
    ZoomReply of(ServedZoomMeeting meeting);
  }

  /**
   * A uuid that begins with a slash, or has two in a row, must come encoded twice, any other once.
   * A number means the latest instance.
   */
  private Optional<ServedZoomMeeting> find(String id) {
    String once = decoded(id);
    if (NUMBER.matcher(once).matches()) {
      return meetings.values().stream()
          .filter(meeting -> Long.toString(meeting.id()).equals(once) && isPast(meeting))
          .max(Comparator.comparing(ServedZoomMeeting::listedAt));
    }
    if (isEncodedTwice(once)) {
      return Optional.empty();
    }
    String twice = decoded(once);
    return Optional.ofNullable(meetings.get(isEncodedTwice(twice) ? twice : once));
  }

  private static boolean isEncodedTwice(String uuid) {
    return uuid.startsWith("/") || uuid.contains("//");
  }

  /** As in paths, where a plus is a plus. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static List<String> pastParticipants(ServedZoomMeeting meeting) {
    List<String> people = new ArrayList<>();
    try {
      for (String text : meeting.reportParticipants()) {
        JsonNode session = JSON.readTree(text);
        people.add(
            JSON.createObjectNode()
                .put("id", session.path("id").asText())
                .put("name", session.path("name").asText())
                .put("user_email", session.path("user_email").asText())
                .toString());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A participant is not JSON", e);
    }
    return people;
  }
}
