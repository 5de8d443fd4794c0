package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.stack.ServedZoomMeeting;
import org.lyceum.stack.ZoomFault;
import org.lyceum.stack.ZoomServer;
import org.lyceum.testdata.GeoDatabase;
import org.lyceum.testdata.ZoomGenerator;
import org.lyceum.testdata.ZoomTruth;
import org.lyceum.transforms.lake.DayHarvest;
import org.lyceum.transforms.lake.HarvestState;

/** The real pipeline against Zoom's test server, the real catalog and Trino. */
class HarvestZoomPipelineIT {
  private static final String MEETINGS = "events.zoom_meeting";
  private static final String SESSIONS = "events.zoom_participant_session";
  private static final String PARTICIPANTS = ".*/participants";
  private static final LocalDate MONDAY = ZoomGenerator.FIRST_DAY;
  private static final String LAST = MONDAY.plusDays(2).toString();

  private final ZoomSchool zoom = new ZoomSchool();
  private final ZoomSchool.Hands clock = zoom.clock();
  private final ZoomServer server = zoom.server();
  private School school;

  @BeforeEach
  void open() throws Exception {
    school = new School();
  }

  @AfterEach
  void close() throws Exception {
    zoom.close();
    school.close();
  }

  private ZoomTruth serve(int days) {
    return zoom.serve(days);
  }

  private Exit.Outcome harvest(String... more) throws IOException {
    return zoom.harvest(school.lake(), more);
  }

  /** The sentence that a harvest ends with that does not come to its end. */
  private String refusal(String... more) {
    Throwable cause = assertThrows(RuntimeException.class, () -> harvest(more));
    while (!(cause instanceof Refusal)) {
      cause = cause.getCause();
    }
    assertEquals(Exit.FAILED, ((Refusal) cause).exit());
    return cause.getMessage();
  }

  private HarvestState state() throws IOException {
    try (RESTCatalog catalog = school.lake().connect()) {
      return HarvestState.read(catalog, "zoom", "school");
    }
  }

  private List<String> missing() throws IOException {
    HarvestState state = state();
    List<String> missing = new ArrayList<>();
    for (String day : state.open()) {
      state.harvest(day).map(DayHarvest::missing).ifPresent(missing::addAll);
    }
    return missing;
  }

  private void assertTruth(ZoomTruth truth) throws Exception {
    String byDay = "select delivery, count(*) from %s group by delivery";
    assertEquals(truth.meetingsByDay(), school.counts(byDay.formatted(MEETINGS)));
    assertEquals(truth.sessionsByDay(), school.counts(byDay.formatted(SESSIONS)));
    assertEquals(
        truth.failed(), school.counts("select code, count(*) from ops.failed_record group by 1"));
    assertEquals("0", school.one("select count(*) from ops.duplicate"));
    assertWhole();
  }

  /** A meeting lies in the lake with all its sessions or not at all; accounts and rows agree. */
  private void assertWhole() throws Exception {
    assertEquals(
        "0",
        school.one(
            "select count(*) from "
                + MEETINGS
                + " m left join (select meeting_uuid, count(*) n from "
                + SESSIONS
                + " group by 1) s on s.meeting_uuid = m.meeting_uuid"
                + " where m.participant_sessions <> coalesce(s.n, 0)"));
    assertEquals(
        school.one(
            "select (select count(*) from "
                + MEETINGS
                + ") + (select count(*) from "
                + SESSIONS
                + ")"),
        school.one(
            "select sum(parsed) - sum(coalesce(element_at(rows_taken, 'zoom_meeting'), 0)"
                + " + coalesce(element_at(rows_taken, 'zoom_participant_session'), 0))"
                + " from ops.delivery"));
  }

  private String hash() throws Exception {
    return school.tableHash(MEETINGS) + school.tableHash(SESSIONS);
  }

  @Test
  void theLakeEqualsTheTruthHoweverOftenAndADayClosesWhenTwoHarvestsAgree() throws Exception {
    ZoomTruth truth = serve(3);
    server.failAfter(7, PARTICIPANTS, ZoomFault.TOKEN_ENDED, 1);
    Exit.Outcome first = harvest("--from=" + MONDAY, "--to=" + LAST);
    assertEquals(Exit.DONE, first.exit(), first.sentence());
    assertTruth(truth);
    assertTrue(
        Long.parseLong(
                school.one("select count(*) from " + MEETINGS + " where host_id is not null"))
            > 0,
        "the listing of the host says who he is");
    assertEquals(Set.of(MONDAY.toString(), MONDAY.plusDays(1).toString(), LAST), state().open());
    assertEquals(List.of(), missing());

    String hash = hash();
    clock.plus(Duration.ofHours(1));
    harvest("--from=" + MONDAY, "--to=" + LAST);
    assertEquals(hash, hash(), "harvested again");
    assertEquals(3, state().open().size(), "too soon to know");

    clock.plus(Duration.ofHours(24));
    harvest();
    assertEquals(hash, hash(), "open days and yesterday, without FROM");
    assertEquals(Set.of("2026-03-05"), state().open(), "yesterday's first harvest");
    assertTruth(truth);
  }

  @Test
  void aDailyLimitStopsBetweenMeetingsAndTheNextRunsGoOnThere() throws Exception {
    ZoomTruth truth = serve(3);
    zoom.groups(7);
    server.dailyLimit(26);
    String sentence = refusal("--from=" + MONDAY, "--to=" + LAST);
    assertTrue(sentence.contains("until 2026-03-06T00:00:00Z"), sentence);
    assertEquals("failed", school.one("select status from ops.run"));
    assertWhole();
    assertEquals(3, state().open().size(), "days that were not reached are known, too");
    long before = 0;
    for (int run = 2; ; run++) {
      long now = Long.parseLong(school.one("select count(*) from " + MEETINGS));
      assertTrue(now > before, "each run gets further: " + now);
      if (now == truth.parsed()) {
        break;
      }
      assertTrue(run < 6, "what was read is not read again before the rest");
      before = now;
      clock.plus(Duration.ofDays(1));
      try {
        harvest();
      } catch (RuntimeException stopped) {
        assertWhole();
      }
    }
    assertTruth(truth);
  }

  @Test
  void killedBeforeAndAfterACommitTheNextRunsGoOnThere() throws Exception {
    ZoomTruth truth = serve(2);
    zoom.setting("GROUP_SIZE", "7");
    Victim victim = new Victim();
    killed(victim, victim.beforeItsCommit());
    assertWhole();
    killed(victim, victim.afterItsCommit());
    assertWhole();
    assertEquals(2, state().open().size(), "all days that were to be read are known");
    harvest();
    assertTruth(truth);
  }

  private void killed(Victim victim, CatalogInBetween.AtCommit moment) throws Exception {
    try (CatalogInBetween between = new CatalogInBetween(school.engines().catalogUri(), moment)) {
      victim.run(
          ZoomSchool.class,
          zoom.settings(),
          between,
          "--from=" + MONDAY,
          "--to=" + MONDAY.plusDays(1));
    }
  }

  @Test
  void aMeetingThatIsAskedForTooEarlyKeepsItsDayOpen() throws Exception {
    ZoomTruth truth = serve(1);
    // Both types are asked for before it is given up.
    server.failAfter(4, PARTICIPANTS, ZoomFault.NOT_YET, 2);
    Exit.Outcome early = harvest("--from=" + MONDAY, "--to=" + MONDAY);
    assertEquals(Exit.DONE, early.exit(), early.sentence());
    assertTrue(early.sentence().contains("1 meetings are not finished"), early.sentence());
    assertEquals(1, missing().size());
    assertEquals(Long.toString(truth.parsed() - 1), school.one("select count(*) from " + MEETINGS));
    assertWhole();
    clock.plus(Duration.ofHours(1));
    harvest();
    assertEquals(List.of(), missing());
    assertTruth(truth);
    clock.plus(Duration.ofHours(25));
    harvest();
    assertFalse(state().open().contains(MONDAY.toString()), "it is closed");
  }

  @Test
  void whatZoomGivesNoMoreStays() throws Exception {
    ZoomTruth truth = serve(1);
    harvest("--from=" + MONDAY, "--to=" + MONDAY);
    String sessions = school.tableHash(SESSIONS);
    ZoomGenerator generator = ZoomSchool.generator(1);
    ServedZoomMeeting one = ServedZoomMeeting.read(generator.meetings().get(0).line());
    server.add(
        new ServedZoomMeeting(
            one.uuid(),
            one.id(),
            one.hostId(),
            one.listedAt(),
            one.endedAt(),
            one.metrics(),
            one.report(),
            one.past(),
            List.of(),
            List.of()));
    Exit.Outcome empty = harvest("--from=" + MONDAY, "--to=" + MONDAY);
    assertEquals(Exit.LEFT_OUT, empty.exit(), empty.sentence());
    assertTrue(empty.sentence().contains("gives nothing now"), empty.sentence());
    assertEquals(sessions, school.tableHash(SESSIONS), "sessions of the empty list stay");

    generator.meetings().forEach(meeting -> server.remove(meeting.uuid()));
    harvest("--from=" + MONDAY, "--to=" + MONDAY);
    assertEquals(sessions, school.tableHash(SESSIONS), "a list without meetings takes none away");
    assertEquals(Long.toString(truth.parsed()), school.one("select count(*) from " + MEETINGS));
    assertEquals(truth.meetings(), missing().size(), "they are missing, and the day says so");

    clock.plus(Duration.ofDays(3));
    harvest();
    assertTrue(state().open().contains(MONDAY.toString()), "it stays open");
  }

  @Test
  void faultsEndInOneSentenceAndTheNextRunCompletesTheGap() throws Exception {
    Map<ZoomFault, String> faults = new LinkedHashMap<>();
    faults.put(ZoomFault.HTML, "a page of HTML");
    faults.put(ZoomFault.SERVER_ERROR, "Run again when the host is well");
    faults.put(ZoomFault.CUT, "cuts replies");
    faults.put(ZoomFault.DAILY_LIMIT_WITHOUT_HEADERS, "Zoom answers no more requests of this day");
    ZoomTruth truth = serve(faults.size());
    clock.plus(Duration.ofDays(2));
    zoom.groups(12);
    LocalDate day = MONDAY;
    for (Map.Entry<ZoomFault, String> fault : faults.entrySet()) {
      // After the third in a row, and after the first limit, nothing more is asked.
      boolean isLimit = fault.getKey() == ZoomFault.DAILY_LIMIT_WITHOUT_HEADERS;
      server.failAfter(8, PARTICIPANTS, fault.getKey(), isLimit ? 1 : 3);
      String sentence = refusal("--from=" + day, "--to=" + day);
      assertTrue(sentence.contains(fault.getValue()), sentence);
      assertWhole();
      assertEquals(Exit.DONE, harvest("--from=" + day, "--to=" + day).exit());
      assertEquals(
          truth.meetingsByDay().get(day.toString()).toString(),
          school.one("select count(*) from " + MEETINGS + " where delivery = '" + day + "'"),
          fault.getKey().toString());
      day = day.plusDays(1);
    }
    assertTruth(truth);

    zoom.setting("ZOOM_SECRET", "another");
    assertTrue(refusal("--from=" + MONDAY).contains("Zoom gives no token"));
    zoom.setting("ZOOM_SECRET", ZoomServer.CLIENT_SECRET);
    server.stop();
    assertTrue(refusal("--from=" + MONDAY).contains("Check host and port"));
    assertTruth(truth);

    clock.plus(Duration.ofDays(3));
    assertTrue(refusal().contains("Check host and port"));
    assertTrue(state().open().contains("2026-03-09"), "the day that was to be read is known");
    server.up();
    clock.plus(Duration.ofDays(1));
    harvest();
    assertFalse(
        state().harvest("2026-03-09").orElseThrow().fingerprint().contains("/"),
        "and read by the next run");
    assertTruth(truth);
  }

  @Test
  void anAccountWithoutDashboardIsHarvestedByItsReports() throws Exception {
    ZoomTruth truth = serve(1);
    server.withoutDashboard();
    assertTrue(refusal("--from=" + MONDAY, "--to=" + MONDAY).contains("harvested by its reports"));
    zoom.setting("ZOOM_LISTING", "report");
    assertEquals(Exit.DONE, harvest("--from=" + MONDAY, "--to=" + MONDAY).exit());
    assertEquals(
        Map.of("report", truth.reportMeetings()),
        school.counts("select form, count(*) from " + MEETINGS + " group by 1"));
    assertEquals(
        Map.of("report", truth.reportSessions()),
        school.counts("select form, count(*) from " + SESSIONS + " group by 1"));
  }

  private void serve(String uuid, String metrics, String... participants) {
    Instant start = Instant.parse("2026-03-02T10:00:00Z");
    server.add(
        new ServedZoomMeeting(
            uuid,
            81_000_000_000L,
            "host",
            start,
            start.plusSeconds(3600),
            metrics,
            "",
            "{}",
            List.of(participants),
            List.of()));
  }

  @Test
  void recordsThatCannotBeRowsFailEachAtItsPlace() throws Exception {
    serve("no uuid", "{\"topic\":\"Algebra I\",\"start_time\":\"2026-03-02T10:00:00Z\"}");
    serve(
        "bad==",
        "{\"uuid\":\"bad==\",\"start_time\":\"noon\"}",
        "{\"user_id\":\"7\",\"join_time\":\"2026-03-02T10:05:00Z\"}",
        "{\"join_time\":\"2026-03-02T10:06:00Z\"}");
    serve("late==", "{\"uuid\":\"late==\"}", "{\"user_id\":\"8\"}", "{}");
    for (int run = 1; run <= 2; run++) {
      assertEquals(Exit.DONE, harvest("--from=" + MONDAY, "--to=" + MONDAY).exit());
      assertEquals(
          Map.of(
              "2026-03-02 /metrics/meetings# no_key", 1L,
              "2026-03-02 bad== bad_time", 1L,
              "2026-03-02 bad==:/participants#000001 no_key", 1L,
              "undated late== no_time", 1L,
              "undated late==:/participants#000000 no_time", 1L,
              "undated late==:/participants#000001 no_time", 1L),
          school.counts(
              "select delivery || ' ' || regexp_replace(position, '#[0-9a-f]{32}$', '#')"
                  + " || ' ' || code, count(*) from ops.failed_record group by 1"),
          "run " + run);
      assertEquals(
          "2026-03-02 bad==:7:2026-03-02T10:05:00Z",
          school.one("select delivery || ' ' || position from " + SESSIONS));
    }
  }

  @Test
  void documentsGoToStandardOutputWithoutTheLake(@TempDir Path folder) throws Exception {
    ZoomTruth truth = serve(1);
    GeoDatabase places = GeoDatabase.ofType("GeoLite2-City").with("192.0.2.136/30", "{}");
    zoom.setting("GEOIP_DB", places.write(folder.resolve("city.mmdb")).toString());
    Map<String, Long> heads = school.heads();
    PrintStream usual = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      harvest("--from=" + MONDAY, "--to=" + MONDAY, "--output=stdout");
    } finally {
      System.setOut(usual);
    }
    List<String> lines =
        printed.toString(StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("{")).toList();
    assertEquals(
        truth.parsed(), lines.stream().filter(line -> line.startsWith("{\"uuid\"")).count());
    List<String> sessions = lines.stream().filter(line -> line.startsWith("{\"meeting\"")).toList();
    assertEquals(truth.sessions(), sessions.size());
    String known = "\"192\\.0\\.2\\.13[6-9]\"";
    List<String> inPlaces = having("\"ip_address\":" + known, sessions);
    assertTrue(!inPlaces.isEmpty() && inPlaces.size() < sessions.size());
    assertEquals(inPlaces, having("\"geoip\":\\{\"ip\":" + known, sessions));
    assertEquals(inPlaces, having("\"geoip\"", sessions));
    assertEquals(heads, school.heads(), "the lake has nothing of it");
  }

  private static List<String> having(String pattern, List<String> lines) {
    return lines.stream().filter(Pattern.compile(pattern).asPredicate()).toList();
  }

  @Test
  void wrongUseIsOneSentence() {
    for (List<String> wrong :
        List.of(
            List.of("FROM=soon: it is a UTC day such as 2026-03-01", "--from=soon"),
            List.of("TO=2026-03-01 stands with FROM only", "--to=2026-03-01"),
            List.of(
                "TO=2026-03-01 lies before FROM=2026-03-02",
                "--from=2026-03-02",
                "--to=2026-03-01"),
            List.of("2026-03-06 has not begun: it is 2026-03-05 in UTC", "--from=2026-03-06"),
            List.of(
                "OUTPUT=stdout without the lake: say the days, FROM= and TO=", "--output=stdout"),
            List.of("ZOOM_SETTLE_HOURS=0: it is a whole number from 1 on", "--settleHours=0"))) {
      String[] arguments = wrong.subList(1, wrong.size()).toArray(String[]::new);
      Refusal refusal = assertThrows(Refusal.class, () -> harvest(arguments));
      assertEquals(Exit.WRONG_USE, refusal.exit());
      assertEquals(wrong.get(0), refusal.getMessage());
    }
    zoom.setting("GEOIP_DB", "missing.mmdb");
    assertEquals("GEOIP_DB=missing.mmdb: there is no such file", wrongSetting());
    zoom.setting("GEOIP_DB", "");
    zoom.setting("ZOOM_LISTING", "both");
    assertTrue(wrongSetting().startsWith("ZOOM_LISTING=both: it is metrics"));
    zoom.setting("ZOOM_API_URL", "zoom");
    assertEquals("ZOOM_API_URL is no URL such as https://api.zoom.us/v2", wrongSetting());
    zoom.setting("ZOOM_ACCOUNT_ID", "");
    assertTrue(wrongSetting().startsWith("ZOOM_ACCOUNT_ID is missing: Zoom's API v2 wants"));
  }

  private String wrongSetting() {
    return assertThrows(Refusal.class, this::harvest).getMessage();
  }
}
