package org.lyceum.transforms.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lyceum.stack.ServedZoomMeeting;
import org.lyceum.stack.ServedZoomUser;
import org.lyceum.stack.ZoomFault;
import org.lyceum.stack.ZoomServer;
import org.lyceum.testdata.ZoomGenerator;
import org.lyceum.testdata.ZoomMeetingTexts;
import org.lyceum.transforms.io.http.FastWaiting;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.zoom.ZoomConfig.Listing;

class ZoomClientTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final String MEETINGS = "/v2/metrics/meetings";
  private static final String PARTICIPANTS = "/v2/(metrics|report)/meetings/.*/participants";

  private final FastWaiting waiting = new FastWaiting(0);
  private ZoomServer server;
  private ZoomClient client;

  @BeforeEach
  void start() {
    server = ZoomServer.start(waiting::now);
    waiting.await(Duration.ofDays(3));
    open(Listing.METRICS);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  // What is read.

  @ParameterizedTest
  @EnumSource
  void aHarvestIsAllThatZoomHas(Listing listing) {
    ZoomGenerator generator =
        new ZoomGenerator(3, MONDAY.minusDays(1), 2, ZoomGenerator.EVERY_KIND);
    generator.users().forEach(user -> server.add(ServedZoomUser.read(user)));
    Map<String, ZoomMeetingTexts> wanted = new HashMap<>();
    for (ZoomMeetingTexts meeting : generator.meetings()) {
      server.add(ServedZoomMeeting.read(meeting.line()));
      if (listing == Listing.METRICS || !meeting.report().isEmpty()) {
        wanted.put(meeting.uuid(), meeting);
      }
    }
    open(listing);
    List<ZoomMeeting> meetings = client.meetings(MONDAY.minusDays(1), MONDAY);
    assertEquals(wanted.size(), meetings.size());
    long sessions = 0;
    for (ZoomMeeting meeting : meetings) {
      ZoomMeetingTexts texts = wanted.remove(meeting.uuid());
      boolean isReport = listing == Listing.REPORT;
      assertEquals(isReport ? texts.report() : texts.metrics(), text(meeting.json()));
      List<String> participants = participants(meeting.uuid());
      assertEquals(
          isReport ? texts.reportParticipants() : texts.metricsParticipants(), participants);
      sessions += participants.size();
      assertEquals(texts.past(), text(whole(client.detail(meeting.uuid()))));
    }
    assertTrue(wanted.isEmpty());
    assertEquals(
        listing == Listing.REPORT
            ? generator.truth().reportSessions()
            : generator.truth().sessions(),
        sessions);
  }

  @Test
  void recordsAreTheBytesThatWereSent() {
    String odd =
        "{ \"uuid\":\"\\/odd\\/\\u003d=\", \"id\": 82000000001.0,\"topic\":\"\\u00fc \u00fc\","
            + " \"x\":[1e400,{}], \"uuid2\":null}";
    add("/odd/==", odd, List.of("{\"user_id\" : 7.0,\"join_time\":\"\\u0041\"}"));
    List<ZoomMeeting> meetings = client.meetings(MONDAY, MONDAY);
    assertEquals("/odd/==", meetings.get(0).uuid());
    assertEquals(odd, text(meetings.get(0).json()));
    assertEquals(List.of("{\"user_id\" : 7.0,\"join_time\":\"\\u0041\"}"), participants("/odd/=="));
  }

  @Test
  void recordsWithoutAKeyAreAllKept() {
    add("a", "{\"topic\":1}", List.of("{\"user_id\":\"\"}", "{\"user_id\":\"\"}", "7"));
    add("b", "{\"topic\":1}", List.of("1", "2"));
    assertEquals(
        List.of("", ""), client.meetings(MONDAY, MONDAY).stream().map(ZoomMeeting::uuid).toList());
    assertEquals(List.of("{\"user_id\":\"\"}", "{\"user_id\":\"\"}", "7"), participants("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "/ab//c+d==, %252Fab%252F%252Fc%252Bd%253D%253D",
    "ab//cd==, ab%252F%252Fcd%253D%253D",
    "ab/c+d==, ab%2Fc%2Bd%3D%3D",
    "abcd==, abcd%3D%3D"
  })
  void aUuidIsEncodedOnceOrTwice(String uuid, String encoded) {
    assertEquals(encoded, ZoomClient.encoded(uuid));
  }

  @Test
  void manyMonthsAreAskedMonthByMonth() {
    add("a", "2026-01-01T00:00:00Z", 2);
    add("b", "2026-01-31T23:59:59Z", 2);
    add("c", "2026-02-28T10:00:00Z", 2);
    add("d", "2026-03-01T00:00:00Z", 2);
    assertEquals(
        List.of("a", "b", "c", "d"),
        client.meetings(LocalDate.of(2026, 1, 1), MONDAY).stream()
            .map(ZoomMeeting::uuid)
            .sorted()
            .toList());
    assertEquals(2 * 3, server.requests(MEETINGS));
    assertThrows(
        IllegalArgumentException.class, () -> client.meetings(MONDAY, MONDAY.minusDays(1)));
  }

  @Test
  void aRecordThatPagesRepeatIsOneAsReadLast() {
    server.overlap(2);
    add("a", "2026-03-02T10:00:00Z", 70);
    AtomicInteger pages = new AtomicInteger();
    server.before(
        request -> {
          if (request.contains("/participants") && pages.incrementAndGet() == 2) {
            addWithSessions("a", IntStream.range(0, 70).mapToObj(i -> session(i, "new")).toList());
          }
        });
    List<String> participants = participants("a");
    assertEquals(70, participants.size());
    assertEquals(session(27, "old"), participants.get(27));
    assertEquals(session(28, "new"), participants.get(28));
  }

  @Test
  void usersAreThoseWhoLeftToo() {
    user("dina", "active");
    user("chandra", "inactive");
    assertEquals(List.of("dina", "chandra"), client.users().stream().map(ZoomUser::id).toList());
    assertEquals("82000000000", client.series("dina").get(0).id());
    assertEquals(List.of(), client.series("nobody"));
  }

  // Tokens.

  @Test
  void theTokenIsKeptAndRefreshedBeforeItsEnd() {
    client.meetings(MONDAY, MONDAY);
    client.meetings(MONDAY, MONDAY);
    assertEquals(1, server.requests("/oauth/token"));
    waiting.await(Duration.ofMinutes(59));
    client.meetings(MONDAY, MONDAY);
    assertEquals(2, server.requests("/oauth/token"));
    assertEquals(3 * 2 + 2, client.requests(), "none was refused");
  }

  @Test
  void aTokenThatEndsMidListingIsRefreshed() {
    add("a", "2026-03-02T10:00:00Z", 70);
    server.failAfter(1, PARTICIPANTS, ZoomFault.TOKEN_ENDED, 1);
    assertEquals(70, participants("a").size());
    assertEquals(2, server.requests("/oauth/token"));
    assertEquals(4, server.requests(PARTICIPANTS));
  }

  @Test
  void aTokenThatIsRefusedTwiceIsAFailure() {
    server.fail(MEETINGS, ZoomFault.TOKEN_ENDED, 2);
    assertEquals(Kind.AUTH_REFUSED, failure().kind());
  }

  @Test
  void wrongCredentialsAreAFailureThatSaysSo() {
    open(config(server.apiUri(), "wrong", Listing.METRICS));
    HttpFailureException failure = failure();
    assertEquals(Kind.AUTH_REFUSED, failure.kind());
    assertTrue(failure.getMessage().startsWith("Zoom gives no token for this"));
    assertFalse(failure.getMessage().contains("wrong"));
    assertEquals(1, server.requests().size());
  }

  @Test
  void noTextShowsTheSecret() {
    String text = config(server.apiUri(), "sesame", Listing.REPORT).toString();
    assertFalse(text.contains("sesame") || text.contains(ZoomServer.CLIENT_ID), text);
  }

  // Lists that do not stand still.

  @Test
  void aListWhosePageTokenEndsIsReadAgain() {
    add("a", "2026-03-02T10:00:00Z", 70);
    AtomicInteger pages = new AtomicInteger();
    server.before(
        request -> {
          if (request.contains("/participants") && pages.incrementAndGet() == 3) {
            waiting.await(Duration.ofMinutes(16));
          }
        });
    assertEquals(70, participants("a").size());
    assertEquals(3 + 3, pages.get());
  }

  @Test
  void aListThatAlwaysOutlivesItsTokenIsUnfinished() {
    add("a", "2026-03-02T10:00:00Z", 70);
    // Every second request, each time with a page token.
    for (int i = 0; i < 5; i++) {
      server.failAfter(1, PARTICIPANTS, ZoomFault.PAGE_TOKEN_ENDED, 1);
    }
    assertInstanceOf(ZoomAnswer.Unfinished.class, client.participants("a"));
  }

  @Test
  void aListThatShrinksBetweenPagesIsReadAgain() {
    for (int i = 0; i < 70; i++) {
      add("m%02d".formatted(i), "2026-03-02T10:00:00Z", 2);
    }
    AtomicInteger pages = new AtomicInteger();
    server.before(
        request -> {
          if (request.contains("type=past&") && pages.incrementAndGet() == 2) {
            server.remove("m00");
          }
        });
    List<String> uuids = client.meetings(MONDAY, MONDAY).stream().map(ZoomMeeting::uuid).toList();
    assertEquals(69, uuids.size());
    assertEquals("m01", uuids.get(0));
    assertTrue(uuids.contains("m30"), "which no page of the first reading had");
  }

  @Test
  void aListThatNeverStandsStillIsAFailure() {
    for (int i = 0; i < 70; i++) {
      add("m%02d".formatted(i), "2026-03-02T10:00:00Z", 2);
    }
    AtomicInteger pages = new AtomicInteger();
    server.before(request -> server.remove("m%02d".formatted(pages.getAndIncrement())));
    assertEquals(Kind.CHANGED, failure().kind());
  }

  // Too early.

  @Test
  void aMeetingThatHasJustEndedIsUnfinished() {
    add("a", "2026-03-02T10:00:00Z", 2);
    server.settling(Duration.ofDays(4));
    assertEquals(1, client.meetings(MONDAY, MONDAY).size());
    assertInstanceOf(ZoomAnswer.Unfinished.class, client.participants("a"));
    assertInstanceOf(ZoomAnswer.Unfinished.class, client.detail("a"));
    waiting.await(Duration.ofDays(2));
    assertEquals(2, participants("a").size());
  }

  @Test
  void aMeetingThatEndsMidListingComesWholeOrNotAtAll() {
    add("a", "2026-03-02T10:00:00Z", 70);
    server.failAfter(1, PARTICIPANTS, ZoomFault.NOT_YET, 2);
    assertInstanceOf(ZoomAnswer.Unfinished.class, client.participants("a"));
    assertEquals(70, participants("a").size());
  }

  @Test
  void aWrongBaseUrlIsNotTooEarly() {
    open(config(server.apiUri().resolve("/v3"), ZoomServer.CLIENT_SECRET, Listing.METRICS));
    assertEquals(
        Kind.NOT_FOUND,
        assertThrows(HttpFailureException.class, () -> client.participants("a")).kind());
  }

  // Limits.

  @Test
  void aLimitPerSecondIsWaitedFor() {
    add("a", "2026-03-02T10:00:00Z", 70);
    server.perSecondLimit(2);
    assertEquals(70, participants("a").size());
    assertEquals(List.of(Duration.ofSeconds(1)), waited());
  }

  @Test
  void aLimitPerDayEndsTheHarvestAndSaysWhenToGoOn() {
    add("a", "2026-03-02T10:00:00Z", 70);
    server.dailyLimit(2);
    HttpFailureException failure =
        assertThrows(HttpFailureException.class, () -> client.participants("a"));
    assertEquals(Kind.RATE_LIMITED, failure.kind());
    assertEquals(Optional.of(Instant.parse("2026-03-06T00:00:00Z")), failure.goOnAt());
    assertEquals(List.of(), waited());
    waiting.await(Duration.between(waiting.now(), failure.goOnAt().orElseThrow()));
    server.dailyLimit(10);
    assertEquals(70, participants("a").size());
  }

  @Test
  void aLimitPerDayWithoutHeadersEndsAtMidnight() {
    server.fail(MEETINGS, ZoomFault.DAILY_LIMIT_WITHOUT_HEADERS, 100);
    HttpFailureException failure = failure();
    assertEquals(Kind.RATE_LIMITED, failure.kind());
    assertEquals(Optional.of(Instant.parse("2026-03-06T00:00:00Z")), failure.goOnAt());
  }

  // Faults.

  @Test
  void anAccountWithoutDashboardIsToldOfReports() {
    server.withoutDashboard();
    HttpFailureException failure = failure();
    assertEquals(Kind.AUTH_REFUSED, failure.kind());
    assertTrue(failure.getMessage().contains("harvested by its reports"), failure::getMessage);
    open(Listing.REPORT);
    assertEquals(List.of(), client.meetings(MONDAY, MONDAY));
  }

  @Test
  void daysThatZoomHasForgottenAreAFailureThatSaysSo() {
    HttpFailureException failure =
        assertThrows(
            HttpFailureException.class,
            () -> client.meetings(LocalDate.of(2025, 3, 1), LocalDate.of(2025, 3, 1)));
    assertEquals(Kind.REFUSED, failure.kind());
    assertTrue(failure.getMessage().contains("last six months"), failure::getMessage);
  }

  @ParameterizedTest
  @CsvSource({"SERVER_ERROR, SERVER_ERROR", "CUT, CUT", "HTML, NOT_JSON", "SLOW, TIMEOUT"})
  void whatStaysBrokenIsAFailure(ZoomFault fault, Kind kind) {
    add("a", "2026-03-02T10:00:00Z", 2);
    server.fail(PARTICIPANTS, fault, 100);
    assertEquals(
        kind, assertThrows(HttpFailureException.class, () -> client.participants("a")).kind());
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "CUT", "SLOW"})
  void whatPassesIsTriedAgain(ZoomFault fault) {
    add("a", "2026-03-02T10:00:00Z", 70);
    server.failAfter(1, PARTICIPANTS, fault, 1);
    assertEquals(70, participants("a").size());
  }

  @Test
  void aStormOfErrorsAtTheTokensIsTriedAgainOnce() {
    server.fail("/oauth/token", ZoomFault.SERVER_ERROR, 100);
    assertEquals(Kind.SERVER_ERROR, failure().kind());
    assertEquals(5, server.requests("/oauth/token"), "not five times five");
  }

  @Test
  void aHostThatIsGoneIsAFailure() {
    server.stop();
    assertEquals(Kind.CONNECTION_REFUSED, failure().kind());
    server.up();
    assertEquals(List.of(), client.meetings(MONDAY, MONDAY));
  }

  @Test
  void settingsAreChecked() {
    for (int size : new int[] {29, 301}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new ZoomConfig(
                  server.apiUri(), server.oauthUri(), "a", "b", "c", Listing.REPORT, size));
    }
    assertThrows(
        IllegalArgumentException.class, () -> config(server.apiUri(), " ", Listing.REPORT));
  }

  private HttpFailureException failure() {
    return assertThrows(HttpFailureException.class, () -> client.meetings(MONDAY, MONDAY));
  }

  private void open(Listing listing) {
    open(config(server.apiUri(), ZoomServer.CLIENT_SECRET, listing));
  }

  private void open(ZoomConfig config) {
    if (client != null) {
      client.close();
    }
    HttpSettings settings =
        HttpSettings.defaults()
            .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(5));
    client = ZoomClient.open(config, settings, waiting);
  }

  private ZoomConfig config(URI api, String secret, Listing listing) {
    return new ZoomConfig(
        api, server.oauthUri(), ZoomServer.ACCOUNT_ID, ZoomServer.CLIENT_ID, secret, listing, 30);
  }

  private List<String> participants(String uuid) {
    return whole(client.participants(uuid)).stream().map(ZoomClientTest::text).toList();
  }

  private static <T> T whole(ZoomAnswer<T> answer) {
    if (answer instanceof ZoomAnswer.Whole<T> whole) {
      return whole.value();
    }
    throw new AssertionError(answer);
  }

  /** Waits other than those of the tests themselves. */
  private List<Duration> waited() {
    List<Duration> waits = new ArrayList<>(waiting.waits());
    waits.remove(0);
    return waits;
  }

  private void user(String id, String status) {
    server.add(
        new ServedZoomUser(
            id, status, "{\"id\":\"%s\"}".formatted(id), List.of("{\"id\":82000000000}")));
  }

  private void add(String uuid, String json, List<String> participants) {
    add(uuid, json, "2026-03-02T10:00:00Z", participants);
  }

  private void add(String uuid, String started, int people) {
    add(
        uuid,
        "{\"uuid\":\"%s\"}".formatted(uuid),
        started,
        IntStream.range(0, people).mapToObj(i -> session(i, "old")).toList());
  }

  private void addWithSessions(String uuid, List<String> sessions) {
    add(uuid, "{\"uuid\":\"%s\"}".formatted(uuid), sessions);
  }

  private void add(String uuid, String json, String started, List<String> participants) {
    Instant start = Instant.parse(started);
    server.add(
        new ServedZoomMeeting(
            uuid,
            82_000_000_000L,
            "dina",
            start,
            start.plusSeconds(3600),
            json,
            json,
            json,
            participants,
            participants));
  }

  private static String session(int number, String device) {
    return "{\"user_id\":\"%d\",\"join_time\":\"2026-03-02T10:00:00Z\",\"device\":\"%s\"}"
        .formatted(number, device);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
