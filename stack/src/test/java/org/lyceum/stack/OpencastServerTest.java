package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asked by the JDK's client, which knows digest authentication by itself. */
class OpencastServerTest {
  private static final Instant TEN = Instant.parse("2026-03-02T15:00:00Z");
  private static final String ACTIONS =
      "/usertracking/actions.json?start=20260302100000&end=20260302100001";

  static {
    // Since 21 the JDK does not speak MD5 unless it is told to; Opencast speaks nothing else.
    System.setProperty("http.auth.digest.reEnabledAlgorithms", "MD5");
  }

  @TempDir private Path folder;

  private final OpencastServer server =
      OpencastServer.start(0, "frieda", "sesame", ZoneId.of("America/New_York"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoDoesNotAskForDigestIsSentToTheLoginPage() throws IOException {
    HttpURLConnection connection = connect(ACTIONS, "sesame");
    connection.setInstanceFollowRedirects(false);
    assertEquals(302, connection.getResponseCode());
    assertEquals("/login.html", connection.getHeaderField("Location"));
  }

  @Test
  void onlyTheRightPasswordIsAdmitted() throws IOException {
    assertEquals(200, ask(ACTIONS, "sesame").getResponseCode());
    // The JDK's client gives up by itself after too many refusals.
    assertThrows(IOException.class, () -> ask(ACTIONS, "wrong").getInputStream());
    server.faults().refuse(true);
    assertThrows(IOException.class, () -> ask(ACTIONS, "sesame").getInputStream());
  }

  @Test
  void actionsAreListedByTheSecondInItsOwnZone() throws IOException {
    assertEquals("{\"actions\":{\"total\":0,\"offset\":0,\"limit\":10}}", body(ACTIONS));
    server.action(TEN.minusMillis(1), "0");
    server.action(TEN, "1");
    assertEquals(
        "{\"actions\":{\"total\":1,\"offset\":0,\"limit\":10,\"action\":1}}", body(ACTIONS));
    server.action(TEN.plusMillis(1999), "2");
    server.action(TEN.plusMillis(2000), "3");
    assertEquals(
        "{\"actions\":{\"total\":2,\"offset\":0,\"limit\":5,\"action\":[1,2]}}",
        body(ACTIONS + "&limit=5"));
    assertEquals(
        "{\"actions\":{\"total\":2,\"offset\":1,\"limit\":1,\"action\":2}}",
        body(ACTIONS + "&limit=1&offset=1"));
    assertEquals(400, ask(ACTIONS + "&limit=-1", "sesame").getResponseCode());
    assertEquals(400, ask(ACTIONS + "&offset=-1", "sesame").getResponseCode());
  }

  @Test
  void episodesHaveTheShapeOfTheirGeneration() throws IOException {
    String path = "/search/episode.json?id=m-1&includeDeleted=true";
    server.episode("m-1", "{\"old\":1}", "{\"new\":1}");
    assertTrue(body(path).contains("\"total\":\"1\""));
    assertTrue(body(path).endsWith(",\"result\":{\"old\":1}}}"), body(path));
    server.deleteEpisode("m-1");
    assertTrue(body(path).contains("\"total\":\"1\""));
    assertTrue(body("/search/episode.json?id=m-1").endsWith("\"query\":\"*:*\"}}"));
    server.beNew(true);
    assertEquals("{\"offset\":0,\"total\":1,\"limit\":10,\"result\":[{\"new\":1}]}", body(path));
    assertEquals(
        "{\"offset\":0,\"total\":0,\"limit\":10,\"result\":[]}",
        body("/search/episode.json?id=m-2"));
  }

  @Test
  void itsClockCanBeWrong() throws IOException {
    server.clock(() -> TEN);
    server.faults().skew(Duration.ofMinutes(5));
    assertEquals("Mon, 02 Mar 2026 15:05:00 GMT", ask(ACTIONS, "sesame").getHeaderField("Date"));
  }

  @Test
  void halfAReplyIsNoReply() {
    server.faults().cut(1);
    assertThrows(IOException.class, () -> body(ACTIONS));
  }

  @Test
  void aFolderIsServed() throws IOException {
    Files.write(
        folder.resolve("actions.jsonl"),
        List.of("{\"id\":1,\"created\":\"2026-03-02T10:00:00-05:00\"}", "{\"id\":2}"));
    Files.write(
        folder.resolve("episodes.jsonl"), List.of("{\"mpid\":\"m-1\",\"old\":1,\"new\":2}"));
    Files.write(folder.resolve("workflows.jsonl"), List.of("{\"mpid\":\"m-1\",\"workflow\":{}}"));
    OpencastFolder.load(folder, server);
    assertTrue(body(ACTIONS).contains("\"total\":2"));
    assertTrue(body("/search/episode.json?id=m-1").endsWith(",\"result\":1}}"));
    assertTrue(body("/workflow/instances.json?mp=m-1").endsWith(",\"workflow\":{}}}"));
  }

  private String body(String target) throws IOException {
    return new String(
        ask(target, "sesame").getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private HttpURLConnection ask(String target, String password) throws IOException {
    HttpURLConnection connection = connect(target, password);
    connection.setRequestProperty("X-Requested-Auth", "Digest");
    return connection;
  }

  private HttpURLConnection connect(String target, String password) throws IOException {
    URI uri = URI.create(server.uri() + target);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setAuthenticator(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("frieda", password.toCharArray());
          }
        });
    return connection;
  }
}
