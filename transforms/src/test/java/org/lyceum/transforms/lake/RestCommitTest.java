package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.transforms.lake.HarvestHost.Action;
import org.lyceum.transforms.land.LakeInProcess;
import org.lyceum.transforms.land.LandHarvest;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.Verdict;
import org.lyceum.transforms.zoom.ZoomPlaces;

class RestCommitTest {
  private static final Contract MEETING = Contracts.of("events.zoom_meeting");
  private static final Contract SESSION = Contracts.of("events.zoom_participant_session");
  private static final String DAY = "2026-03-01";
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration APART = Duration.ofHours(24);

  private final HarvestHost host = new HarvestHost();
  private LakeInProcess lake;
  private int runs;

  @BeforeEach
  void open() {
    lake = new LakeInProcess();
  }

  @AfterEach
  void close() throws IOException {
    try {
      HarvestHost.checkBooks(lake);
    } finally {
      lake.close();
    }
  }

  private RestCommit.Outcome window(int from, int to) {
    String run = String.format("run-%04d", ++runs);
    return window(run, 1, from, to);
  }

  private RestCommit.Outcome window(String run, int number, int from, int to) {
    return RestCommit.replace(
        lake.catalog(),
        HarvestHost.request(run, number, number, false, from, to, false),
        host.land(lake, run, from, to, new Random(1)),
        HarvestHost.CLOCK);
  }

  private HarvestState actions() throws IOException {
    return HarvestState.read(lake.catalog(), "opencast", LakeInProcess.FEED);
  }

  private HarvestState meetings() throws IOException {
    return HarvestState.read(lake.catalog(), "zoom", LakeInProcess.FEED);
  }

  @Test
  void aWindowWithoutAnythingMovesOnlyTheWatermark() throws Exception {
    assertTrue(window(0, 2).isCommitted());
    assertEquals(Optional.of(HarvestHost.at(2)), actions().watermark("actions"));
    assertEquals(List.of(), lake.read("ops.delivery"));
    assertFalse(window(0, 2).isCommitted(), "nothing is new");
    assertEquals(1, lake.read("ops.run").size());
  }

  @Test
  void theWatermarkIsMovedOnlyByAWindowThatSpansIt() throws Exception {
    host.say(new Action(1, 5, 0, false));
    window(4, 6);
    window(7, 9);
    window(0, 3);
    assertEquals(Optional.of(HarvestHost.at(6)), actions().watermark("actions"));
    window(6, 7);
    assertEquals(Optional.of(HarvestHost.at(7)), actions().watermark("actions"));
  }

  @Test
  void anActionThatMovedWithinARunShowsAsReadLast() {
    host.say(new Action(1, 5, 0, false));
    host.say(new Action(2, 4, 0, false));
    window("run-0000", 1, 4, 6);
    host.say(new Action(1, 8, 1, false));
    window("run-0000", 2, 6, 10);
    assertEquals(
        Set.of("1 variant-1", "2 variant-0"),
        lake.column(HarvestHost.CONTRACT.table(), "action_id", "action_type"));
    window(6, 7);
    window(4, 6);
    assertEquals(
        Set.of("1 variant-1", "2 variant-0"),
        lake.column(HarvestHost.CONTRACT.table(), "action_id", "action_type"));
    assertEquals(List.of(), lake.read("ops.duplicate"), "the one that was hidden is gone");
  }

  @Test
  void anActionThatMovedFarShowsAsReadLastOnceUpkeepFoundIt() {
    host.say(new Action(1, 0, 0, false));
    window(0, 1);
    host.say(new Action(1, 40, 1, false));
    window(40, 41);
    assertEquals(2, lake.read(HarvestHost.CONTRACT.table()).size(), "further than copies can lie");
    HideCopies.Found found =
        HideCopies.of(lake.catalog(), HarvestHost.CONTRACT, TopicBatches.run("upkeep"));
    assertEquals(new HideCopies.Found(1, 0), found);
    assertEquals(
        Set.of("1 variant-1"),
        lake.column(HarvestHost.CONTRACT.table(), "action_id", "action_type"));
    assertEquals(Set.of("run-0001 true"), lake.column("ops.duplicate", "run_id", "is_far"));
  }

  @Test
  void twoCommitsOfARunAreOneEntryOfTheirDay() {
    host.say(new Action(1, 1, 0, false));
    host.say(new Action(2, 3, 0, false));
    window("run-0001", 1, 0, 2);
    window("run-0001", 2, 2, 4);
    assertEquals(
        Set.of(
            "actions/2026-02-28 complete 2"
                + " window [2026-02-28T14:00:00Z,2026-02-28T18:00:00Z)"),
        lake.column("ops.delivery", "delivery", "status", "parsed", "scope"));
  }

  @Test
  void anEmptyWindowIsRefusedThenPassedOverAndSettledWhenItGivesSomethingAgain() throws Exception {
    Action action = new Action(1, 5, 0, false);
    host.say(action);
    window(4, 6);
    host.forget(1);

    RestCommit.Outcome refused = window(5, 7);
    assertEquals(FailureCode.EMPTY_REPLY, refused.result().leftOut().get(0).code());
    assertEquals(Optional.of(HarvestHost.at(6)), actions().watermark("actions"));
    assertEquals(1, lake.read(HarvestHost.CONTRACT.table()).size());
    assertEquals(1, lake.read("ops.failed_record").size());
    assertEquals(Set.of(), actions().open());

    RestCommit.Outcome passed = window(5, 8);
    assertEquals(List.of(), passed.result().leftOut());
    String name =
        "actions/" + new Window(Window.micros(HarvestHost.at(5)), Window.micros(HarvestHost.at(8)));
    assertEquals(Set.of(name), passed.passed());
    assertEquals(Optional.of(HarvestHost.at(8)), actions().watermark("actions"));
    assertEquals(1, lake.read(HarvestHost.CONTRACT.table()).size());
    assertEquals(0, lake.read("ops.failed_record").size());
    assertEquals(Set.of("actions/2026-02-28"), actions().open());
    assertEquals(Set.of(name), actions().emptyReplies());

    host.say(new Action(2, 8, 0, false));
    window(7, 9);
    assertEquals(Set.of("actions/2026-02-28"), actions().open(), "it stays open");

    host.say(action);
    window(4, 9);
    assertEquals(Set.of(), actions().open());
    assertEquals(Set.of(), actions().emptyReplies());
    assertEquals(2, lake.read(HarvestHost.CONTRACT.table()).size());
  }

  @Test
  void whatDoesNotLieInTheWindowIsNotCommitted() {
    host.say(new Action(1, 5, 0, false));
    List<Landed> landed = host.land(lake, "run-0001", 5, 6, new Random(1));
    assertThrows(
        IllegalStateException.class,
        () ->
            RestCommit.replace(
                lake.catalog(),
                HarvestHost.request("run-0001", 1, 1, true, 6, 7, false),
                landed,
                HarvestHost.CLOCK));
  }

  /** A harvest of meetings: {@code uuid} or {@code uuid:session}, with ! when it is broken. */
  private RestCommit.Outcome meetings(
      Set<String> containers, List<RestCommit.Standing> standings, String... records) {
    String run = String.format("run-%04d", ++runs);
    LandHarvest landing =
        new LandHarvest(lake.catalog(), run, MEETING.source(), LakeInProcess.FEED);
    for (String record : records) {
      String position = record.replace("!", "");
      Contract contract = position.contains(":") ? SESSION : MEETING;
      if (record.endsWith("!")) {
        landing.failed(
            DAY,
            position,
            Verdict.failed(FailureCode.NO_TIME, "The meeting has no time."),
            new byte[] {1});
        continue;
      }
      landing.parsed(
          DAY,
          position,
          contract,
          new Books.Entry(contract)
              .set("event_id", TopicBatches.id(position.hashCode()))
              .set("occurred_at", Window.micros(NOON))
              .set("meeting_uuid", ZoomPlaces.meetingUuid(position))
              .set("form", "metrics")
              .row(),
          new byte[] {1});
    }
    try {
      return RestCommit.replace(
          lake.catalog(),
          new RestCommit.Request(
              new RunInfo(run, "harvest-zoom", "direct", 0, "test", null),
              1,
              1,
              true,
              LakeInProcess.FEED,
              List.of(MEETING.table(), SESSION.table()),
              RestScope.containers(MEETING.source(), "", containers),
              standings,
              null,
              1L,
              false),
          landing.land(),
          HarvestHost.CLOCK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> positions(Contract contract) {
    return lake.column(contract.table(), "position");
  }

  @Test
  void aMeetingIsReplacedWithItsSessionsAndNoOther() {
    meetings(
        Set.of("ab+", "ab", "x/"), List.of(), "ab+", "ab+:1", "ab", "ab:1", "ab:2", "x/!", "x/:1");
    meetings(Set.of("ab", "x/"), List.of(), "ab", "ab:2", "ab:3", "x/", "x/:1!");
    assertEquals(Set.of("ab+", "ab", "x/"), positions(MEETING));
    assertEquals(Set.of("ab+:1", "ab:2", "ab:3"), positions(SESSION));
    assertEquals(Set.of("x/:1"), lake.column("ops.failed_record", "position"));
    assertEquals(List.of(), lake.read("ops.duplicate"));
  }

  @Test
  void sessionsStayWhenTheirListIsEmptyAndTheMeetingIsTakenAnew() throws Exception {
    meetings(Set.of("ab", "cd"), List.of(), "ab", "ab:1", "cd", "cd:1");
    RestCommit.Outcome refused = meetings(Set.of("ab", "cd"), List.of(), "ab", "cd", "cd:1");
    assertEquals("ab", refused.result().leftOut().get(0).file().path());
    assertEquals(Set.of("ab:1", "cd:1"), positions(SESSION));
    assertEquals(
        Set.of("ab run-0002", "cd run-0002"), lake.column(MEETING.table(), "position", "run_id"));

    RestCommit.Outcome passed = meetings(Set.of("ab"), List.of(), "ab");
    assertEquals(Set.of("ab"), passed.passed());
    assertEquals(Set.of(DAY), meetings().open());
    assertEquals(Set.of("ab:1", "cd:1"), positions(SESSION));

    meetings(Set.of("ab"), List.of(), "ab", "ab:2");
    assertEquals(Set.of("ab:2", "cd:1"), positions(SESSION));
    assertEquals(Set.of(), meetings().emptyReplies());
  }

  @Test
  void aMeetingThatIsGoneStaysAndTheOthersGoIn() {
    meetings(Set.of("ab", "cd"), List.of(), "ab", "ab:1", "cd", "cd:1");
    RestCommit.Outcome refused = meetings(Set.of("ab", "cd"), List.of(), "cd", "cd:2");
    assertEquals(1, refused.result().leftOut().size());
    assertEquals(Set.of("ab", "cd"), positions(MEETING));
    assertEquals(Set.of("ab:1", "cd:2"), positions(SESSION));
  }

  @Test
  void aDayIsOpenUntilTwoHarvestsAgreeThatAreFarEnoughApart() throws Exception {
    harvestDay("one", NOON, List.of("cd"));
    assertEquals(Set.of(DAY), meetings().open());
    assertEquals(List.of("cd"), meetings().harvest(DAY).orElseThrow().missing());
    harvestDay("two", NOON.plusSeconds(60), List.of());
    harvestDay("two", NOON.plus(Duration.ofHours(3)), List.of());
    assertEquals(Set.of(DAY), meetings().open());
    harvestDay("three", NOON.plus(Duration.ofHours(30)), List.of());
    assertEquals(Set.of(DAY), meetings().open(), "it has changed");
    harvestDay("three", NOON.plus(Duration.ofHours(54)), List.of());
    assertEquals(Set.of(), meetings().open());
  }

  private void harvestDay(String fingerprint, Instant at, List<String> missing) throws IOException {
    DayHarvest harvest = DayHarvest.after(meetings().harvest(DAY), fingerprint, at, missing);
    meetings(Set.of("ab"), List.of(harvest.standing(DAY, APART)), "ab", "ab:1");
  }

  @Test
  void aDayWithoutMeetingsIsKnownToo() throws Exception {
    DayHarvest harvest = DayHarvest.after(Optional.empty(), "nothing", NOON, List.of());
    List<RestCommit.Standing> standings = List.of(harvest.standing(DAY, APART));
    assertTrue(meetings(Set.of(), standings).isCommitted());
    assertEquals(Optional.of(harvest), meetings().harvest(DAY));
    assertFalse(meetings(Set.of(), standings).isCommitted());
  }

  @Test
  void failedRecordsOfAnotherListingStay() {
    host.say(new Action(1, 1, 0, true));
    window(0, 2);
    LandHarvest episodes =
        new LandHarvest(lake.catalog(), "run-0009", "opencast", LakeInProcess.FEED);
    episodes.failed(
        "episodes",
        "mp-1",
        Verdict.failedAt(Window.micros(HarvestHost.at(1)), FailureCode.BAD_VALUE, "It is broken."),
        new byte[] {1});
    try {
      RestCommit.replace(
          lake.catalog(),
          new RestCommit.Request(
              new RunInfo("run-0009", "harvest-episodes", "direct", 0, "test", null),
              1,
              1,
              true,
              LakeInProcess.FEED,
              List.of("events.opencast_episode"),
              RestScope.containers("opencast", "episodes", Set.of("mp-1")),
              List.of(),
              null,
              1L,
              false),
          episodes.land(),
          HarvestHost.CLOCK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    host.say(new Action(1, 1, 0, false));
    window(0, 2);
    assertEquals(Set.of("mp-1"), lake.column("ops.failed_record", "position"));
  }
}
