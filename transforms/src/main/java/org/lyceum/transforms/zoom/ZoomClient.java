package org.lyceum.transforms.zoom;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lyceum.transforms.io.http.HttpAuth;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpReply;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.io.http.HttpWaiting;
import org.lyceum.transforms.zoom.ZoomList.Question;
import org.lyceum.transforms.zoom.ZoomPage.Listed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Days and uuids in; past meetings, their participants and what else Zoom's API v2 knows of them
 * out, each record as the bytes that were sent. A list comes whole or not at all.
 *
 * <p>What ends the harvest is an {@link HttpFailureException}; of kind {@code RATE_LIMITED} it says
 * when to go on. What is only too early is {@link ZoomAnswer.Unfinished}. For many threads, of
 * which as many ask at a time as the settings say.
 *
 * @see <a href="https://developers.zoom.us/docs/api/">Zoom's API v2: dashboards, reports, users</a>
 */
public final class ZoomClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ZoomClient.class);
  private static final Map<String, String> HEADERS = Map.of("Accept", "application/json");
  private static final List<String> MEETING_KEY = List.of("uuid");
  private static final List<String> SESSION_KEY = List.of("user_id", "join_time");
  private static final List<String> ID = List.of("id");

  /** Who is pending has hosted nothing yet; who is inactive may have. */
  private static final List<String> STATUSES = List.of("active", "inactive");

  /** Meetings that one person came to are a type of their own. */
  private static final String PAST_ONE = "pastOne";

  private static final String PAST = "past";

  private final ZoomConfig config;
  private final HttpWaiting waiting;
  private final HttpSession tokens;
  private final HttpSession session;
  private final ZoomList lists;

  private ZoomClient(ZoomConfig config, HttpSettings settings, HttpWaiting waiting) {
    this.config = config;
    this.waiting = waiting;
    // The request that needs the token is tried again, and the token with it.
    tokens =
        HttpSession.open(
            settings.withAttempts(1).withRateLimitPatience(Duration.ZERO),
            HttpAuth.none(),
            waiting);
    session =
        HttpSession.open(
            settings, HttpAuth.bearer(new ZoomTokens(config, tokens, waiting)), waiting);
    lists = new ZoomList(this::get, config.pageSize());
  }

  public static ZoomClient open(ZoomConfig config, HttpSettings settings) {
    return open(config, settings, HttpWaiting.real());
  }

  public static ZoomClient open(ZoomConfig config, HttpSettings settings, HttpWaiting waiting) {
    return new ZoomClient(config, settings, waiting);
  }

  /**
   * The past meetings of these UTC days, however many; each uuid once. Of reports those that two
   * people came to at least.
   *
   * @param from the first day
   * @param to the last day
   */
  public List<ZoomMeeting> meetings(LocalDate from, LocalDate to) {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("The last day is not before the first.");
    }
    Map<Object, ZoomMeeting> meetings = new LinkedHashMap<>();
    // A range is a month at most.
    for (LocalDate day = from; !day.isAfter(to); day = day.plusMonths(1)) {
      LocalDate last = day.plusMonths(1).minusDays(1);
      for (Listed listed : meetingsOfMonth(day, last.isAfter(to) ? to : last)) {
        String uuid = listed.key().get(0);
        // One without a uuid is no other's copy.
        Object key = uuid.isEmpty() ? meetings.size() : uuid;
        meetings.put(key, new ZoomMeeting(uuid, listed.json()));
      }
    }
    return List.copyOf(meetings.values());
  }

  /**
   * The sessions of a past meeting's participants, all of them; each user_id and join_time once.
   */
  public ZoomAnswer<List<byte[]>> participants(String uuid) {
    return switch (config.listing()) {
      case METRICS -> metricsParticipants(uuid);
      case REPORT -> participants("/report/meetings/", uuid, Map.of());
    };
  }

  /** A past meeting once more, with its host's id and its topic, which lists may leave out. */
  public ZoomAnswer<byte[]> detail(String uuid) {
    return ask(
        () -> {
          HttpReply reply = get("/past_meetings/" + encoded(uuid), Map.of());
          if (!reply.json().isObject()) {
            throw reply.unexpected("Zoom's reply is no meeting");
          }
          return reply.body();
        });
  }

  /** All who may have hosted meetings, those who have left too. */
  public List<ZoomUser> users() {
    Map<String, ZoomUser> users = new LinkedHashMap<>();
    for (String status : STATUSES) {
      for (Listed user :
          lists.read(new Question("/users", Map.of("status", status), "users", ID))) {
        String id = user.key().get(0);
        if (!id.isEmpty()) {
          users.put(id, new ZoomUser(id, user.json()));
        }
      }
    }
    return List.copyOf(users.values());
  }

  /** What a user planned; nothing if there is no such user any more. */
  public List<ZoomSeries> series(String userId) {
    return ofUser("/users/", userId, Map.of("type", "scheduled"), ID).stream()
        .map(series -> new ZoomSeries(series.key().get(0), series.json()))
        .toList();
  }

  /** How many requests were sent, those for tokens and repeated ones included. */
  public int requests() {
    return session.requests() + tokens.requests();
  }

  @Override
  public void close() {
    session.close();
    tokens.close();
  }

  private List<Listed> meetingsOfMonth(LocalDate from, LocalDate to) {
    Map<String, String> days = Map.of("from", from.toString(), "to", to.toString());
    try {
      return switch (config.listing()) {
        case METRICS -> metricsMeetings(days);
        case REPORT -> reportMeetings(days);
      };
    } catch (HttpFailureException e) {
      throw ZoomErrors.ofRange(e);
    }
  }

  private List<Listed> metricsMeetings(Map<String, String> days) {
    List<Listed> meetings = new ArrayList<>();
    for (String type : List.of(PAST, PAST_ONE)) {
      Map<String, String> query = with(days, "type", type);
      meetings.addAll(
          lists.read(new Question("/metrics/meetings", query, "meetings", MEETING_KEY)));
    }
    return meetings;
  }

  private List<Listed> reportMeetings(Map<String, String> days) {
    List<Listed> meetings = new ArrayList<>();
    for (ZoomUser user : users()) {
      meetings.addAll(ofUser("/report/users/", user.id(), with(days, "type", PAST), MEETING_KEY));
    }
    return meetings;
  }

  /** The meetings of a user, who may have gone since he was listed. */
  private List<Listed> ofUser(
      String path, String userId, Map<String, String> query, List<String> key) {
    try {
      return lists.read(new Question(path + encoded(userId) + "/meetings", query, "meetings", key));
    } catch (HttpFailureException e) {
      if (ZoomErrors.isNoSuchUser(e)) {
        LOG.warn("A user of Zoom's list is gone, and what he hosted with him; goes on");
        return List.of();
      }
      throw e;
    }
  }

  /** Who does not say which meetings he means is told of live ones only. */
  private ZoomAnswer<List<byte[]>> metricsParticipants(String uuid) {
    ZoomAnswer<List<byte[]>> past = participants("/metrics/meetings/", uuid, Map.of("type", PAST));
    if (past instanceof ZoomAnswer.Whole) {
      return past;
    }
    ZoomAnswer<List<byte[]>> pastOne =
        participants("/metrics/meetings/", uuid, Map.of("type", PAST_ONE));
    return pastOne instanceof ZoomAnswer.Whole ? pastOne : past;
  }

  private ZoomAnswer<List<byte[]>> participants(
      String path, String uuid, Map<String, String> query) {
    Question question =
        new Question(path + encoded(uuid) + "/participants", query, "participants", SESSION_KEY);
    return ask(() -> lists.read(question).stream().map(Listed::json).toList());
  }

  private static <T> ZoomAnswer<T> ask(Supplier<T> question) {
    try {
      return new ZoomAnswer.Whole<>(question.get());
    } catch (HttpFailureException e) {
      if (ZoomErrors.isUnfinished(e)) {
        return new ZoomAnswer.Unfinished<>(
            "Zoom does not have the meeting, or has not finished it");
      }
      if (e.kind() == HttpFailureException.Kind.CHANGED) {
        return new ZoomAnswer.Unfinished<>("Zoom changes the meeting's list while it is read");
      }
      throw e;
    }
  }

  private HttpReply get(String path, Map<String, String> query) {
    String text =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()))
            .collect(Collectors.joining("&"));
    URI uri = URI.create(config.api() + path + (text.isEmpty() ? "" : "?" + text));
    try {
      return session.get(uri, HEADERS);
    } catch (HttpFailureException e) {
      throw ZoomErrors.told(e, waiting.now());
    }
  }

  private static Map<String, String> with(Map<String, String> query, String name, String value) {
    Map<String, String> all = new TreeMap<>(query);
    all.put(name, value);
    return all;
  }

  /**
   * A part of a path: what begins with a slash or has two in a row must be encoded twice, and
   * nothing else may be (Zoom says "Meeting does not exist" to both mistakes).
   */
  static String encoded(String id) {
    String once = escaped(id);
    return id.startsWith("/") || id.contains("//") ? escaped(once) : once;
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
