package org.lyceum.transforms.io.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;

class HttpAuthTest {
  private static final HttpAuth FRIEDA = HttpAuth.digest("frieda", "sesame");

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
  void aChallengeIsAnsweredAndKept() {
    challenge("one", "").answers(200, "1").answers(200, "2");
    try (HttpSession session = open(FRIEDA)) {
      session.get(host.uri("/a?b=c%20d"), Map.of());
      session.get(host.uri("/e"), Map.of());
      assertEquals(3, session.requests());
    }
    List<ScriptedHost.Seen> seen = host.seen();
    assertEquals("null", seen.get(0).authorization());
    assertSigned(seen.get(1), "one", "00000001");
    assertSigned(seen.get(2), "one", "00000002");
  }

  @Test
  void aNewChallengeOfALaterRequestIsAnswered() {
    challenge("one", "").answers(200, "1");
    challenge("two", "").answers(200, "2");
    try (HttpSession session = open(FRIEDA)) {
      session.get(host.uri("/a"), Map.of());
      session.get(host.uri("/a"), Map.of());
    }
    assertSigned(host.seen().get(3), "two", "00000001");
  }

  @Test
  void aNonceThatIsTooOldAtOnceIsNoRefusal() {
    challenge("one", "");
    challenge("two", ", stale=true").answers(200, "1");
    try (HttpSession session = open(FRIEDA)) {
      session.get(host.uri("/a"), Map.of());
    }
    assertSigned(host.seen().get(2), "two", "00000001");
  }

  @Test
  void wrongCredentialsAreAskedOnce() {
    challenge("one", "");
    challenge("two", "");
    try (HttpSession session = open(FRIEDA)) {
      HttpFailureException failure =
          assertThrows(
              HttpFailureException.class, () -> session.get(host.uri("/a?secret=1"), Map.of()));
      assertEquals(Kind.AUTH_REFUSED, failure.kind());
      assertEquals(
          "The host answers 401 (GET "
              + host.uri("/a")
              + "). Check the credentials, and that they may see this.",
          failure.getMessage());
    }
    assertEquals(2, host.seen().size());
  }

  @Test
  void aHostWithoutDigestIsNotToldAnything() {
    host.answers(401, "", "WWW-Authenticate", "Basic realm=\"x\"");
    try (HttpSession session = open(FRIEDA)) {
      assertThrows(HttpFailureException.class, () -> session.get(host.uri("/a"), Map.of()));
    }
    assertEquals(1, host.seen().size());
  }

  @Test
  void aTokenIsFetchedOnceAndBeforeItExpires() {
    host.answers(200, "1").answers(200, "2").answers(200, "3");
    AtomicInteger fetched = new AtomicInteger();
    try (HttpSession session = open(tokens(fetched))) {
      session.get(host.uri("/a"), Map.of());
      session.get(host.uri("/a"), Map.of());
      waiting.await(Duration.ofMinutes(59));
      session.get(host.uri("/a"), Map.of());
    }
    assertEquals(
        List.of("Bearer token-1", "Bearer token-1", "Bearer token-2"),
        host.seen().stream().map(ScriptedHost.Seen::authorization).toList());
  }

  @Test
  void aTokenThatIsRefusedIsFetchedOnceMore() {
    host.answers(200, "1").answers(401, "").answers(200, "2").answers(401, "").answers(401, "");
    AtomicInteger fetched = new AtomicInteger();
    try (HttpSession session = open(tokens(fetched))) {
      session.get(host.uri("/a"), Map.of());
      session.get(host.uri("/a"), Map.of());
      HttpFailureException failure =
          assertThrows(HttpFailureException.class, () -> session.get(host.uri("/a"), Map.of()));
      assertEquals(Kind.AUTH_REFUSED, failure.kind());
    }
    assertEquals(3, fetched.get());
  }

  @Test
  void secretsAreNotText() {
    assertEquals("digest", FRIEDA.toString());
    HttpAuth.Token token = new HttpAuth.Token("sesame", FastWaiting.STARTED);
    assertFalse(token.toString().contains("sesame"));
    assertFalse(HttpAuth.bearer(() -> token).toString().contains("sesame"));
  }

  private ScriptedHost challenge(String nonce, String more) {
    return host.answers(
        401,
        "",
        "WWW-Authenticate",
        "Digest realm=\"Opencast Matterhorn\", qop=\"auth\", nonce=\"" + nonce + "\"" + more);
  }

  private HttpAuth tokens(AtomicInteger fetched) {
    return HttpAuth.bearer(
        () ->
            new HttpAuth.Token(
                "token-" + fetched.incrementAndGet(), waiting.now().plus(Duration.ofHours(1))));
  }

  private HttpSession open(HttpAuth auth) {
    return HttpSession.open(HttpSettings.defaults(), auth, waiting);
  }

  /** Does the host's sum (RFC 7616, 3.4). */
  private static void assertSigned(ScriptedHost.Seen seen, String nonce, String count) {
    String header = seen.authorization();
    assertTrue(header.startsWith("Digest "), header);
    assertEquals(nonce, parameter(header, "nonce"));
    assertEquals(count, parameter(header, "nc"));
    assertEquals(seen.target(), parameter(header, "uri"));
    String middle = ":" + nonce + ":" + count + ":" + parameter(header, "cnonce") + ":auth:";
    assertEquals(
        md5(md5("frieda:Opencast Matterhorn:sesame") + middle + md5("GET:" + seen.target())),
        parameter(header, "response"));
  }

  private static String parameter(String header, String name) {
    Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(header);
    assertTrue(matcher.find(), name);
    return matcher.group(1);
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
