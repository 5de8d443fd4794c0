package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.junit.jupiter.api.Test;
import org.lyceum.transforms.land.LakeInProcess;

class IdFiltersTest {
  private static final int ROWS = 4_000;

  @Test
  void whatStandsInAFileIsNeverDeniedAndWhatDoesNotSeldomFound() throws Exception {
    try (LakeInProcess lake = new LakeInProcess()) {
      Table table = lake.table(TopicBatches.CONTRACT.table());
      DataFile file = file(table, ROWS);
      int falselyFound = 0;
      for (int i = 0; i < ROWS; i++) {
        assertTrue(mayHold(table, file, hash(i)), "row " + i);
        falselyFound += mayHold(table, file, hash(ROWS + i)) ? 1 : 0;
      }
      assertEquals(0, falselyFound);
      assertTrue(mayHold(table, file, hash(ROWS), hash(7), hash(ROWS + 1)));
    }
  }

  @Test
  void aSmallFileHasNoFilterAndIsAlwaysRead() throws Exception {
    try (LakeInProcess lake = new LakeInProcess()) {
      Table table = lake.table(TopicBatches.CONTRACT.table());
      assertTrue(mayHold(table, file(table, 10), hash(ROWS)));
      assertFalse(mayHold(table, file(table, ROWS), hash(ROWS)));
    }
  }

  /**
   * Rows of a file lie 60 minutes apart, from event 0 on; a copy lies within a day of its event.
   */
  @Test
  void aFileIsAskedForIdsThatAreNearInTimeOnly() throws Exception {
    try (LakeInProcess lake = new LakeInProcess()) {
      Table table = lake.table(TopicBatches.CONTRACT.table());
      EventFile file = EventFile.added(table, file(table, 10));
      long day = TimeUnit.DAYS.toMicros(1);
      assertFalse(asked(table, day, file.first() - 2 * day, file.last() + 2 * day).mayBeIn(file));
      assertTrue(asked(table, day, file.first() - 2 * day, file.last() + day).mayBeIn(file));
      assertTrue(asked(table, day, file.first() - day).mayBeIn(file));
      assertTrue(asked(table, 0, file.last()).mayBeIn(file));
      assertFalse(asked(table, 0).mayBeIn(file));
    }
  }

  /** Far ids hide what the filter would find: only near ones are looked up in it. */
  @Test
  void aFilterIsAskedForNearIdsOnly() throws Exception {
    try (LakeInProcess lake = new LakeInProcess()) {
      Table table = lake.table(TopicBatches.CONTRACT.table());
      EventFile file = EventFile.added(table, file(table, ROWS));
      long far = file.last() + TimeUnit.DAYS.toMicros(9);
      AskedIds asked = new AskedIds(table, 0, 2);
      add(asked, 7, far);
      add(asked, ROWS, file.first());
      asked.sort();
      assertFalse(asked.mayBeIn(file));
      add(asked, 7, file.first());
      asked.sort();
      assertTrue(asked.mayBeIn(file));
    }
  }

  /** Ids that the file does not hold, at these times. */
  private static AskedIds asked(Table table, long apart, long... times) {
    AskedIds asked = new AskedIds(table, apart, 1);
    for (int i = 0; i < times.length; i++) {
      add(asked, ROWS + i, times[i]);
    }
    asked.sort();
    return asked;
  }

  private static void add(AskedIds asked, int event, long time) {
    UUID id = TopicBatches.id(event);
    asked.add(id.getMostSignificantBits(), id.getLeastSignificantBits(), time);
  }

  /** The merged file has a filter; that it is asked changes no result. */
  @Test
  void aCopyOfARowInAMergedFileIsHidden() throws Exception {
    try (LakeInProcess lake = new LakeInProcess()) {
      Map<Long, TopicModel.Message> many = new TreeMap<>();
      for (int event = 1; event <= ROWS; event++) {
        many.put((long) event, new TopicModel.Message(event, 0, false));
      }
      append(lake, 1, many, 0, ROWS + 1);
      append(
          lake,
          2,
          Map.of(ROWS + 1L, new TopicModel.Message(ROWS + 1, 0, false)),
          ROWS + 1,
          ROWS + 2);
      new MergeFiles(
              lake.catalog(),
              Clock.offset(TopicBatches.CLOCK, Duration.ofDays(2)),
              MergeFiles.Limits.STANDARD)
          .merge(TopicBatches.CONTRACT, MergePlan.Closed.DAYS);
      append(lake, 3, Map.of(ROWS + 2L, new TopicModel.Message(7, 0, false)), ROWS + 2, ROWS + 3);
      append(
          lake,
          4,
          Map.of(ROWS + 3L, new TopicModel.Message(ROWS + 2, 0, false)),
          ROWS + 3,
          ROWS + 4);

      assertEquals(
          Set.of(TopicBatches.id(7) + " " + Offsets.position(0, ROWS + 2L)),
          lake.column("ops.duplicate", "event_id", "position"));
      assertEquals(ROWS + 2, lake.column(TopicBatches.CONTRACT.table(), "event_id").size());
    }
  }

  private static void append(
      LakeInProcess lake, int run, Map<Long, TopicModel.Message> messages, long from, long to) {
    RunInfo info = TopicBatches.run("run-" + run);
    OffsetsCommit.append(
        lake.catalog(),
        TopicBatches.request(info, 1, 1, true, 1),
        List.of(new TopicBatches(lake).of(messages, info.runId(), 0, from, to)),
        TopicBatches.CLOCK);
  }

  private static boolean mayHold(Table table, DataFile file, long... hashes) throws Exception {
    return IdFilters.mayHold(table, file, hashes, 0, hashes.length);
  }

  private static long hash(int event) {
    UUID id = TopicBatches.id(event);
    return IdFilters.hash(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  private static DataFile file(Table table, int rows) throws Exception {
    DataWriter<StructLike> writer =
        RowFiles.open(table, table.schema(), LakeInProcess.FEED, "filtered", rows);
    try (writer) {
      for (int event = 0; event < rows; event++) {
        writer.write(
            TopicBatches.event(
                new TopicModel.Message(event, 0, false),
                "kafka/clicks/2026-02-28",
                "0:" + event,
                "run"));
      }
    }
    return writer.toDataFile();
  }
}
