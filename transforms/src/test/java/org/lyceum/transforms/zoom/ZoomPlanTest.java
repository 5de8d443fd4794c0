package org.lyceum.transforms.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.lyceum.transforms.lake.DayHarvest;

class ZoomPlanTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);
  private static final Instant NOW = Instant.parse("2026-03-06T06:00:00Z");
  private static final Duration APART = Duration.ofHours(24);
  private static final String DIGEST = "0".repeat(32);

  private final Map<String, DayHarvest> harvests = new TreeMap<>();
  private final Map<String, Set<String>> held = new TreeMap<>();
  private final List<ListedMeeting> listed = new ArrayList<>();

  private void list(LocalDate day, String... uuids) {
    for (String uuid : uuids) {
      listed.add(new ListedMeeting(uuid, true, day, day, new byte[0], null));
    }
  }

  /** Its groups, each as the meetings that it reads and the days that end with it. */
  private List<String> groups(int size, boolean isForced, LocalDate... days) {
    Set<String> containers = new TreeSet<>();
    listed.forEach(meeting -> containers.add(meeting.container()));
    ZoomPlan plan =
        ZoomPlan.of(
            List.of(days),
            new MeetingList.Listed(listed, containers),
            day -> Optional.ofNullable(harvests.get(day)),
            held,
            isForced,
            NOW,
            APART);
    return plan.groups(size).stream()
        .map(
            group ->
                group.meetings().stream().map(ListedMeeting::container).toList()
                    + " of "
                    + group.days().keySet()
                    + " ends "
                    + group.ending())
        .toList();
  }

  private void harvested(LocalDate day, String fingerprint, Instant at, String... missing) {
    harvests.put(day.toString(), new DayHarvest(fingerprint, at, at, List.of(missing)));
  }

  @Test
  void whatWasNeverReadGoesFirstThenWhatWasLeftThenWhatWasReadLongestAgo() {
    list(MONDAY, "a", "b");
    list(TUESDAY, "c", "d");
    list(WEDNESDAY, "e", "f");
    harvested(MONDAY, DIGEST, NOW.minusSeconds(60));
    harvested(TUESDAY, DIGEST + "/" + DIGEST, NOW, "d");
    held.put(TUESDAY.toString(), Set.of("c"));
    assertEquals(
        List.of(
            "[e, f] of [2026-03-02, 2026-03-03, 2026-03-04] ends [2026-03-04]",
            "[d, a] of [2026-03-02, 2026-03-03] ends [2026-03-03]",
            "[b] of [2026-03-02] ends [2026-03-02]"),
        groups(2, false, MONDAY, TUESDAY, WEDNESDAY));
    assertEquals(
        List.of(
            "[e, f, c, d, a, b] of [2026-03-02, 2026-03-03, 2026-03-04]"
                + " ends [2026-03-02, 2026-03-03, 2026-03-04]"),
        groups(9, true, MONDAY, TUESDAY, WEDNESDAY));
  }

  @Test
  void aDayWithoutMeetingsIsAGroup() {
    assertEquals(List.of("[] of [2026-03-02] ends [2026-03-02]"), groups(2, false, MONDAY));
  }

  @Test
  void aHarvestThatGoesOnReadsWhatCameMeanwhile() {
    list(MONDAY, "a", "b", "new");
    harvested(MONDAY, "none/" + DIGEST, NOW, "b");
    held.put(MONDAY.toString(), Set.of("a", "gone"));
    ZoomPlan plan =
        ZoomPlan.of(
            List.of(MONDAY),
            new MeetingList.Listed(listed, Set.of("a", "b", "new")),
            day -> Optional.ofNullable(harvests.get(day)),
            held,
            false,
            NOW,
            APART);
    MeetingGroup group = plan.groups(9).get(0);
    assertEquals(
        List.of("b", "new"), group.meetings().stream().map(ListedMeeting::container).toList());
    assertEquals(
        List.of("b", "gone", "new"),
        group.days().get(MONDAY.toString()).missing(),
        "what Zoom lists no more is missing");
  }
}
