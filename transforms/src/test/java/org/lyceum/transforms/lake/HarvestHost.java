package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.land.LakeInProcess;
import org.lyceum.transforms.land.LandHarvest;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.Verdict;

/** What a host says of its actions, and what the lake must hold of it, the slow way. */
final class HarvestHost {
  static final Contract CONTRACT = Contracts.of("events.opencast_useraction");
  static final Instant START = Instant.parse("2026-02-28T14:00:00Z");
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T22:30:00Z"), ZoneOffset.UTC);
  static final StateBook.Key KEY =
      new StateBook.Key(CONTRACT.source(), LakeInProcess.FEED, "actions");

  /** All actions are less than a day apart, and of two days. */
  static final int HOURS = 20;

  private static final String PREFIX = "actions/";

  /**
   * An action.
   *
   * @param hour when it was created
   * @param isBroken whether it cannot become a row
   */
  record Action(int id, int hour, int variant, boolean isBroken) {
    String delivery() {
      return PREFIX + Offsets.day(Window.micros(at(hour)));
    }

    String position() {
      return String.format("%019d", id);
    }

    String place() {
      return delivery() + " " + position();
    }
  }

  /** A copy that lies in the lake. */
  private record Copy(Action action, String runId, int commit) {
    static final Comparator<Copy> LATEST_FIRST =
        Comparator.comparing(Copy::runId).thenComparing(Copy::commit).reversed();
  }

  private final Map<Integer, Action> actions = new TreeMap<>();
  private final List<Copy> held = new ArrayList<>();
  private final Set<String> refused = new TreeSet<>();
  private final Set<String> passed = new TreeSet<>();
  private Instant watermark;

  static Instant at(int hour) {
    return START.plus(hour, ChronoUnit.HOURS);
  }

  static RestScope scope(int from, int to) {
    return RestScope.window(CONTRACT.source(), PREFIX, at(from), at(to));
  }

  static RestCommit.Request request(
      String runId, int number, int commits, boolean isLast, int from, int to, boolean replace) {
    return new RestCommit.Request(
        new RunInfo(runId, "harvest-opencast", "direct", 0, "test", null),
        number,
        commits,
        isLast,
        LakeInProcess.FEED,
        List.of(CONTRACT.table()),
        scope(from, to),
        List.of(),
        new RestCommit.Watermark(KEY, at(to), true),
        1L,
        replace);
  }

  void say(Action action) {
    actions.put(action.id, action);
  }

  void forget(int id) {
    actions.remove(id);
  }

  /** The host says something else now: late actions, moved ones, others, fewer. */
  void change(Random random) {
    int id = 1 + random.nextInt(12);
    Action action = actions.get(id);
    switch (random.nextInt(6)) {
      case 0, 1, 2 ->
          say(new Action(id, random.nextInt(HOURS), random.nextInt(3), random.nextInt(6) == 0));
      case 3 -> {
        if (action != null) {
          say(new Action(id, random.nextInt(HOURS), action.variant, action.isBroken));
        }
      }
      case 4 -> forget(id);
      default -> {
        int hour = random.nextInt(HOURS);
        actions.values().removeIf(one -> one.hour >= hour && one.hour < hour + 4);
      }
    }
  }

  /** Lands what the host says of a window, its pages shifting: some of it is read twice. */
  List<Landed> land(LakeInProcess lake, String runId, int from, int to, Random random) {
    LandHarvest landing =
        new LandHarvest(lake.catalog(), runId, CONTRACT.source(), LakeInProcess.FEED);
    for (Action action : actions.values()) {
      if (action.hour >= from && action.hour < to) {
        if (random.nextInt(4) == 0) {
          land(landing, new Action(action.id, from, 9, random.nextBoolean()));
        }
        land(landing, action);
      }
    }
    try {
      return landing.land();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void land(LandHarvest landing, Action action) {
    byte[] bytes = action.toString().getBytes(StandardCharsets.UTF_8);
    long at = Window.micros(at(action.hour));
    if (action.isBroken) {
      landing.failed(
          action.delivery(),
          action.position(),
          Verdict.failedAt(at, FailureCode.BAD_VALUE, "The action is broken."),
          bytes);
    } else {
      landing.parsed(action.delivery(), action.position(), CONTRACT, row(action, at), bytes);
    }
  }

  private static Row row(Action action, long at) {
    return new Books.Entry(CONTRACT)
        .set("event_id", TopicBatches.id(action.id))
        .set("occurred_at", at)
        .set("action_id", (long) action.id)
        .set("created", "then")
        .set("action_type", "variant-" + action.variant)
        .row();
  }

  /** The window is committed now; says what has to become of it. */
  boolean replace(RestCommit.Request request, int from, int to) {
    Window window = request.scope().window();
    boolean isEmpty = actions.values().stream().noneMatch(one -> isIn(one, from, to));
    boolean isHeld = held.stream().anyMatch(copy -> isIn(copy.action, from, to));
    String name = PREFIX + window;
    if (isEmpty && isHeld && !request.replace()) {
      if (refused.stream().flatMap(one -> Window.parse(one).stream()).noneMatch(window::meets)) {
        refused.add(name);
        return false;
      }
      settle(window);
      refused.add(name);
      passed.add(name);
    } else {
      settle(window);
      held.removeIf(copy -> isIn(copy.action, from, to));
      actions.values().stream()
          .filter(action -> isIn(action, from, to))
          .forEach(
              action -> held.add(new Copy(action, request.run().runId(), (int) request.number())));
    }
    if (watermark == null || (at(to).isAfter(watermark) && !at(from).isAfter(watermark))) {
      watermark = at(to);
    }
    return true;
  }

  private void settle(Window window) {
    for (Set<String> names : List.of(refused, passed)) {
      names.removeIf(name -> Window.parse(name).stream().allMatch(window::spans));
    }
  }

  private static boolean isIn(Action action, int from, int to) {
    return action.hour >= from && action.hour < to;
  }

  /** Copies of each event, the one that shows first. */
  private Map<Integer, List<Copy>> copies() {
    return held.stream()
        .filter(copy -> !copy.action.isBroken)
        .sorted(Copy.LATEST_FIRST)
        .collect(Collectors.groupingBy(copy -> copy.action.id, TreeMap::new, Collectors.toList()));
  }

  void check(LakeInProcess lake) throws IOException {
    TreeSet<String> shown = new TreeSet<>();
    List<String> hidden = new ArrayList<>();
    copies()
        .values()
        .forEach(
            copies -> {
              Action first = copies.get(0).action;
              shown.add(first.place() + " variant-" + first.variant);
              copies.stream()
                  .skip(1)
                  .forEach(
                      copy ->
                          hidden.add(
                              copy.action.place()
                                  + " "
                                  + copy.runId
                                  + " "
                                  + (copy.action.variant != first.variant)));
            });
    hidden.sort(null);
    assertEquals(
        shown, lake.column(CONTRACT.table(), "delivery", "position", "action_type"), "what shows");
    assertEquals(hidden, hidden(lake), "hidden");
    TreeSet<String> failed = new TreeSet<>();
    held.stream()
        .filter(copy -> copy.action.isBroken)
        .forEach(copy -> failed.add(copy.action.place() + " " + at(copy.action.hour)));
    refused.stream()
        .filter(name -> !passed.contains(name))
        .forEach(name -> failed.add(Ledger.LEFT_OUT + name + "  null"));
    assertEquals(failed, failed(lake), "failed");
    HarvestState state = HarvestState.read(lake.catalog(), CONTRACT.source(), LakeInProcess.FEED);
    assertEquals(watermark, state.watermark("actions").orElse(null), "watermark");
    assertEquals(refused, state.emptyReplies(), "empty replies");
    assertEquals(passed.isEmpty(), state.open().isEmpty(), "open: " + state.open());
  }

  /** The accounts balance, and masks hide what the books list. */
  static void checkBooks(LakeInProcess lake) throws IOException {
    for (CheckLake.Line line : CheckLake.check(lake.catalog())) {
      assertTrue(line.isKept(), line.text());
    }
  }

  private static List<String> hidden(LakeInProcess lake) {
    return lake.read("ops.duplicate").stream()
        .map(
            row ->
                row.getField("delivery")
                    + " "
                    + row.getField("position")
                    + " "
                    + row.getField("run_id")
                    + " "
                    + row.getField("is_conflict"))
        .sorted()
        .toList();
  }

  private static Set<String> failed(LakeInProcess lake) {
    TreeSet<String> failed = new TreeSet<>();
    lake.read("ops.failed_record")
        .forEach(
            row -> {
              Object at = row.getField("occurred_at");
              failed.add(
                  row.getField("delivery")
                      + " "
                      + row.getField("position")
                      + " "
                      + (at == null ? null : ((java.time.OffsetDateTime) at).toInstant()));
            });
    return failed;
  }
}
