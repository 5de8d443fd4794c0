package org.lyceum.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Test code, for tests and demonstrations: an Opencast within this JVM, engage and admin node in
 * one, that speaks the parts of its REST interface that are harvested: digest authentication, user
 * actions by time, episodes of the old or the new search endpoint, workflows. What it holds is
 * given to it as JSON; what it does wrong are its {@link #faults}. It can be stopped and started
 * again on its port and knows its data still.
 *
 * <p>Shapes are those of JSON made from XML: what is there once is an object, many times an array,
 * and what is not there is left out. Local times that come twice in autumn are taken for the later,
 * as Java's calendar does.
 */
public final class OpencastServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);
  private static final String PAGE =
      "<!DOCTYPE html><html><body>Down for maintenance.</body></html>";

  private record Action(Instant created, String json) {}

  private record Episode(String mpid, String old, String young, boolean isDeleted) {}

  private record Workflow(String mpid, String json) {}

  private final ZoneId zone;
  private final DigestGate gate;
  private final OpencastFaults faults = new OpencastFaults();
  private final RestServer server;
  private final List<Action> actions = new ArrayList<>();
  private final List<Episode> episodes = new ArrayList<>();
  private final List<Workflow> workflows = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Supplier<Instant> clock = Instant::now;
  private volatile boolean isNew;

  private OpencastServer(int port, String user, String password, ZoneId zone) {
    this.zone = zone;
    this.gate = new DigestGate(user, password);
    this.server = new RestServer(port, this::answer);
  }

  /**
   * One that holds nothing yet.
   *
   * @param port 0 for a free one
   * @param zone in which it reads the times that it is asked for
   */
  public static OpencastServer start(int port, String user, String password, ZoneId zone) {
    OpencastServer opencast = new OpencastServer(port, user, password, zone);
    opencast.up();
    return opencast;
  }

  /** Serves what a folder holds until it is told to end; see {@link OpencastFolder}. */
  public static void main(String[] arguments) throws IOException {
    OpencastFolder.main(arguments);
  }

  public URI uri() {
    return server.uri();
  }

  /** Refuses connections from now on. */
  public void stop() {
    server.stop();
  }

  /** Serves again on the same port; fine when it does. */
  public void up() {
    server.up();
  }

  @Override
  public void close() {
    closed.countDown();
    server.close();
  }

  /** Keeps an action, after those that it has. */
  public synchronized void action(Instant created, String json) {
    actions.add(new Action(created, json));
  }

  /** Forgets all actions. */
  public synchronized void clearActions() {
    actions.clear();
  }

  /**
   * Keeps an episode.
   *
   * @param old its search result before Opencast 16
   * @param young the same since Opencast 16
   */
  public synchronized void episode(String mpid, String old, String young) {
    episodes.add(new Episode(mpid, old, young, false));
  }

  /** Deletes an episode: only who asks for deleted ones finds it. */
  public synchronized void deleteEpisode(String mpid) {
    episodes.replaceAll(
        episode ->
            episode.mpid.equals(mpid)
                ? new Episode(mpid, episode.old, episode.young, true)
                : episode);
  }

  /** Keeps a workflow of a media package; its {@code state} and {@code template} count. */
  public synchronized void workflow(String mpid, String json) {
    workflows.add(new Workflow(mpid, json));
  }

  /** Whether its search endpoint is that of Opencast 16 and later. */
  public void beNew(boolean isYoung) {
    isNew = isYoung;
  }

  /** What time it says it is; by default it is right. */
  public void clock(Supplier<Instant> time) {
    clock = time;
  }

  /** From now on answers to earlier challenges are stale. */
  public void expireNonces() {
    gate.expire();
  }

  public OpencastFaults faults() {
    return faults;
  }

  /** How many requests came since it was made. */
  public int requests() {
    return requests.get();
  }

  private RestServer.Reply answer(RestServer.Request request) {
    requests.incrementAndGet();
    think();
    if (faults.fails()) {
      return reply(500, "Internal server error");
    }
    if (faults.isHtml()) {
      return reply(200, PAGE, "Content-Type", "text/html");
    }
    if (!"Digest".equals(request.header("X-Requested-Auth").orElse(""))) {
      return reply(302, "", "Location", "/login.html");
    }
    if (faults.isRefusing() || !gate.admits(request)) {
      return reply(401, "", "WWW-Authenticate", gate.challenge(request));
    }
    RestServer.Reply reply = found(request);
    return faults.cuts() ? reply.cut() : reply;
  }

  private RestServer.Reply found(RestServer.Request request) {
    if (!request.method().equals("GET")) {
      return reply(405, "");
    }
    return switch (request.path()) {
      case "/usertracking/actions.json" -> actions(request);
      case "/search/episode.json" -> episodes(request);
      case "/workflow/instances.json" -> workflows(request);
      default -> reply(404, "");
    };
  }

  private synchronized RestServer.Reply actions(RestServer.Request request) {
    int limit;
    int offset;
    Instant start;
    Instant end;
    try {
      limit = Integer.parseInt(request.parameter("limit").orElse("0"));
      offset = Integer.parseInt(request.parameter("offset").orElse("0"));
      start = time(request, "start").orElse(Instant.MIN);
      end = time(request, "end").orElse(Instant.MAX);
    } catch (NumberFormatException | DateTimeException e) {
      return reply(400, "");
    }
    if (limit < 0 || offset < 0) {
      return reply(400, "");
    }
    limit = limit == 0 ? 10 : limit;
    List<Action> matching =
        actions.stream()
            .filter(action -> !second(action).isBefore(start) && !second(action).isAfter(end))
            .toList();
    List<String> page = matching.stream().skip(offset).limit(limit).map(Action::json).toList();
    if (!page.isEmpty() && faults.shrinks()) {
      actions.remove(matching.get(0));
    }
    return json(
        "{\"actions\":{\"total\":"
            + matching.size()
            + ",\"offset\":"
            + offset
            + ",\"limit\":"
            + limit
            + inside("action", page)
            + "}}");
  }

  private Optional<Instant> time(RestServer.Request request, String name) {
    return request
        .parameter(name)
        .map(
            text ->
                ZonedDateTime.of(LocalDateTime.parse(text, LOCAL), zone)
                    .withLaterOffsetAtOverlap()
                    .toInstant());
  }

  /** Its database keeps whole seconds. */
  private static Instant second(Action action) {
    return action.created.truncatedTo(ChronoUnit.SECONDS);
  }

  private synchronized RestServer.Reply episodes(RestServer.Request request) {
    boolean isDeletedToo = request.parameter("includeDeleted").orElse("").equals("true");
    String mpid = request.parameter("id").orElse("");
    List<String> found =
        episodes.stream()
            .filter(episode -> mpid.isEmpty() || episode.mpid.equals(mpid))
            .filter(episode -> isDeletedToo || !episode.isDeleted)
            .limit(Integer.parseInt(request.parameter("limit").orElse("10")))
            .map(isNew ? Episode::young : Episode::old)
            .toList();
    int total = found.size();
    if (isNew) {
      return json(
          "{\"offset\":0,\"total\":"
              + total
              + ",\"limit\":10,\"result\":["
              + String.join(",", found)
              + "]}");
    }
    return json(
        "{\"search-results\":{\"searchTime\":\"3\",\"total\":\""
            + total
            + "\",\"limit\":\"10\",\"offset\":\"0\",\"query\":\"*:*\""
            + inside("result", found)
            + "}}");
  }

  private synchronized RestServer.Reply workflows(RestServer.Request request) {
    List<String> found =
        workflows.stream()
            .filter(workflow -> workflow.mpid.equals(request.parameter("mp").orElse("")))
            .map(Workflow::json)
            .filter(json -> has(json, "state", request.parameter("state")))
            .filter(json -> has(json, "template", request.parameter("workflowdefinition")))
            .toList();
    return json(
        "{\"workflows\":{\"startPage\":\"0\",\"count\":\""
            + found.size()
            + "\",\"totalCount\":\""
            + found.size()
            + "\""
            + inside("workflow", found)
            + "}}");
  }

  private static boolean has(String json, String name, Optional<String> wanted) {
    try {
      JsonNode value = JSON.readTree(json).path(name);
      return wanted.isEmpty() || wanted.get().equals(value.asText());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A workflow that is not JSON was given to it", e);
    }
  }

  /** One, many or none, as a further member. */
  private static String inside(String name, List<String> values) {
    if (values.isEmpty()) {
      return "";
    }
    String member = ",\"" + name + "\":";
    return values.size() == 1
        ? member + values.get(0)
        : member + values.stream().collect(Collectors.joining(",", "[", "]"));
  }

  private void think() {
    try {
      faults.think(closed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it was stopped
    }
  }

  private RestServer.Reply json(String body) {
    return reply(200, body, "Content-Type", "application/json");
  }

  private RestServer.Reply reply(int status, String body, String... header) {
    return new RestServer.Reply(
        status,
        clock.get().plus(faults.skew()),
        header.length == 0 ? Map.of() : Map.of(header[0], header[1]),
        body,
        false);
  }
}
