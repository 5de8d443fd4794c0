package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.lake.TopicModel.Message;
import org.lyceum.transforms.land.LakeInProcess;

/**
 * Laws 1, 2 and 4 for topics, against a brute-force model: batches come in chains, too early, again
 * and cut otherwise; ranges are read again, whole or with losses; upkeep merges files before,
 * between and beside. After every step the rows that show, hidden copies and conflicts, failed
 * records and accounts are what the model says.
 */
class OffsetsLawsTest {
  /** Yesterday's deliveries are closed, and hours of today's. */
  private static final Instant NOW = Instant.parse("2026-03-01T22:30:00Z");

  private static final int PARTITIONS = 2;

  @Property(tries = 2, seed = "20261121", shrinking = ShrinkingMode.OFF)
  void theLakeIsWhatTheModelSays(@ForAll Random random) throws Exception {
    try (LakeInProcess lake = new LakeInProcess()) {
      Story story = new Story(lake, random);
      for (int step = 0; step < 14; step++) {
        story.step();
        story.model.check(lake);
      }
      for (CheckLake.Line line : CheckLake.check(lake.catalog())) {
        assertTrue(line.isKept(), line.text());
      }
    }
  }

  /** One topic, its stream, and what else happens. */
  private static final class Story {
    private final LakeInProcess lake;
    private final Random random;
    private final TopicModel model = new TopicModel();
    private final TopicBatches batches;
    private final RunInfo stream = TopicBatches.run("stream");
    private long number;
    private long commits;
    private int runs;

    Story(LakeInProcess lake, Random random) {
      this.lake = lake;
      this.random = random;
      this.batches = new TopicBatches(lake);
    }

    void step() throws Exception {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> append(() -> {});
        case 4 -> append(() -> lake.merge(closed(), NOW));
        case 5 -> straddle();
        case 6 -> reread(() -> {});
        case 7 -> reread(() -> lake.merge(closed(), NOW));
        case 8 -> lake.merge(closed(), NOW);
        default -> mergeBesideAppend();
      }
    }

    private MergePlan.Closed closed() {
      return random.nextBoolean() ? MergePlan.Closed.DAYS : MergePlan.Closed.HOURS;
    }

    private void mergeBesideAppend() throws Exception {
      boolean[] isAppended = {false};
      Runnable append =
          () -> {
            isAppended[0] = true;
            append(() -> {});
          };
      lake.beforeNextCommit(append);
      lake.merge(closed(), NOW);
      lake.beforeNextCommit(null);
      if (!isAppended[0]) {
        append.run();
      }
    }

    /** Batches of both partitions in any order, some known, some with a hole before them. */
    private void append(Runnable beside) {
      List<OffsetBatch> some = new ArrayList<>();
      Set<String> waiting = new TreeSet<>();
      boolean isChain = false;
      for (int partition = 0; partition < PARTITIONS; partition++) {
        long end = model.end(partition);
        model.produce(partition, end + 30, random);
        for (long at = Math.max(0, end - random.nextInt(6)), to; at < end; at = to) {
          to = at + 1 + random.nextInt((int) (end - at));
          some.add(batches.of(model.topic(partition, at, to), "again", partition, at, to));
        }
        long at = end;
        for (int i = random.nextInt(4); i > 0; i--) {
          long to = at + 1 + random.nextInt(5);
          some.add(batches.of(model.topic(partition, at, to), stream.runId(), partition, at, to));
          model.take(partition, at, to);
          isChain = true;
          at = to;
        }
        if (random.nextInt(3) == 0) {
          OffsetBatch early =
              batches.of(
                  model.topic(partition, at + 2, at + 4), "early", partition, at + 2, at + 4);
          some.add(early);
          waiting.add(early.toString());
        }
      }
      Collections.shuffle(some, random);
      number++;
      OffsetsCommit.Request request =
          TopicBatches.request(stream, number, commits + 1, commits == 0, PARTITIONS);
      lake.beforeNextCommit(beside);
      OffsetsCommit.Outcome outcome =
          OffsetsCommit.append(lake.catalog(), request, some, TopicBatches.CLOCK);
      lake.beforeNextCommit(null);
      commits += isChain ? 1 : 0;
      Set<String> waits = new TreeSet<>();
      outcome.waiting().forEach(batch -> waits.add(batch.toString()));
      assertEquals(waiting, waits, "what waits for its predecessor");
    }

    private void straddle() {
      long end = model.end(0);
      if (end == 0) {
        return;
      }
      model.produce(0, end + 30, random);
      long from = end - 1;
      OffsetBatch batch = batches.of(model.topic(0, from, end + 2), "straddle", 0, from, end + 2);
      OffsetsCommit.Request request =
          TopicBatches.request(stream, ++number, commits + 1, commits == 0, PARTITIONS);
      Refusal refusal =
          assertThrows(
              Refusal.class,
              () ->
                  OffsetsCommit.append(
                      lake.catalog(), request, List.of(batch), TopicBatches.CLOCK));
      assertTrue(refusal.getMessage().contains("begins below " + end), refusal.getMessage());
    }

    /** A range is read again: other parsers, another cut, some messages gone from the broker. */
    private void reread(Runnable beside) {
      RunInfo run = TopicBatches.run("reread-" + ++runs);
      boolean isReplace = random.nextInt(3) == 0;
      boolean isLossy = random.nextInt(2) == 0;
      Map<StateBook.Key, Offsets> ranges = new TreeMap<>();
      List<OffsetBatch> some = new ArrayList<>();
      Map<Integer, Map<Long, Message>> news = new TreeMap<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        long end = model.end(partition);
        if (end == 0) {
          continue;
        }
        long from = random.nextInt((int) end);
        long to = from + 1 + random.nextInt((int) (end - from));
        Map<Long, Message> now = model.reparsed(partition, from, to, isLossy, random);
        news.put(partition, now);
        ranges.put(TopicBatches.key(partition), new Offsets(from, to));
        for (long at = from, next; at < to; at = next) {
          next = at + 1 + random.nextInt((int) (to - at));
          some.add(batches.of(TopicModel.slice(now, at, next), run.runId(), partition, at, next));
        }
      }
      if (ranges.isEmpty()) {
        return;
      }
      Set<String> refused = new HashSet<>();
      List<CommitRequest.LeftOut> leftOut = new ArrayList<>();
      if (random.nextInt(4) == 0) {
        refused.add(TopicModel.delivery(random.nextBoolean()));
        leftOut.add(TopicBatches.leftOut(refused.iterator().next()));
      }
      if (!isReplace) {
        refused.addAll(model.losing(ranges, news));
      }
      model.replace(ranges, news, refused);
      lake.beforeNextCommit(beside);
      OffsetsCommit.replace(
          lake.catalog(),
          TopicBatches.request(run, 1, 1, true, PARTITIONS),
          some,
          new OffsetsCommit.Rereading(
              ranges, List.of(TopicBatches.CONTRACT.table()), leftOut, isReplace),
          TopicBatches.CLOCK);
      lake.beforeNextCommit(null);
    }
  }
}
