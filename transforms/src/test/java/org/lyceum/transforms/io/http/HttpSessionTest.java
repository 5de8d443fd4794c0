package org.lyceum.transforms.io.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;

class HttpSessionTest {
  private static final HttpSettings SETTINGS = HttpSettings.defaults();

  private final FastWaiting waiting = new FastWaiting(0);
  private ScriptedHost host;

  @BeforeEach
  void start() throws IOException {
    host = new ScriptedHost();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void aReplyIsStatusHeadersAndBytes() {
    host.answers(200, "{\"a\": 1.10}", "X-Rate", "9", "Content-Type", "application/json");
    try (HttpSession session = open(SETTINGS)) {
      HttpReply reply = session.get(host.uri("/a"), Map.of());
      assertEquals(200, reply.status());
      assertEquals(Optional.of("9"), reply.header("x-rate"));
      assertEquals("{\"a\": 1.10}", new String(reply.body(), StandardCharsets.UTF_8));
      assertTrue(reply.json().get("a").isBigDecimal());
      assertTrue(reply.date().isPresent());
      assertEquals(1, session.requests());
    }
  }

  @Test
  void aTargetGoesOutAsItIs() {
    host.answers(200, "{}");
    try (HttpSession session = open(SETTINGS)) {
      session.get(host.uri("/past_meetings/%252Fab%252F%3D%3D/x?q=a%20b%2Bc"), Map.of());
    }
    assertEquals("/past_meetings/%252Fab%252F%3D%3D/x?q=a%20b%2Bc", host.seen().get(0).target());
  }

  @Test
  void postSendsItsBodyAndHeaders() {
    host.answers(
        exchange -> {
          String type = exchange.getRequestHeaders().getFirst("Content-Type");
          String agent = exchange.getRequestHeaders().getFirst("User-Agent");
          ScriptedHost.send(exchange, 201, type + " " + agent);
        });
    try (HttpSession session = open(SETTINGS)) {
      HttpReply reply =
          session.post(
              host.uri("/token"),
              Map.of("content-type", "application/x-www-form-urlencoded"),
              "grant_type=account_credentials".getBytes(StandardCharsets.UTF_8));
      assertEquals(
          "application/x-www-form-urlencoded lyceum/unpackaged",
          new String(reply.body(), StandardCharsets.UTF_8));
    }
    assertEquals("POST", host.seen().get(0).method());
    assertEquals("grant_type=account_credentials", host.seen().get(0).body());
  }

  @Test
  void gzipIsUnpacked() {
    host.answers(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, 0);
          try (GZIPOutputStream zip = new GZIPOutputStream(exchange.getResponseBody())) {
            zip.write("[1]".getBytes(StandardCharsets.UTF_8));
          }
        });
    try (HttpSession session = open(SETTINGS)) {
      assertEquals(1, session.get(host.uri("/"), Map.of()).json().get(0).intValue());
    }
  }

  @Test
  void aConnectionIsUsedAgain() {
    host.answers(200, "1").answers(404, "gone").answers(200, "2");
    try (HttpSession session = open(SETTINGS)) {
      session.get(host.uri("/"), Map.of());
      assertThrows(HttpFailureException.class, () -> session.get(host.uri("/"), Map.of()));
      session.get(host.uri("/"), Map.of());
    }
    assertEquals(1, host.seen().stream().map(ScriptedHost.Seen::client).distinct().count());
  }

  @Test
  void whatMayPassIsTriedAgainWithGrowingWaits() {
    host.answers(500, "").answers(503, "busy").answers(502, "").answers(200, "{}");
    try (HttpSession session = open(SETTINGS)) {
      assertEquals(200, session.get(host.uri("/a"), Map.of()).status());
      assertEquals(4, session.requests());
    }
    // Without jitter half the wait.
    assertEquals(List.of(millis(500), millis(1000), millis(2000)), waiting.waits());
  }

  @Test
  void aStormOf500sEnds() {
    Stream.generate(() -> 500).limit(9).forEach(status -> host.answers(status, "secret"));
    FastWaiting spread = new FastWaiting(0.5);
    try (HttpSession session =
        HttpSession.open(SETTINGS.withAttempts(4), HttpAuth.none(), spread)) {
      HttpFailureException failure = failure(session, host.uri("/a?user=ada"));
      assertEquals(Kind.SERVER_ERROR, failure.kind());
      assertEquals(
          "The host answers 500 (GET "
              + host.uri("/a")
              + "), after 4 attempts. Run again when the host is well.",
          failure.getMessage());
      assertEquals(500, failure.reply().orElseThrow().status());
    }
    assertEquals(4, host.seen().size());
    assertEquals(List.of(millis(750), millis(1500), millis(3000)), spread.waits());
  }

  @Test
  void aReplyThatIsCutIsAskedForAgain() {
    host.answers(ScriptedHost.cut("{\"a\":"))
        .answers(
            exchange -> { // chunks without an end
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(new byte[100]);
              exchange.getResponseBody().flush();
              throw new IOException("the host dies");
            })
        .answers(200, "{}");
    try (HttpSession session = open(SETTINGS)) {
      assertEquals("{}", session.get(host.uri("/a"), Map.of()).json().toString());
    }
    assertEquals(3, host.seen().size());
  }

  @Test
  void aHostThatOnlyCutsIsAFailure() {
    host.answers(ScriptedHost.cut("{")).answers(ScriptedHost.cut("{"));
    try (HttpSession session = open(SETTINGS.withAttempts(2))) {
      HttpFailureException failure = failure(session, host.uri("/a"));
      assertEquals(Kind.CUT, failure.kind());
      assertTrue(failure.getMessage().startsWith("The reply is cut before its end, "));
    }
  }

  @Test
  void aConnectionThatEndsWithoutAReplyIsCut() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread closer =
          new Thread(
              () -> {
                try {
                  socket.accept().close();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      closer.start();
      try (HttpSession session = open(SETTINGS.withAttempts(1))) {
        assertEquals(
            Kind.CUT,
            failure(session, URI.create("http://127.0.0.1:" + socket.getLocalPort())).kind());
      }
      closer.join();
    }
  }

  @Test
  void aHostThatIsSilentIsATimeout() {
    CountDownLatch over = new CountDownLatch(1);
    host.answers(
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try (HttpSession session =
        open(timeouts(Duration.ofMillis(50), Duration.ofMinutes(5)).withAttempts(1))) {
      HttpFailureException failure = failure(session, host.uri("/a"));
      assertEquals(Kind.TIMEOUT, failure.kind());
      assertEquals(
          "The host does not reply in time (GET "
              + host.uri("/a")
              + "). Run again when the host has less to do, or ask for less at a time.",
          failure.getMessage());
    } finally {
      over.countDown();
    }
  }

  @Test
  void aHostThatDripsIsATimeout() {
    host.answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) { // until the client hangs up
            exchange.getResponseBody().write(new byte[1 << 16]);
            exchange.getResponseBody().flush();
          }
        });
    try (HttpSession session =
        open(timeouts(Duration.ofSeconds(30), Duration.ofMillis(20)).withAttempts(1))) {
      assertEquals(Kind.TIMEOUT, failure(session, host.uri("/a")).kind());
    }
  }

  @Test
  void aHostThatIsNotThereIsNamed() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    try (HttpSession session = open(SETTINGS.withAttempts(2))) {
      HttpFailureException refused =
          failure(session, URI.create("http://127.0.0.1:" + free + "/x?token=secret"));
      assertEquals(Kind.CONNECTION_REFUSED, refused.kind());
      assertEquals(
          "The host refuses the connection (GET http://127.0.0.1:"
              + free
              + "/x), after 2 attempts. Check host and port in the base URL, and that the service"
              + " is up.",
          refused.getMessage());
      HttpFailureException unknown = failure(session, URI.create("http://engage.lyceum.invalid/x"));
      assertEquals(Kind.NO_SUCH_HOST, unknown.kind());
      assertEquals(
          "There is no such host (GET http://engage.lyceum.invalid/x). Check the host in the base"
              + " URL, and the network.",
          unknown.getMessage());
    }
  }

  @Test
  void httpsToAHostWithoutIsNamed() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread plain =
          new Thread(
              () -> {
                try (Socket client = socket.accept()) {
                  client.getOutputStream().write("HTTP/1.1 400 -\r\n\r\n".getBytes(US_ASCII));
                  client.getInputStream().readAllBytes(); // until the client hangs up
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      plain.start();
      try (HttpSession session = open(SETTINGS.withAttempts(1))) {
        URI https = URI.create("https://127.0.0.1:" + socket.getLocalPort());
        assertEquals(Kind.TLS, failure(session, https).kind());
      }
      plain.join();
    }
  }

  @Test
  void aSilentHandshakeIsATimeout() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HttpSession session =
            open(
                SETTINGS
                    .withTimeouts(
                        Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(5))
                    .withAttempts(1))) {
      URI https = URI.create("https://127.0.0.1:" + socket.getLocalPort());
      assertEquals(Kind.TIMEOUT, failure(session, https).kind());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, AUTH_REFUSED",
    "403, AUTH_REFUSED",
    "404, NOT_FOUND",
    "400, REFUSED",
    "302, REFUSED"
  })
  void whatDoesNotPassIsNotTriedAgain(int status, Kind kind) {
    host.answers(status, "{\"code\":3001}", "Location", "/login.html");
    try (HttpSession session = open(SETTINGS)) {
      HttpFailureException failure = failure(session, host.uri("/a"));
      assertEquals(kind, failure.kind());
      assertEquals(3001, failure.reply().orElseThrow().json().get("code").intValue());
    }
    assertEquals(1, host.seen().size());
  }

  @Test
  void retryAfterInSecondsIsWaitedFor() {
    host.answers(429, "", "Retry-After", "7").answers(200, "{}");
    try (HttpSession session = open(SETTINGS)) {
      session.get(host.uri("/a"), Map.of());
    }
    assertEquals(List.of(Duration.ofSeconds(7)), waiting.waits());
  }

  @Test
  void retryAfterAsADateIsWaitedFor() {
    host.answers(429, "", "Retry-After", "Mon, 02 Mar 2026 08:01:00 GMT")
        .answers(429, "", "Retry-After", "2026-03-02T08:01:30Z")
        .answers(429, "", "Retry-After", "Mon, 02 Mar 2026 08:00:00 GMT")
        .answers(200, "{}");
    try (HttpSession session = open(SETTINGS)) {
      session.get(host.uri("/a"), Map.of());
    }
    assertEquals(
        List.of(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(1)),
        waiting.waits());
  }

  @Test
  void beyondPatienceTheFailureSaysWhenToGoOn() {
    host.answers(429, "", "Retry-After", "40")
        .answers(429, "{\"code\":429}", "Retry-After", "2026-03-03T00:00:00Z");
    try (HttpSession session = open(SETTINGS.withRateLimitPatience(Duration.ofMinutes(1)))) {
      HttpFailureException failure = failure(session, host.uri("/report"));
      assertEquals(Kind.RATE_LIMITED, failure.kind());
      assertEquals(Optional.of(Instant.parse("2026-03-03T00:00:00Z")), failure.goOnAt());
      assertEquals(
          "The host answers 429 until 2026-03-03T00:00:00Z (GET "
              + host.uri("/report")
              + "). Run again then, or ask more slowly.",
          failure.getMessage());
    }
    assertEquals(List.of(Duration.ofSeconds(40)), waiting.waits());
  }

  @Test
  void aLimitWithoutATimeIsWaitedForUntilPatienceEnds() {
    Stream.generate(() -> 429).limit(9).forEach(status -> host.answers(status, ""));
    try (HttpSession session = open(SETTINGS.withRateLimitPatience(Duration.ofSeconds(100)))) {
      assertEquals(Kind.RATE_LIMITED, failure(session, host.uri("/a")).kind());
    }
    assertEquals(4, host.seen().size());
    assertEquals(List.of(millis(30_000), millis(30_000), millis(30_000)), waiting.waits());
  }

  @Test
  void theBudgetIsNotOverspent() {
    host.answers(200, "1").answers(500, "").answers(200, "2");
    try (HttpSession session = open(SETTINGS.withBudget(2))) {
      session.get(host.uri("/a"), Map.of());
      HttpFailureException failure = failure(session, host.uri("/b"));
      assertEquals(Kind.BUDGET, failure.kind());
      assertTrue(
          failure.getMessage().startsWith("All 2 requests of the budget are spent (GET "),
          failure.getMessage());
      assertEquals(2, session.requests());
    }
    assertEquals(2, host.seen().size());
  }

  @Test
  void eachConnectionRestsBetweenItsRequests() {
    host.answers(200, "1").answers(200, "2").answers(200, "3");
    try (HttpSession session = open(SETTINGS.withPace(1, Duration.ofSeconds(3)))) {
      for (int i = 0; i < 3; i++) {
        session.get(host.uri("/a"), Map.of());
      }
    }
    assertEquals(List.of(Duration.ofSeconds(3), Duration.ofSeconds(3)), waiting.waits());
  }

  @Test
  void whatIsNotJsonIsNamedWithoutItsWords() {
    host.answers(200, "<html>ada, please log in</html>")
        .answers(200, "{\"a\": ada}")
        .answers(200, "{} {}")
        .answers(200, " ");
    try (HttpSession session = open(SETTINGS)) {
      assertEquals(
          "The host replies with a page of HTML or XML instead of JSON (GET "
              + host.uri("/a")
              + "). Check the base URL, and that nobody stands between here and the service.",
          notJson(session));
      assertTrue(notJson(session).startsWith("The host's reply is not JSON (GET "));
      assertTrue(notJson(session).startsWith("The host's reply is not JSON (GET "));
      assertTrue(notJson(session).startsWith("The host's reply is empty (GET "));
    }
  }

  @Test
  void credentialsInAUrlAreRefusedUnprinted() {
    try (HttpSession session = open(SETTINGS)) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> session.get(URI.create("http://ada:secret@127.0.0.1/"), Map.of()));
      assertFalse(refused.getMessage().contains("secret"));
    }
  }

  private String notJson(HttpSession session) {
    HttpReply reply = session.get(host.uri("/a?user=ada"), Map.of());
    HttpFailureException failure = assertThrows(HttpFailureException.class, reply::json);
    assertEquals(Kind.NOT_JSON, failure.kind());
    assertFalse(failure.getMessage().contains("ada"), failure.getMessage());
    return failure.getMessage();
  }

  private HttpSession open(HttpSettings settings) {
    return HttpSession.open(settings, HttpAuth.none(), waiting);
  }

  private static HttpSettings timeouts(Duration response, Duration reply) {
    return SETTINGS.withTimeouts(Duration.ofSeconds(10), response, reply);
  }

  private static HttpFailureException failure(HttpSession session, URI uri) {
    return assertThrows(HttpFailureException.class, () -> session.get(uri, Map.of()));
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
