package org.lyceum.transforms.opencast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.stack.OpencastServer;
import org.lyceum.testdata.OpencastGenerator;
import org.lyceum.testdata.OpencastOptions;
import org.lyceum.transforms.io.http.FastWaiting;
import org.lyceum.transforms.io.http.HttpAuth;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.opencast.OpencastEpisode.Generation;

class OpencastClientTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Instant TEN = Instant.parse("2026-03-02T15:00:00Z");
  private static final ActionWindow HOUR = new ActionWindow(TEN, TEN.plusSeconds(3600));

  private OpencastServer server;
  private HttpSession session;
  private OpencastClient client;

  @BeforeEach
  void start() {
    server = OpencastServer.start(0, "frieda", "sesame", NEW_YORK);
    open(HttpSettings.defaults(), "sesame");
  }

  @AfterEach
  void stop() {
    session.close();
    server.close();
  }

  @Test
  void actionsAreTheBytesThatWereSent() {
    String odd = "{ \"inpoint\" : 1.50, \"id\":\"7\",\"x\":\"\\u00fc\\/\u00fc\", \"x\": 1e400}";
    server.action(TEN, odd);
    ActionPage page = client.actions(HOUR, 0, 10);
    assertEquals(List.of(odd), texts(page.actions()));
    assertEquals(OptionalLong.of(1), page.total());
    assertTrue(page.date().isPresent());
  }

  @Test
  void oneManyAndNoneAreLists() {
    assertEquals(List.of(), client.actions(HOUR, 0, 10).actions());
    actions(0, 1);
    assertEquals(1, client.actions(HOUR, 0, 10).actions().size());
    actions(1, 3);
    assertEquals(3, client.actions(HOUR, 0, 10).actions().size());
    assertEquals(1, client.actions(HOUR, 2, 2).actions().size());
    assertEquals(List.of(), client.actions(HOUR, 3, 2).actions());
  }

  @Test
  void theWindowIsAskedASecondWiderInTheHostsTime() {
    for (long second : new long[] {-2, -1, 0, 3599, 3600, 3601, 3602}) {
      server.action(TEN.plusSeconds(second), "{\"id\":" + (100 + second) + "}");
    }
    assertEquals(
        List.of("{\"id\":99}", "{\"id\":100}", "{\"id\":3699}", "{\"id\":3700}", "{\"id\":3701}"),
        listed(HOUR, 3));
  }

  @Test
  void theHourThatComesTwiceIsReadInWhole() {
    ActionWindow window =
        new ActionWindow(
            Instant.parse("2026-11-01T05:30:00Z"), Instant.parse("2026-11-01T06:00:00Z"));
    for (int minute = 0; minute < 30; minute += 5) {
      server.action(window.from().plusSeconds(60L * minute), "{\"id\":" + minute + "}");
    }
    assertEquals(6, listed(window, 1000).size());
  }

  @Test
  void allPagesAreReadUntilOneHasNothingNew() {
    actions(0, 10);
    for (int batchSize : new int[] {2, 3, 9, 10, 11, 1000}) {
      assertEquals(ids(0, 10), listed(HOUR, batchSize), "pages of " + batchSize);
    }
    int before = server.requests();
    assertEquals(10, listed(HOUR, 4).size());
    // 0-3, 3-6, 6-9, and 9 alone.
    assertEquals(4, server.requests() - before);
  }

  @Test
  void aListThatShrinksIsReadAgain() {
    actions(0, 10);
    server.faults().shrink(1);
    Recorded sink = new Recorded();
    assertEquals(9, client.forEachAction(HOUR, 3, sink));
    assertEquals(1, sink.startsAgain);
    assertEquals(ids(1, 10), sink.actions.subList(3, 12));
  }

  @Test
  void whateverVanishesInBetweenNothingElseIsMissed() {
    for (int vanishing = 1; vanishing <= 4; vanishing++) {
      server.clearActions();
      actions(0, 20);
      server.faults().shrink(vanishing);
      Recorded sink = new Recorded();
      client.forEachAction(HOUR, 4, sink);
      assertTrue(sink.actions.containsAll(ids(vanishing, 20)), vanishing + " vanish");
    }
  }

  @Test
  void aListThatNeverStandsStillIsAFailure() {
    actions(0, 100);
    server.faults().shrink(1000);
    HttpFailureException failure =
        assertThrows(
            HttpFailureException.class, () -> client.forEachAction(HOUR, 3, new Recorded()));
    assertEquals(Kind.CHANGED, failure.kind());
    assertEquals(
        "The list changes while it is read, 5 times in a row (GET "
            + server.uri()
            + "/usertracking/actions.json). Run again when the host has less to do, or ask for"
            + " larger pages.",
        failure.getMessage());
  }

  @Test
  void actionsWithoutIdAndOtherValuesAreActionsToo() {
    server.action(TEN, "{\"type\":\"PLAY\"}");
    server.action(TEN, "\"PAUSE\"");
    server.action(TEN, "null");
    server.action(TEN, "{\"id\":1}");
    assertEquals(
        List.of("{\"type\":\"PLAY\"}", "\"PAUSE\"", "null", "{\"id\":1}"), listed(HOUR, 2));
  }

  @Test
  void windowsEndByTheHostsClock() {
    Instant now = Instant.parse("2026-03-02T16:00:07Z");
    server.clock(() -> now);
    assertEquals(now, client.hostTime());
    server.faults().skew(Duration.ofHours(-3));
    assertEquals(now.minus(Duration.ofHours(3)), client.hostTime());
  }

  @Test
  void episodesOfBothGenerationsAreFound() {
    server.episode("m-1", "{\"id\":\"m-1\", \"dcIsPartOf\":20260229998}", "{\"dc\":{}}");
    assertEquals(Optional.empty(), client.episode("m-2"));
    OpencastEpisode old = client.episode("m-1").orElseThrow();
    assertEquals(Generation.OLD, old.generation());
    assertEquals("{\"id\":\"m-1\", \"dcIsPartOf\":20260229998}", text(old.json()));
    server.beNew(true);
    OpencastEpisode young = client.episode("m-1").orElseThrow();
    assertEquals(Generation.NEW, young.generation());
    assertEquals("{\"dc\":{}}", text(young.json()));
    assertEquals(Optional.empty(), client.episode("m-2"));
  }

  @Test
  void deletedEpisodesAreFound() {
    server.episode("m-1", "{\"id\":\"m-1\"}", "{}");
    server.deleteEpisode("m-1");
    assertTrue(client.episode("m-1").isPresent());
  }

  @Test
  void ofSeveralEpisodesOnlyTheOneMeantIsTaken() {
    server.episode("m-1", "{\"id\":\"m-1\"}", "{\"mediapackage\":{\"id\":\"m-1\"}}");
    server.episode("m-1", "{\"id\":\"m-2\"}", "{\"mediapackage\":{\"id\":\"m-2\"}}");
    assertEquals("{\"id\":\"m-1\"}", text(client.episode("m-1").orElseThrow().json()));
    server.beNew(true);
    assertEquals(
        "{\"mediapackage\":{\"id\":\"m-1\"}}", text(client.episode("m-1").orElseThrow().json()));
    server.episode("m-1", "{\"id\":\"m-1\"}", "{\"mediapackage\":{\"id\":\"m-1\"}}");
    assertEquals(Optional.empty(), client.episode("m-1"));
  }

  @Test
  void theLastWorkflowIsTheOneWithTheLargestNumber() {
    assertEquals(Optional.empty(), client.workflow("m-1"));
    server.workflow("m-1", workflow("\"99\"", "SUCCEEDED"));
    assertEquals(workflow("\"99\"", "SUCCEEDED"), text(client.workflow("m-1").orElseThrow()));
    server.workflow("m-1", workflow("100", "SUCCEEDED"));
    server.workflow("m-1", workflow("\"23\"", "SUCCEEDED"));
    server.workflow("m-1", workflow("101", "FAILED"));
    server.workflow("m-2", workflow("102", "SUCCEEDED"));
    assertEquals(workflow("100", "SUCCEEDED"), text(client.workflow("m-1").orElseThrow()));
  }

  @Test
  void aGeneratedHostIsReadInWhole() {
    OpencastGenerator generated = new OpencastGenerator(OpencastOptions.small(7));
    generated.actions().forEach(action -> server.action(action.created(), action.json()));
    generated.episodes().forEach(e -> server.episode(e.mpid(), e.old(), e.young()));
    generated.workflows().forEach(workflow -> server.workflow(workflow.mpid(), workflow.json()));
    ActionWindow days =
        new ActionWindow(
            Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-08T00:00:00Z"));
    assertEquals(
        generated.actions().stream().map(OpencastGenerator.Action::json).toList(),
        listed(days, 100));
    for (OpencastGenerator.Episode episode : generated.episodes()) {
      server.beNew(false);
      assertEquals(episode.old(), text(client.episode(episode.mpid()).orElseThrow().json()));
      server.beNew(true);
      assertEquals(episode.young(), text(client.episode(episode.mpid()).orElseThrow().json()));
    }
    long live =
        generated.episodes().stream()
            .flatMap(episode -> client.workflow(episode.mpid()).stream())
            .filter(workflow -> text(workflow).contains("\"capture\""))
            .count();
    assertEquals(generated.truth().liveEpisodes(), live);
  }

  @Test
  void theChallengeIsAnsweredOnce() {
    actions(0, 3);
    assertEquals(3, listed(HOUR, 2).size());
    assertEquals(4, server.requests()); // 0-1, 1-2, 2 alone, and the challenge
    server.expireNonces();
    assertEquals(3, listed(HOUR, 2).size());
    assertEquals(8, server.requests());
  }

  @Test
  void wrongCredentialsAreNamed() {
    open(HttpSettings.defaults(), "wrong");
    assertEquals(Kind.AUTH_REFUSED, failure().kind());
    open(HttpSettings.defaults(), "sesame");
    server.faults().refuse(true);
    HttpFailureException failure = failure();
    assertEquals(Kind.AUTH_REFUSED, failure.kind());
    assertFalse(failure.getMessage().contains("sesame"));
    server.faults().refuse(false);
    assertEquals(List.of(), listed(HOUR, 2));
  }

  @Test
  void repliesThatBreakAreAskedForAgain() {
    actions(0, 5);
    server.faults().cut(2);
    assertEquals(ids(0, 5), listed(HOUR, 3));
    server.faults().fail(4);
    assertEquals(ids(0, 5), listed(HOUR, 3));
  }

  @Test
  void aHostThatStaysBrokenIsNamed() {
    server.faults().fail(100);
    assertEquals(Kind.SERVER_ERROR, failure().kind());
    server.faults().fail(0);
    server.faults().cut(100);
    assertEquals(Kind.CUT, failure().kind());
    server.faults().cut(0);
    server.faults().html(1);
    assertEquals(Kind.NOT_JSON, failure().kind());
    server.stop();
    assertEquals(Kind.CONNECTION_REFUSED, failure().kind());
    server.up();
    assertEquals(List.of(), listed(HOUR, 2));
  }

  @Test
  void aSlowHostIsATimeout() {
    open(
        HttpSettings.defaults()
            .withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofMinutes(5))
            .withAttempts(1),
        "sesame");
    server.faults().delay(Duration.ofMinutes(10));
    assertEquals(Kind.TIMEOUT, failure().kind());
  }

  @Test
  void anotherServiceIsNotTakenForAnEmptyOpencast() throws Exception {
    for (String body :
        List.of(
            "{}",
            "[]",
            "{\"actions\":[]}",
            "{\"actions\":{\"total\":0,\"action\":\"x\"}}",
            "{\"events\":{}}")) {
      try (FixedHost host = new FixedHost(body)) {
        OpencastClient other =
            new OpencastClient(session, new OpencastHosts(host.uri(), host.uri(), NEW_YORK));
        HttpFailureException failure =
            assertThrows(HttpFailureException.class, () -> other.actions(HOUR, 0, 10), body);
        assertEquals(Kind.UNEXPECTED, failure.kind(), body);
      }
    }
    try (FixedHost host = new FixedHost("{\"results\":[]}")) {
      OpencastClient other =
          new OpencastClient(session, new OpencastHosts(host.uri(), host.uri(), NEW_YORK));
      assertEquals(
          Kind.UNEXPECTED,
          assertThrows(HttpFailureException.class, () -> other.episode("m-1")).kind());
      assertEquals(
          Kind.UNEXPECTED,
          assertThrows(HttpFailureException.class, () -> other.workflow("m-1")).kind());
    }
  }

  @Test
  void aHostWithoutWorkflowsHasNone() {
    OpencastClient other =
        new OpencastClient(
            session, new OpencastHosts(server.uri(), server.uri().resolve("/elsewhere"), NEW_YORK));
    assertEquals(Optional.empty(), other.workflow("m-1"));
  }

  @Test
  void aBaseUrlHasNoCredentials() {
    URI bad = URI.create("http://frieda:sesame@127.0.0.1");
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new OpencastHosts(bad, server.uri(), NEW_YORK));
    assertFalse(refused.getMessage().contains("sesame"));
  }

  @Test
  void idsAreEscaped() {
    String mpid = "a b&limit=0+\u00fc";
    server.episode(mpid, "{\"id\":\"x\"}", "{}");
    assertTrue(client.episode(mpid).isPresent());
  }

  /** What came, and how often it came from the beginning. */
  private static final class Recorded implements ActionSink {
    private final List<String> actions = new ArrayList<>();
    private int startsAgain;

    @Override
    public void action(byte[] json) {
      actions.add(text(json));
    }

    @Override
    public void startAgain() {
      startsAgain++;
    }
  }

  private void open(HttpSettings settings, String password) {
    if (session != null) {
      session.close();
    }
    session = HttpSession.open(settings, HttpAuth.digest("frieda", password), new FastWaiting(0));
    client = new OpencastClient(session, new OpencastHosts(server.uri(), server.uri(), NEW_YORK));
  }

  private HttpFailureException failure() {
    return assertThrows(HttpFailureException.class, () -> client.actions(HOUR, 0, 10));
  }

  private void actions(int from, int to) {
    for (int i = from; i < to; i++) {
      server.action(TEN.plusSeconds(i), "{\"id\":" + i + "}");
    }
  }

  private static List<String> ids(int from, int to) {
    List<String> ids = new ArrayList<>();
    for (int i = from; i < to; i++) {
      ids.add("{\"id\":" + i + "}");
    }
    return ids;
  }

  private List<String> listed(ActionWindow window, int batchSize) {
    Recorded sink = new Recorded();
    long read = client.forEachAction(window, batchSize, sink);
    assertEquals(sink.actions.size(), read);
    assertEquals(0, sink.startsAgain);
    assertEquals(new TreeSet<>(sink.actions).size(), read);
    return sink.actions;
  }

  private static String workflow(String id, String state) {
    return "{\"id\":"
        + id
        + ",\"state\":\""
        + state
        + "\",\"template\":\"DCE-archive-publish-external\"}";
  }

  private static List<String> texts(List<byte[]> jsons) {
    return jsons.stream().map(OpencastClientTest::text).toList();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
