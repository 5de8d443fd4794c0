package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asked by the JDK's client, as the rules in Zoom's documents say. */
class ZoomServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MONDAY = "from=2026-03-02&to=2026-03-02";

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private Instant now = Instant.parse("2026-03-03T06:00:00Z");
  private final ZoomServer server = ZoomServer.start(() -> now);
  private String token = "";

  @BeforeEach
  void logIn() throws Exception {
    token = granted(ZoomServer.CLIENT_SECRET).path("access_token").asText();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void tokensAreForTheRightSecretAndEnd() throws Exception {
    assertEquals("invalid_client", granted("wrong").path("error").asText());
    assertEquals(0, code("/users"));
    now = now.plus(Duration.ofHours(1));
    assertEquals(124, code("/users"));
    token = "";
    assertEquals(124, code("/users"));
  }

  @ParameterizedTest
  @CsvSource({
    "/ab//c+d==, %252Fab%252F%252Fc%252Bd%253D%253D, true",
    "/ab//c+d==, %2Fab%2F%2Fc%2Bd%3D%3D, false",
    "/ab//c+d==, /ab//c+d==, false",
    "ab/c+d==, ab%2Fc%2Bd%3D%3D, true",
    "ab/c+d==, ab%2Fc+d==, true",
    "ab/c+d==, ab%252Fc%252Bd%253D%253D, false",
    "ab/c+d==, ab/c+d==, false",
    "ab//cd==, ab%252F%252Fcd%253D%253D, true",
    "abcd==, abcd==, true",
    "abcd==, abcd%253D%253D, false",
  })
  void aUuidIsEncodedOnceOrTwice(String uuid, String asked, boolean isFound) throws Exception {
    server.add(meeting(uuid, "2026-03-02T10:00:00Z", 2));
    HttpResponse<String> reply = ask("/past_meetings/" + asked);
    assertEquals(isFound ? 200 : 404, reply.statusCode(), reply::body);
  }

  @Test
  void aNumberMeansTheLastInstance() throws Exception {
    server.add(meeting("first", "2026-03-01T10:00:00Z", 2));
    server.add(meeting("second", "2026-03-02T10:00:00Z", 2));
    server.add(meeting("not yet", "2026-03-09T10:00:00Z", 2));
    assertEquals("second", json("/past_meetings/82000000000").path("uuid").asText());
  }

  @Test
  void whoDoesNotSayPastIsToldOfLiveMeetings() throws Exception {
    server.add(meeting("over", "2026-03-02T10:00:00Z", 2));
    server.add(meeting("alone", "2026-03-02T11:00:00Z", 1));
    server.add(meeting("live", "2026-03-03T05:30:00Z", 2));
    String days = "/metrics/meetings?from=2026-03-02&to=2026-03-03";
    assertEquals(List.of("live"), uuids(days));
    assertEquals(List.of("over"), uuids(days + "&type=past"));
    assertEquals(List.of("alone"), uuids(days + "&type=pastOne"));
    assertEquals(3001, code("/metrics/meetings/over/participants"));
    assertEquals(0, code("/metrics/meetings/over/participants?type=past"));
    assertEquals(3001, code("/report/meetings/alone/participants"));
  }

  @Test
  void pagesHaveSizesAndTokensThatEnd() throws Exception {
    IntStream.range(0, 70)
        .forEach(i -> server.add(meeting("m%02d".formatted(i), "2026-03-02T10:00:00Z", 2)));
    String list = "/metrics/meetings?type=past&" + MONDAY + "&page_size=";
    assertEquals(300, code(list + "29"));
    assertEquals(300, code(list + "301"));
    JsonNode first = json(list + "30");
    assertEquals(70, first.path("total_records").asInt());
    assertEquals(30, first.path("meetings").size());
    String next = first.path("next_page_token").asText();
    String token = "&next_page_token=" + next.replace("+", "%2B").replace("/", "%2F");
    assertEquals("m30", json(list + "30" + token).path("meetings").path(0).path("uuid").asText());
    assertEquals(300, code(list + "40" + token), "it is the token of another list");
    now = now.plus(Duration.ofMinutes(15));
    assertEquals(0, code(list + "30" + token));
    now = now.plusSeconds(1);
    assertEquals(300, code(list + "30" + token));
  }

  @Test
  void aRangeIsAMonthWithinTheLastSix() throws Exception {
    String list = "/metrics/meetings?type=past&";
    assertEquals(0, code(list + "from=2025-09-03&to=2025-10-03"));
    assertEquals(300, code(list + "from=2025-09-02&to=2025-09-02"));
    assertEquals(300, code(list + "from=2026-01-01&to=2026-02-02"));
    assertEquals(300, code(list + "from=2026-01-02&to=2026-01-01"));
    assertEquals(300, code(list + "from=20260101&to=20260102"));
  }

  @Test
  void limitsAreBySecondAndByDay() throws Exception {
    server.perSecondLimit(2);
    server.dailyLimit(2);
    assertEquals(200, ask("/users").statusCode());
    assertEquals(200, ask("/users").statusCode());
    HttpResponse<String> fast = ask("/users");
    assertEquals(429, fast.statusCode());
    assertEquals("1", fast.headers().firstValue("Retry-After").orElse(""));
    assertEquals("QPS", fast.headers().firstValue("X-RateLimit-Type").orElse(""));
    String list = "/metrics/meetings?type=past&" + MONDAY;
    for (int expected : new int[] {200, 200, 429}) {
      now = now.plusSeconds(1);
      assertEquals(expected, ask(list).statusCode());
    }
    now = now.plusSeconds(1);
    HttpResponse<String> many = ask(list);
    assertEquals("2026-03-04T00:00:00Z", many.headers().firstValue("Retry-After").orElse(""));
    assertEquals(200, ask("/users").statusCode(), "it is light");
    now = Instant.parse("2026-03-04T00:00:00Z");
    assertEquals(124, code(list));
    logIn();
    assertEquals(200, ask(list).statusCode());
  }

  @Test
  void detailsComeLaterThanTheList() throws Exception {
    server.settling(Duration.ofMinutes(30));
    server.add(meeting("over", "2026-03-03T04:45:00Z", 2));
    assertEquals(
        List.of("over"), uuids("/metrics/meetings?type=past&from=2026-03-03&to=2026-03-03"));
    assertEquals(3001, code("/metrics/meetings/over/participants?type=past"));
    now = now.plus(Duration.ofMinutes(30));
    assertEquals(0, code("/metrics/meetings/over/participants?type=past"));
  }

  @Test
  void accountsWithoutDashboardHaveReports() throws Exception {
    server.withoutDashboard();
    server.add(new ServedZoomUser("dina", "active", "{\"id\":\"dina\"}", List.of("{\"id\":82}")));
    server.add(new ServedZoomUser("gone", "inactive", "{\"id\":\"gone\"}", List.of()));
    server.add(meeting("two", "2026-03-02T10:00:00Z", 2));
    server.add(meeting("one", "2026-03-02T10:00:00Z", 1));
    assertEquals(200, code("/metrics/meetings?type=past&" + MONDAY));
    assertEquals(List.of("two"), uuids("/report/users/dina/meetings?" + MONDAY));
    assertEquals(1001, code("/report/users/nobody/meetings?" + MONDAY));
    assertEquals(1, json("/users").path("users").size());
    assertEquals(1, json("/users?status=inactive").path("users").size());
    assertEquals(82, json("/users/dina/meetings").path("meetings").path(0).path("id").asInt());
    assertEquals("Ada", json("/past_meetings/two/participants").findValue("name").asText());
  }

  @Test
  void failsAsPlannedAndRemembersWhatCame() throws Exception {
    server.failAfter(1, "/v2/users", ZoomFault.SERVER_ERROR, 1);
    server.fail("/v2/users", ZoomFault.HTML, 1);
    assertEquals(200, ask("/users").statusCode());
    assertEquals(500, ask("/users").statusCode());
    assertTrue(ask("/users?status=active").body().startsWith("<!DOCTYPE html>"));
    assertEquals(0, code("/users"));
    assertEquals(4, server.requests("/v2/users"));
    assertEquals("GET /v2/users?status=active", server.requests().get(3));
  }

  @Test
  void tellsOfWhatAFolderHolds() throws Exception {
    Files.writeString(
        folder.resolve("users.jsonl"),
        "{\"user\":{\"id\":\"dina\",\"status\":\"active\"},\"scheduled\":[]}\n");
    Files.writeString(
        folder.resolve("meetings.jsonl"),
        "{\"uuid\":\"a\",\"id\":82000000000,\"host_id\":\"dina\","
            + "\"listed_at\":\"2026-03-02T10:00:00Z\",\"ended_at\":\"2026-03-02T11:00:00Z\","
            + "\"metrics\":{\"uuid\":\"a\"},\"report\":null,\"past\":{\"id\":82000000000},"
            + "\"metrics_participants\":[],\"report_participants\":[]}\n");
    server.load(folder);
    assertEquals(List.of("a"), uuids("/metrics/meetings?type=past&" + MONDAY));
    assertEquals(List.of(), uuids("/report/users/dina/meetings?" + MONDAY));
    assertFalse(json("/past_meetings/a").path("id").isMissingNode());
  }

  /** One hour in Dina's series. */
  private static ServedZoomMeeting meeting(String uuid, String started, int people) {
    Instant start = Instant.parse(started);
    String text = "{\"uuid\":\"%s\"}".formatted(uuid);
    return new ServedZoomMeeting(
        uuid,
        82_000_000_000L,
        "dina",
        start,
        start.plusSeconds(3600),
        text,
        people < 2 ? "" : text,
        text,
        IntStream.range(0, people).mapToObj("{\"user_id\":\"%d\"}"::formatted).toList(),
        IntStream.range(0, people).mapToObj(i -> "{\"name\":\"Ada\"}").toList());
  }

  private JsonNode granted(String secret) throws IOException, InterruptedException {
    String who = ZoomServer.CLIENT_ID + ":" + secret;
    return JSON.readTree(
        client
            .send(
                HttpRequest.newBuilder(server.oauthUri())
                    .header(
                        "Authorization",
                        "Basic "
                            + Base64.getEncoder()
                                .encodeToString(who.getBytes(StandardCharsets.UTF_8)))
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "grant_type=account_credentials&account_id=" + ZoomServer.ACCOUNT_ID))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.apiUri() + path))
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(ask(path).body());
  }

  /** Of an error; 0 for none. */
  private int code(String path) throws IOException, InterruptedException {
    return json(path).path("code").asInt();
  }

  private List<String> uuids(String path) throws IOException, InterruptedException {
    return json(path).path("meetings").findValuesAsText("uuid");
  }
}
