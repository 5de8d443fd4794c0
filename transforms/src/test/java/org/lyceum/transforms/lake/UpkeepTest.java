package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.transforms.land.LakeInProcess;

class UpkeepTest {
  private static final String EVENTS = TopicBatches.CONTRACT.table();
  private static final Upkeep.Ages AGES = new Upkeep.Ages(Duration.ofDays(5), Duration.ofDays(1));

  /** Snapshots and files are as old as the machine's clock says; upkeep comes ten days later. */
  private final Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(10)), ZoneOffset.UTC);

  private LakeInProcess lake;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void open() {
    lake = new LakeInProcess();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void manySmallFilesBecomeOneAndOneOfHiddenRows() throws Exception {
    ingest(12, new TopicModel.Message(3, 0, false), new TopicModel.Message(4, 1, false));
    Set<String> shown = lake.column(EVENTS, "delivery", "position");

    assertTrue(upkeep(), said::toString);

    List<FileScanTask> files = files();
    assertEquals(2, files.size(), "files");
    assertEquals(1, files.stream().filter(file -> file.deletes().isEmpty()).count(), "unmasked");
    assertEquals(24, files.stream().mapToLong(file -> file.file().recordCount()).sum());
    assertEquals(shown, lake.column(EVENTS, "delivery", "position"));
    assertEquals(
        1,
        SnapshotUtil.ancestorIds(
                lake.table(EVENTS).currentSnapshot(), id -> lake.table(EVENTS).snapshot(id))
            .size());
    assertTrue(
        said.stream()
            .anyMatch(line -> line.contains("events.openstax_event: 22 copies are hidden")),
        said::toString);
    said.clear();
    assertTrue(upkeep(), said::toString);
    assertEquals(2, files().size(), "a second upkeep finds nothing to do");
  }

  @Test
  void copiesTooFarApartAreHiddenAndCounted() throws Exception {
    ingest(1, new TopicModel.Message(3, 0, false));
    ingest(1, new TopicModel.Message(3, TopicBatches.FAR, false));
    assertEquals(2, lake.column(EVENTS, "delivery", "position").size(), "both show until upkeep");

    assertTrue(upkeep(), said::toString);

    assertEquals(1, lake.column(EVENTS, "delivery", "position").size());
    assertEquals(
        Set.of("kafka/clicks/2026-02-28 true"), lake.column("ops.duplicate", "delivery", "is_far"));
    assertTrue(
        said.contains(
            "check ok      events.openstax_event: 1 events showed twice and no longer do, 0 of the"
                + " copies nearer than 7 days"),
        said::toString);
  }

  @Test
  void rowsThatNoAccountHasAreReported() throws Exception {
    ingest(1, new TopicModel.Message(3, 0, false));
    Table table = lake.table(EVENTS);
    DataFile file = files().get(0).file();
    table.newDelete().deleteFile(file).commit();

    assertFalse(upkeep());

    assertTrue(
        said.contains(
            "check FAILED  accounts: 1 rows written less taken, 0 in data files; they differ in"
                + " openstax_event school kafka/clicks/2026-02-28"),
        said::toString);
  }

  @Test
  void onlyOldFilesThatNothingRefersToAreRemoved() throws Exception {
    ingest(3, new TopicModel.Message(3, 0, false));
    Table table = lake.table(EVENTS);
    Path data = Path.of(RemoveOrphans.path(table.location())).resolve("data");
    Path old = Files.writeString(data.resolve("old.parquet"), "left by a kill");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Path young = Files.writeString(data.resolve("young.parquet"), "of a commit under way");

    int removed =
        RemoveOrphans.of(
            lake.catalog(),
            TopicBatches.CONTRACT.identifier(),
            Instant.now().minus(Duration.ofDays(1)));

    assertEquals(1, removed);
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young));
    assertEquals(
        1,
        RemoveOrphans.of(
            lake.catalog(),
            TopicBatches.CONTRACT.identifier(),
            Instant.now().plus(Duration.ofDays(1))),
        "of all files only the young one is an orphan");
    assertEquals(1, lake.column(EVENTS, "delivery", "position").size(), "all rows can be read");
  }

  @Test
  void aStreamKeepsItsNewestSnapshotsAndThoseOfOthers() throws Exception {
    ingest(12, new TopicModel.Message(3, 0, false), new TopicModel.Message(4, 1, false));

    int expired = ExpireSnapshots.ofRun(lake.table(EVENTS), "stream-1", 4);

    assertEquals(8, expired);
    long left = 0;
    for (var unused : lake.table(EVENTS).snapshots()) {
      left++;
    }
    assertEquals(4, left);
    assertEquals(2, lake.column(EVENTS, "delivery", "position").size(), "masks are still there");
    assertEquals(0, ExpireSnapshots.ofRun(lake.table(EVENTS), "stream-1", 4));
    ExpireSnapshots.ofRun(lake.table(EVENTS), "stream", 0);
    assertEquals(0, ExpireSnapshots.ofRun(lake.table(EVENTS), "stream", 0), "another's");
  }

  @Test
  void aStreamMergesItsFilesOnceAnHourIsOver() throws Exception {
    HandClock clock = new HandClock(Instant.parse("2026-03-01T22:30:00Z"));
    ingest(12, new TopicModel.Message(3, 0, true), new TopicModel.Message(4, 1, true));
    Set<String> shown = lake.column(EVENTS, "delivery", "position");
    try (StreamUpkeep upkeep = StreamUpkeep.betweenCommits(lake.catalog(), "stream-1", clock)) {
      clock.now = Instant.parse("2026-03-01T22:59:50Z");
      upkeep.afterCommit(12);
      assertEquals(12, files().size(), "the hour is not over");

      clock.now = Instant.parse("2026-03-01T23:00:00Z");
      upkeep.afterCommit(13);
      assertEquals(2, files().size(), "what shows and what is hidden of the hour");
      assertEquals(shown, lake.column(EVENTS, "delivery", "position"));

      ingest(2, new TopicModel.Message(5, 0, true));
      upkeep.afterCommit(14);
      assertEquals(4, files().size(), "once an hour");
    }
  }

  /** A clock that is set by hand. */
  private static final class HandClock extends Clock {
    private Instant now;

    HandClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("UTC only");
    }
  }

  private boolean upkeep() throws Exception {
    return Upkeep.run(lake.catalog(), TopicBatches.run("upkeep"), AGES, later, said::add);
  }

  private List<FileScanTask> files() throws Exception {
    List<FileScanTask> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = lake.table(EVENTS).newScan().planFiles()) {
      tasks.forEach(files::add);
    }
    return files;
  }

  private long offset;
  private int runs;

  /** Commits the same messages so many times, a commit and a file each. */
  private void ingest(int times, TopicModel.Message... messages) {
    TopicBatches batches = new TopicBatches(lake);
    RunInfo run = TopicBatches.run("stream-" + ++runs);
    for (int i = 0; i < times; i++) {
      Map<Long, TopicModel.Message> some = new TreeMap<>();
      long first = offset;
      for (TopicModel.Message message : messages) {
        some.put(offset++, message);
      }
      OffsetsCommit.append(
          lake.catalog(),
          TopicBatches.request(run, i + 1L, i + 1L, i == 0, 1),
          List.of(batches.of(some, run.runId(), 0, first, offset)),
          TopicBatches.CLOCK);
    }
  }
}
