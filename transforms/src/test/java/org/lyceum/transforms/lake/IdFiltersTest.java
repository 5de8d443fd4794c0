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
