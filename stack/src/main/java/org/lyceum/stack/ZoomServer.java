package org.lyceum.stack;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Test code, for tests and demonstrations: Zoom within this JVM. It speaks what Lyceum asks of
 * Zoom's API v2 (server-to-server OAuth, lists of meetings and participants by dashboard and by
 * report, users), with its rules: pages and tokens that end, ids that must be encoded twice, ranges
 * of a month, limits per second and per day. Time is the clock it is given. It tells of meetings
 * and users that it was given, and fails as it is told.
 */
public final class ZoomServer implements AutoCloseable {
  public static final String ACCOUNT_ID = "lyceum-account";
  public static final String CLIENT_ID = "lyceum-client";
  public static final String CLIENT_SECRET = "lyceum-secret";

  private final InstantSource clock;
  private final ZoomApi api;
  private final ZoomTokens tokens;
  private final ZoomLimits limits;
  private final List<Planned> planned = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final RestServer server;
  private Consumer<String> before = request -> {};

  private record Planned(String path, Deque<Optional<ZoomFault>> faults) {}

  private ZoomServer(int port, InstantSource clock) {
    this.clock = clock;
    api = new ZoomApi(clock);
    tokens = new ZoomTokens(clock);
    limits = new ZoomLimits(clock);
    server = new RestServer(port, this::serve);
    server.up();
  }

  /** One on a free port of this machine. */
  public static ZoomServer start(InstantSource clock) {
    return new ZoomServer(0, clock);
  }

  /**
   * A port, a folder with {@code users.jsonl} and {@code meetings.jsonl} (see {@link
   * ServedZoomUser#read} and {@link ServedZoomMeeting#read}), and the moment at which its clock
   * starts, now by default; serves until it is told to end.
   */
  public static void main(String[] args) throws IOException {
    Clock system = Clock.systemUTC();
    Instant started = args.length > 2 ? Instant.parse(args[2]) : system.instant();
    Clock clock = Clock.offset(system, Duration.between(system.instant(), started));
    ZoomServer server = new ZoomServer(Integer.parseInt(args[0]), clock);
    server.load(Path.of(args[1]));
    System.out.printf(
        "The test server of Zoom serves %s, tokens %s, account %s, client %s, secret %s%n",
        server.apiUri(), server.oauthUri(), ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET);
    OpencastFolder.park();
  }

  /** Tells of what a folder holds. */
  void load(Path folder) throws IOException {
    for (String line : Files.readAllLines(folder.resolve("users.jsonl"))) {
      add(ServedZoomUser.read(line));
    }
    for (String line : Files.readAllLines(folder.resolve("meetings.jsonl"))) {
      add(ServedZoomMeeting.read(line));
    }
  }

  /** As {@code https://api.zoom.us/v2}. */
  public URI apiUri() {
    return server.uri().resolve("/v2");
  }

  /** As {@code https://zoom.us/oauth/token}. */
  public URI oauthUri() {
    return server.uri().resolve("/oauth/token");
  }

  /** Tells of this meeting, in place of what it knew by the same uuid. */
  public synchronized void add(ServedZoomMeeting meeting) {
    api.add(meeting);
  }

  /** Knows this meeting no more. */
  public synchronized void remove(String uuid) {
    api.remove(uuid);
  }

  /** Tells of this user, in place of what it knew by the same id. */
  public synchronized void add(ServedZoomUser user) {
    api.add(user);
  }

  /** An account that may not ask for metrics. */
  public synchronized void withoutDashboard() {
    api.withoutDashboard();
  }

  /** Details and participants are there so long after the end of their meeting. */
  public synchronized void settling(Duration duration) {
    api.settling(duration);
  }

  /** Pages after the first begin with so many records of the page before. */
  public synchronized void overlap(int records) {
    api.overlap(records);
  }

  /** New access tokens last so long. */
  public synchronized void tokenLifetime(Duration duration) {
    tokens.lifetime(duration);
  }

  /** Reports and metrics together, per UTC day. */
  public synchronized void dailyLimit(int requests) {
    limits.perDay(requests);
  }

  /** All requests but those for tokens. */
  public synchronized void perSecondLimit(int requests) {
    limits.perSecond(requests);
  }

  /** Sees each request, as {@code GET <raw path>?<raw query>}, before it is answered. */
  public synchronized void before(Consumer<String> seen) {
    before = seen;
  }

  /** Fails the next so many requests whose raw path matches; what comes after is answered. */
  public void fail(String path, ZoomFault fault, int times) {
    failAfter(0, path, fault, times);
  }

  /** As {@link #fail}, after so many that match were answered. */
  public synchronized void failAfter(int answered, String path, ZoomFault fault, int times) {
    Deque<Optional<ZoomFault>> faults = new ArrayDeque<>();
    for (int i = 0; i < answered; i++) {
      faults.add(Optional.empty());
    }
    for (int i = 0; i < times; i++) {
      faults.add(Optional.of(fault));
    }
    planned.add(new Planned(path, faults));
  }

  /** Every request that came, as {@code GET <raw path>?<raw query>}. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many requests came whose raw path matches. */
  public synchronized int requests(String path) {
    return (int)
        requests.stream()
            .map(request -> request.replaceFirst("^[A-Z]+ ", "").replaceFirst("\\?.*$", ""))
            .filter(request -> request.matches(path))
            .count();
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
    closing.countDown();
    server.close();
  }

  private RestServer.Reply serve(RestServer.Request request) {
    ZoomReply reply;
    Optional<ZoomFault> fault;
    synchronized (this) {
      String line = request.method() + " " + request.target();
      requests.add(line);
      before.accept(line);
      fault = fault(request.path());
      reply = reply(fault, request);
    }
    if (fault.equals(Optional.of(ZoomFault.SLOW))) {
      awaitClosing();
    }
    return new RestServer.Reply(
        reply.status(),
        clock.instant(),
        reply.headers(),
        reply.body(),
        fault.equals(Optional.of(ZoomFault.CUT)));
  }

  private Optional<ZoomFault> fault(String path) {
    for (Planned plan : planned) {
      if (!plan.faults.isEmpty() && path.matches(plan.path)) {
        return plan.faults.remove();
      }
    }
    return Optional.empty();
  }

  private ZoomReply reply(Optional<ZoomFault> fault, RestServer.Request request) {
    if (fault.isEmpty()) {
      return answer(request);
    }
    return switch (fault.get()) {
      case CUT, SLOW -> answer(request);
      case SERVER_ERROR -> ZoomReply.error(500, 500, "Internal error.");
      case HTML -> ZoomReply.html(200);
      case PER_SECOND_LIMIT -> ZoomReply.perSecondLimit();
      case DAILY_LIMIT -> ZoomReply.dailyLimit(limits.perDay(), clock.instant());
      case DAILY_LIMIT_WITHOUT_HEADERS -> ZoomReply.dailyLimitWithoutHeaders(limits.perDay());
      case NOT_YET -> ZoomReply.noSuchMeeting("it has just ended");
      case TOKEN_ENDED -> {
        tokens.endAll();
        yield ZoomTokens.ended("Access token is expired.");
      }
      case PAGE_TOKEN_ENDED -> ZoomReply.pageTokenEnded();
    };
  }

  private ZoomReply answer(RestServer.Request request) {
    String path = request.path();
    String authorization = request.header("Authorization").orElse("");
    int question = request.target().indexOf('?');
    Map<String, String> query =
        question < 0 ? Map.of() : parameters(request.target().substring(question + 1));
    if (path.equals("/oauth/token")) {
      Map<String, String> form = new HashMap<>(query);
      form.putAll(parameters(request.body()));
      return tokens.grant(request.method(), authorization, form);
    }
    if (!path.startsWith("/v2/") || !request.method().equals("GET")) {
      return ZoomReply.html(404);
    }
    String below = path.substring("/v2".length());
    boolean isHeavy = below.startsWith("/metrics/") || below.startsWith("/report/");
    return tokens
        .refused(authorization)
        .or(() -> limits.refused(isHeavy))
        .orElseGet(() -> api.answer(below, query));
  }

  private static Map<String, String> parameters(String form) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
