package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.lyceum.transforms.land.LakeInProcess;

/**
 * Laws 1, 2, 3 and 5 for what is read of a host by time, against a brute-force model: windows in
 * any order, cut anyhow, again and overlapping, while the host changes what it says, another
 * harvest commits beside, upkeep merges, and processes are killed. After every step what shows,
 * hidden copies, failed records, accounts, the watermark and what gave nothing are what the model
 * says.
 */
class WindowLawsTest {
  private static final Instant LATER = Instant.parse("2026-03-09T00:00:00Z");

  @Property(tries = 4, seed = "20261122", shrinking = ShrinkingMode.OFF)
  void theLakeIsWhatTheModelSays(@ForAll Random random) throws Exception {
    try (LakeInProcess lake = new LakeInProcess()) {
      Story story = new Story(lake, random);
      for (int step = 0; step < 12; step++) {
        story.step();
        story.host.check(lake);
        if (step % 4 == 3) {
          HarvestHost.checkBooks(lake);
        }
      }
    }
  }

  @Property(tries = 3, seed = "20261123", shrinking = ShrinkingMode.OFF)
  void anyWindowsEndInTheSameAsOne(@ForAll Random random) throws Exception {
    try (LakeInProcess lake = new LakeInProcess()) {
      Story story = new Story(lake, random);
      for (int i = 0; i < 25; i++) {
        story.host.change(random);
      }
      for (int[] window : windows(random)) {
        story.harvest(window[0], window[1], false);
      }
      var split = lake.column("events.opencast_useraction", "event_id", "occurred_at");
      story.harvest(0, HarvestHost.HOURS, false);
      story.host.check(lake);
      assertEquals(lake.column("events.opencast_useraction", "event_id", "occurred_at"), split);
      story.harvest(0, HarvestHost.HOURS, false);
      story.host.check(lake);
      assertEquals(lake.column("events.opencast_useraction", "event_id", "occurred_at"), split);
    }
  }

  /** Windows that together are the whole time, some of them overlapping, in any order. */
  private static List<int[]> windows(Random random) {
    List<int[]> windows = new ArrayList<>();
    for (int at = 0, next; at < HarvestHost.HOURS; at = next) {
      next = Math.min(HarvestHost.HOURS, at + 1 + random.nextInt(8));
      windows.add(new int[] {Math.max(0, at - random.nextInt(3)), next});
    }
    Collections.shuffle(windows, random);
    return windows;
  }

  /** A host, its harvests, and what else happens. */
  private static final class Story {
    private final LakeInProcess lake;
    private final Random random;
    private final HarvestHost host = new HarvestHost();
    private int runs;

    Story(LakeInProcess lake, Random random) {
      this.lake = lake;
      this.random = random;
    }

    void step() {
      for (int i = random.nextInt(4); i >= 0; i--) {
        host.change(random);
      }
      int from = random.nextInt(HarvestHost.HOURS);
      int to = from + 1 + random.nextInt(HarvestHost.HOURS - from);
      switch (random.nextInt(8)) {
        case 0 -> lake.merge(MergePlan.Closed.DAYS, LATER);
        case 1 -> inTwoCommits(from, to);
        case 2 -> beside(from, to);
        case 3 -> killed(from, to);
        case 4 -> harvest(from, to, true);
        case 5 -> harvest(0, HarvestHost.HOURS, false);
        default -> harvest(from, to, false);
      }
    }

    private String newRun() {
      return String.format("run-%04d", ++runs);
    }

    private void harvest(int from, int to, boolean replace) {
      commit(newRun(), 1, 1, true, from, to, replace);
    }

    private boolean commit(
        String run, int number, int commits, boolean isLast, int from, int to, boolean replace) {
      RestCommit.Request request =
          HarvestHost.request(run, number, commits, isLast, from, to, replace);
      List<Landed> landed = host.land(lake, run, from, to, random);
      RestCommit.Outcome outcome =
          RestCommit.replace(lake.catalog(), request, landed, HarvestHost.CLOCK);
      assertEquals(host.replace(request, from, to), outcome.result().leftOut().isEmpty());
      // an answer that did not come: the same commit again
      RestCommit.replace(lake.catalog(), request, landed, HarvestHost.CLOCK);
      return outcome.isCommitted();
    }

    private void inTwoCommits(int from, int to) {
      int middle = (from + to) / 2;
      if (middle == from) {
        harvest(from, to, false);
        return;
      }
      String run = newRun();
      boolean isCommitted = commit(run, 1, 1, false, from, middle, false);
      commit(run, 2, isCommitted ? 2 : 1, true, middle, to, false);
    }

    /** A younger harvest, or upkeep, commits between the decision and the request. */
    private void beside(int from, int to) {
      String older = newRun();
      RestCommit.Request request = HarvestHost.request(older, 1, 1, true, from, to, false);
      List<Landed> landed = host.land(lake, older, from, to, random);
      boolean[] isIn = {false};
      lake.beforeNextCommit(
          () -> {
            isIn[0] = true;
            if (random.nextBoolean()) {
              harvest(Math.max(0, from - 2), Math.max(from + 1, to - 1), true);
            } else {
              lake.merge(MergePlan.Closed.DAYS, LATER);
            }
          });
      RestCommit.Outcome outcome =
          RestCommit.replace(lake.catalog(), request, landed, HarvestHost.CLOCK);
      lake.beforeNextCommit(null);
      assertEquals(host.replace(request, from, to), outcome.result().leftOut().isEmpty());
    }

    /** Killed before the commit is sent, so that only files are there that nobody names. */
    private void killed(int from, int to) {
      String run = newRun();
      RestCommit.Request request = HarvestHost.request(run, 1, 1, true, from, to, true);
      List<Landed> landed = host.land(lake, run, from, to, random);
      lake.beforeNextCommit(
          () -> {
            throw new IllegalStateException("killed");
          });
      assertThrows(
          IllegalStateException.class,
          () -> RestCommit.replace(lake.catalog(), request, landed, HarvestHost.CLOCK));
    }
  }
}
