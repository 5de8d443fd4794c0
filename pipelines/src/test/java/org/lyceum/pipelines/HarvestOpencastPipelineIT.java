package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.stack.OpencastFaults;
import org.lyceum.stack.TestS3;
import org.lyceum.testdata.OpencastTruth;

/** A test server's actions and episodes, through the real catalog and Trino. */
class HarvestOpencastPipelineIT {
  private static final String ACTIONS = "events.opencast_useraction";
  private static final String EPISODES = "events.opencast_episode";
  private static final String FROM = "--from=2026-03-02";

  private School school;
  private OpencastSchool opencast;

  @BeforeEach
  void open() throws Exception {
    school = new School();
    opencast = new OpencastSchool();
  }

  @AfterEach
  void close() throws Exception {
    opencast.close();
    school.close();
  }

  private Exit.Outcome harvest(String... more) throws Exception {
    return opencast.harvest(school.lake(), more);
  }

  private String hash() throws Exception {
    return school.tableHash(ACTIONS) + " " + school.tableHash(EPISODES);
  }

  private void assertTruth() throws Exception {
    OpencastTruth truth = opencast.truth();
    assertEquals(
        truth.eventsByDay(),
        school.counts("select substr(delivery, 9), count(*) from " + ACTIONS + " group by 1"));
    assertEquals(
        truth.failed(), school.counts("select code, count(*) from ops.failed_record group by 1"));
    assertEquals(
        Long.toString(truth.parsed()),
        school.one("select count(distinct event_id) from " + ACTIONS));
    assertEquals(
        Long.toString(truth.eventsWithoutEpisode()),
        school.one(
            "select count(*) from "
                + ACTIONS
                + " where mpid not in (select mpid from "
                + EPISODES
                + ")"));
  }

  @Test
  void theLakeEqualsTheGeneratorsTruthHoweverOftenAndInWhateverWindows() throws Exception {
    Exit.Outcome first = harvest(FROM);
    assertEquals(Exit.DONE, first.exit(), first.sentence());
    assertTruth();
    String hash = hash();
    Map<String, Long> heads = school.heads();

    Exit.Outcome again = harvest();
    assertTrue(again.sentence().startsWith("nothing new"), again.sentence());
    assertEquals(heads, school.heads(), "from where the lake ends there is nothing");
    harvest(FROM, "--force=1");
    assertEquals(hash, hash(), "forced again");
    opencast.setting("WINDOW_HOURS", "17");
    harvest(FROM, "--to=2026-03-04");
    assertEquals(hash, hash(), "in smaller windows");
    opencast.setting("WINDOW_HOURS", "240");
    harvest("--on=flink", FROM);
    assertEquals(hash, hash(), "in one window, on Flink");
    assertTruth();
    assertEquals(
        OpencastSchool.NOW.toString(),
        school.one("select position from ops.state where source = 'opencast'"));
  }

  @Test
  void whatWasStoppedInBetweenIsCompletedByTheNextRun() throws Exception {
    CatalogInBetween.AtCommit stop =
        new CatalogInBetween.AtCommit() {
          @Override
          public void before() {
            opencast.server().faults().refuse(true);
          }
        };
    opencast.setting("WINDOW_HOURS", "24");
    try (CatalogInBetween between = new CatalogInBetween(school.engines().catalogUri(), stop)) {
      Lake lake = new Lake(Map.of("uri", "http://127.0.0.1:" + between.port()));
      Exit.Outcome stopped = opencast.harvest(lake, FROM);
      assertEquals(Exit.FAILED, stopped.exit());
      assertTrue(stopped.sentence().contains("Check the credentials"), stopped.sentence());
    }
    assertEquals(
        "2026-03-03T00:00:00Z", school.one("select position from ops.state"), "one window is in");
    assertEquals("failed", school.one("select status from ops.run"));
    assertEquals(
        opencast.truth().eventsByDay().get("2026-03-02"),
        Long.valueOf(school.one("select count(*) from " + ACTIONS)));
    opencast.server().faults().refuse(false);
    assertEquals(Exit.DONE, harvest().exit());
    assertTruth();
  }

  @Test
  void aCommitWhoseAnswerIsLostIsMadeOnce() throws Exception {
    CatalogInBetween.AtCommit lost =
        new CatalogInBetween.AtCommit() {
          @Override
          public boolean after() {
            return true;
          }
        };
    try (CatalogInBetween between = new CatalogInBetween(school.engines().catalogUri(), lost)) {
      Lake lake = new Lake(Map.of("uri", "http://127.0.0.1:" + between.port()));
      assertEquals(Exit.DONE, opencast.harvest(lake, FROM).exit());
    }
    assertTruth();
  }

  @Test
  void killedWhileReadingBeforeAndAfterACommitTheNextRunCompletesTheGap() throws Exception {
    opencast.setting("WINDOW_HOURS", "24");
    Victim victim = new Victim();
    opencast.after(4, victim::kill);
    killed(victim, new CatalogInBetween.AtCommit() {});
    assertEquals("0", school.one("select count(*) from ops.state"), "no commit yet");
    killed(victim, victim.beforeItsCommit());
    assertWholeDays();
    killed(victim, victim.afterItsCommit());
    assertWholeDays();
    assertEquals(Exit.DONE, harvest(FROM).exit());
    assertTruth();
  }

  private void killed(Victim victim, CatalogInBetween.AtCommit moment) throws Exception {
    try (CatalogInBetween between = new CatalogInBetween(school.engines().catalogUri(), moment)) {
      victim.run(
          HarvestOpencastPipeline.class,
          opencast.settings(),
          between,
          FROM,
          "--feed=school",
          "--wait=0");
    }
  }

  /** The watermark is where the rows end. */
  private void assertWholeDays() throws Exception {
    String watermark = school.one("select coalesce(max(position), '') from ops.state");
    Map<String, Long> expected = new TreeMap<>(opencast.truth().eventsByDay());
    expected.keySet().removeIf(day -> (day + "T23:59:59Z").compareTo(watermark) > 0);
    assertEquals(
        expected,
        school.counts("select substr(delivery, 9), count(*) from " + ACTIONS + " group by 1"));
  }

  /** Each at the host's first reply, and while pages are read. */
  @Test
  void aHostsFaultIsOneSentenceAndNothingIsCommitted() throws Exception {
    OpencastFaults faults = opencast.server().faults();
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put("Check the credentials", () -> faults.refuse(true));
    all.put("Check the base URL", () -> faults.html(9));
    all.put("Run again; if this stays", () -> faults.cut(9));
    all.put("Run again when the host is well", () -> faults.fail(9));
    Map<String, Long> heads = school.heads();
    for (Map.Entry<String, Runnable> fault : all.entrySet()) {
      for (int replies : new int[] {1, 5}) {
        opencast.after(replies, fault.getValue());
        Exit.Outcome outcome = harvest(FROM);
        assertEquals(Exit.FAILED, outcome.exit(), outcome.sentence());
        assertTrue(outcome.sentence().contains(fault.getKey()), outcome.sentence());
        faults.refuse(false);
        faults.html(0);
        faults.cut(0);
        faults.fail(0);
      }
    }
    assertEquals(heads.get(ACTIONS), school.heads().get(ACTIONS), "no rows");
    assertEquals("0", school.one("select count(*) from ops.state"));
    opencast.server().stop();
    Exit.Outcome down = harvest(FROM);
    assertTrue(down.sentence().contains("Check host and port"), down.sentence());
    opencast.server().up();
    assertEquals(Exit.DONE, harvest(FROM).exit());
    assertTruth();
  }

  @Test
  void whatIsStoredLateComesWithTheNextRunAndNothingDoubles() throws Exception {
    harvest(FROM);
    Instant created = OpencastSchool.NOW.minusSeconds(500);
    opencast
        .server()
        .action(
            created,
            "{\"id\":99000001,\"mediapackageId\":\"late\",\"type\":\"PLAY\",\"created\":\""
                + created
                + "\"}");
    opencast.now(OpencastSchool.NOW.plusSeconds(120));
    Exit.Outcome next = harvest();
    assertEquals(Exit.DONE, next.exit(), next.sentence());
    assertTrue(next.sentence().endsWith("; the host does not have 1 episodes"), next.sentence());
    assertEquals("1", school.one("select count(*) from " + ACTIONS + " where mpid = 'late'"));
    harvest();
    assertEquals("1", school.one("select count(*) from " + ACTIONS + " where mpid = 'late'"));
  }

  @Test
  void aHostWhoseClockWentBackIsNotHarvestedUnasked() throws Exception {
    harvest(FROM);
    Map<String, Long> heads = school.heads();
    opencast.now(OpencastSchool.NOW.minus(Duration.ofHours(1)));
    Exit.Outcome back = harvest();
    assertEquals(Exit.FAILED, back.exit());
    assertTrue(back.sentence().contains("its clock went back"), back.sentence());
    assertEquals(heads, school.heads());
    assertEquals(Exit.DONE, harvest("--from=2026-03-04").exit());
    assertEquals(
        OpencastSchool.NOW.toString(),
        school.one("select position from ops.state"),
        "the watermark moves forward only");
  }

  @Test
  void documentsAreLinesOnStandardOutputWithTheirEpisodes() throws Exception {
    Map<String, Long> heads = school.heads();
    List<String> lines =
        OpencastSchool.printed(
            () -> {
              Exit.Outcome done = harvest(FROM, "--output=stdout");
              assertEquals(Exit.DONE, done.exit(), done.sentence());
            });
    assertEquals(heads, school.heads(), "the lake is no output");
    assertEquals(opencast.truth().parsed(), lines.size());
    long without = 0;
    for (String line : lines) {
      JsonNode document = new JsonMapper().readTree(line);
      assertTrue(document.has("action_id") && document.has("is_live"), line);
      without += document.get("episode").isEmpty() ? 1 : 0;
    }
    assertEquals(opencast.truth().eventsWithoutEpisode(), without);

    List<String> both = OpencastSchool.printed(() -> harvest(FROM, "--output=lake,stdout"));
    assertEquals(lines.stream().sorted().toList(), both.stream().sorted().toList());
    assertTruth();
    List<String> enriched = OpencastSchool.printed(() -> harvest(FROM, "--output=lake,-"));
    assertEquals(
        lines.stream().sorted().toList(),
        enriched.stream().sorted().toList(),
        "with the lake's episodes");
    Exit.Outcome refused = harvest("--output=stdout");
    assertEquals(
        "OUTPUT=stdout without the lake: say FROM= or INTERVAL=<minutes>", refused.sentence());
  }

  @Test
  void anEpisodeIsReadAgainWhenItsRowIsTooOld() throws Exception {
    harvest(FROM, "--to=2026-03-02");
    int before = opencast.server().requests();
    harvest(FROM, "--to=2026-03-02");
    int without = opencast.server().requests() - before;
    opencast.setting("EPISODE_CACHE_EXPIRE", "0");
    before = opencast.server().requests();
    harvest(FROM, "--to=2026-03-02");
    int with = opencast.server().requests() - before;
    assertEquals(
        2 * Long.parseLong(school.one("select count(*) from " + EPISODES)),
        with - without,
        "an episode and its workflow");
  }

  @Test
  void episodesOfTheDaysThatWereWatchedAreHarvested() throws Exception {
    harvest(FROM);
    String hash = hash();
    Exit.Outcome watched =
        opencast.harvestEpisodes(school.lake(), "--from=2026-03-02", "--to=2026-03-04");
    assertEquals(Exit.DONE, watched.exit(), watched.sentence());
    assertEquals(hash, hash(), "the same episodes");
    Exit.Outcome given =
        opencast.harvestEpisodes(school.lake(), "--mpid=" + String.join(",", opencast.mpids()));
    assertEquals(Exit.DONE, given.exit(), given.sentence());
    OpencastTruth truth = opencast.truth();
    assertEquals(
        List.of(truth.episodes(), truth.slides(), truth.liveEpisodes(), truth.availableEpisodes())
            .toString(),
        school.one(
            "select format('[%s, %s, %s, %s]', count(*),"
                + " coalesce(sum(json_array_length(slides)), 0),"
                + " count(live_start), count(available)) from "
                + EPISODES));
    opencast.server().beNew(true);
    List<String> lines =
        OpencastSchool.printed(
            () ->
                opencast.harvestEpisodes(
                    school.lake(),
                    "--mpid=nobody," + opencast.mpids().get(0),
                    "--output=stdout,lake"));
    assertEquals(1, lines.size());
    assertEquals("1", school.one("select count(*) from " + EPISODES + " where generation = 'new'"));
    Exit.Outcome none = opencast.harvestEpisodes(school.lake(), "--mpid=nobody");
    assertEquals("nothing new; the host does not have 1 episodes", none.sentence());
  }

  @Test
  void theFirstHarvestBeginsWhereTheHarvesterBeforeEnded() throws Exception {
    TestS3 s3 = TestS3.shared();
    Path bucket = s3.createBucket("harvest-opencast");
    Files.writeString(bucket.resolve("last-action"), "20260303000000\n");
    opencast.setting("S3_HARVEST_TS_BUCKET", "harvest-opencast");
    opencast.setting("S3_LAST_ACTION_TS_KEY", "last-action");
    opencast.setting("AWS_ENDPOINT_URL", s3.endpoint().toString());
    opencast.setting("AWS_REGION", s3.region());
    System.setProperty("aws.accessKeyId", s3.accessKeyId());
    System.setProperty("aws.secretAccessKey", s3.secretAccessKey());
    try {
      assertEquals(Exit.DONE, harvest().exit());
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
    assertEquals(
        "2026-03-03T05:00:00Z",
        school.one(
            "select min(substr(scope, 9, 20)) from ops.delivery where delivery like 'actions/%'"));
  }
}
