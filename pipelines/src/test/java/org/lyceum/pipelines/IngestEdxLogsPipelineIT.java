package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.testdata.EdxLogGenerator;
import org.lyceum.testdata.EdxLogOptions;
import org.lyceum.testdata.EdxLogTruth;
import org.lyceum.transforms.land.LogPlan;

/**
 * The main job through the real catalog and Trino: equal to the truth, however often, on which
 * runner, and whoever dies.
 */
class IngestEdxLogsPipelineIT {
  private static final LogPlan.Limits SMALL = new LogPlan.Limits(100_000, 2, 40_000, 2);

  @TempDir Path folder;
  private School school;

  @BeforeEach
  void emptyLake() throws Exception {
    school = new School();
  }

  @AfterEach
  void close() throws Exception {
    school.close();
  }

  private static String event(int number) {
    return String.format(
        "{\"username\":\"ada\",\"event_source\":\"browser\",\"event_type\":\"page_close\",\"event\":\"{}\","
            + "\"time\":\"2026-03-01T10:%02d:%02d.000000+00:00\",\"context\":{\"user_id\":7}}%n",
        number / 60, number % 60);
  }

  private static String events(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(event(i));
    }
    return text.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void theLakeEqualsTheGeneratorsTruthHoweverOftenAndOnWhicheverRunner() throws Exception {
    Path logs = folder.resolve("logs");
    EdxLogTruth truth =
        EdxLogGenerator.generate(
            EdxLogOptions.asCollected(1500).withSeed(11).withFiles(3, 1), logs);
    Path glob = logs.resolve("tracking-*");

    assertEquals(Exit.DONE, school.ingest("direct", glob).exit());
    assertEquals(
        Long.toString(truth.events()), school.one("select count(*) from events.edx_tracking_log"));
    assertEquals(
        Long.toString(truth.hiddenCopies()), school.one("select count(*) from ops.duplicate"));
    assertEquals(
        new TreeMap<>(truth.failed()),
        school.counts("select code, count(*) from ops.failed_record group by code"));
    assertEquals(
        new TreeMap<>(truth.eventsByName()),
        school.counts(
            "select coalesce(event_name, ''), count(*) from events.edx_tracking_log group by 1"));
    String hash = school.tableHash();

    Map<String, Long> heads = school.heads();
    assertEquals(Exit.DONE, school.ingest("direct", glob).exit());
    assertEquals(heads, school.heads(), "what is unchanged is not committed again");

    school.ingest("direct", glob, "--force=1");
    assertEquals(hash, school.tableHash(), "forced again");
    assertNotEquals(heads, school.heads());

    school.ingest("flink", glob, "--force=1");
    assertEquals(hash, school.tableHash(), "on Flink");
  }

  @Test
  void manySmallCommitsGiveTheSameTableAsOne() throws Exception {
    Path logs = folder.resolve("logs");
    EdxLogGenerator.generate(EdxLogOptions.asCollected(600).withSeed(3).withFiles(5, 0), logs);
    Path glob = logs.resolve("tracking-*");
    School.ingest(school.lake(), SMALL, "direct", glob);
    String hash = school.tableHash();
    assertTrue(
        Integer.parseInt(school.one("select max(commits) from ops.run")) > 2, "several commits");
    assertEquals("done", school.one("select status from ops.run"));
    school.ingest("direct", glob, "--force=1");
    assertEquals(hash, school.tableHash());
  }

  @Test
  void aDamagedFileIsLeftOutAndTheOthersGoIn() throws Exception {
    byte[] whole = gzip(events(0, 20));
    byte[] damaged = whole.clone();
    damaged[damaged.length - 6] ^= 0x55;
    Files.write(folder.resolve("a.log.gz"), damaged);
    Files.writeString(folder.resolve("b.log"), events(0, 20) + events(30, 33));
    Exit.Outcome outcome = school.ingest("direct", folder);
    assertEquals(Exit.LEFT_OUT, outcome.exit());
    assertTrue(
        outcome.sentence().contains("a.log.gz: the gzip file is damaged"), outcome.sentence());
    assertEquals("23", school.one("select count(*) from events.edx_tracking_log"));
    assertEquals("corrupt_file", school.one("select code from ops.failed_record"));
    assertEquals("left_out", school.one("select status from ops.run"));

    Files.write(folder.resolve("a.log.gz"), whole);
    assertEquals(Exit.DONE, school.ingest("direct", folder).exit());
    assertEquals(
        "23 20 0",
        school.one(
            "select cast((select count(*) from events.edx_tracking_log) as varchar) || ' ' ||"
                + " cast((select count(*) from ops.duplicate) as varchar) || ' ' ||"
                + " cast((select count(*) from ops.failed_record) as varchar)"));
  }

  @Test
  void wrongInputIsOneSentenceAndChangesNothing() throws Exception {
    Map<String, Long> heads = school.heads();
    Refusal missing =
        assertThrows(Refusal.class, () -> school.ingest("direct", folder.resolve("nowhere.log")));
    assertEquals(Exit.WRONG_USE, missing.exit());
    assertTrue(missing.getMessage().endsWith("no such file or folder"), missing.getMessage());
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Refusal nothing = assertThrows(Refusal.class, () -> school.ingest("direct", empty));
    assertTrue(nothing.getMessage().endsWith("the folder holds no file"), nothing.getMessage());
    Lake away = new Lake(Map.of("uri", "http://127.0.0.1:1"));
    Files.writeString(folder.resolve("a.log"), event(1));
    Refusal down =
        assertThrows(
            Refusal.class,
            () -> School.ingest(away, LogPlan.Limits.DEFAULT, "direct", folder.resolve("a.log")));
    assertEquals(
        "the catalog at http://127.0.0.1:1 does not answer: start it with `make up`",
        down.getMessage());
    assertEquals(heads, school.heads());
  }

  @Test
  void anUnclearAnswerIsFoundOutAndTheCommitIsNotMadeTwice() throws Exception {
    Files.writeString(folder.resolve("a.log"), events(0, 10));
    CatalogInBetween.AtCommit unclear =
        new CatalogInBetween.AtCommit() {
          @Override
          public boolean after() {
            return true;
          }
        };
    try (CatalogInBetween between = new CatalogInBetween(school.engines().catalogUri(), unclear)) {
      Lake lake = new Lake(Map.of("uri", "http://127.0.0.1:" + between.port()));
      assertEquals(
          Exit.DONE,
          School.ingest(lake, LogPlan.Limits.DEFAULT, "direct", folder.resolve("a.log")).exit());
      assertEquals(1, between.commits());
    }
    assertEquals("10", school.one("select count(*) from events.edx_tracking_log"));
    assertEquals("1", school.one("select count(*) from ops.run"));
  }

  @Test
  void aCommitThatAnotherOneCameBeforeDecidesAgain() throws Exception {
    Path mine = Files.writeString(folder.resolve("mine.log"), events(0, 10));
    Path theirs = Files.writeString(folder.resolve("theirs.log"), events(5, 15));
    CatalogInBetween.AtCommit another =
        new CatalogInBetween.AtCommit() {
          @Override
          public void before() {
            try {
              school.ingest("direct", theirs);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        };
    try (CatalogInBetween between = new CatalogInBetween(school.engines().catalogUri(), another)) {
      Lake lake = new Lake(Map.of("uri", "http://127.0.0.1:" + between.port()));
      School.ingest(lake, LogPlan.Limits.DEFAULT, "direct", mine);
      assertEquals(2, between.commits(), "refused once");
    }
    assertEquals(
        "15 15 5",
        school.one(
            "select cast(count(*) as varchar) || ' ' || cast(count(distinct event_id) as varchar) || ' ' ||"
                + " cast((select count(*) from ops.duplicate) as varchar) from events.edx_tracking_log"));
  }

  @Test
  void killedBeforeDuringAndAfterTheCommitTheLakeIsAsBeforeOrAsAfter() throws Exception {
    Files.writeString(folder.resolve("a.log"), events(0, 10));
    school.ingest("direct", folder);
    Files.writeString(folder.resolve("b.log"), events(5, 25));
    Victim victim = new Victim();
    killed(victim.beforeItsCommit(), victim);
    // the request was passed on although its sender is dead: the catalog may make it, and then it
    // is whole
    String shown = school.one("select count(*) from events.edx_tracking_log");
    assertTrue(List.of("10", "25").contains(shown), shown);

    Files.writeString(folder.resolve("c.log"), events(20, 40));
    killed(victim.afterItsCommit(), victim);
    assertEquals("40", school.one("select count(*) from events.edx_tracking_log"));

    assertEquals(Exit.DONE, school.ingest("direct", folder).exit());
    assertEquals(
        "40 40",
        school.one(
            "select cast(count(*) as varchar) || ' ' || cast(count(distinct event_id) as varchar) from events.edx_tracking_log"));
    String hash = school.tableHash();
    school.ingest("direct", folder, "--force=1");
    assertEquals(hash, school.tableHash());
  }

  private void killed(CatalogInBetween.AtCommit moment, Victim victim) throws Exception {
    try (CatalogInBetween between = new CatalogInBetween(school.engines().catalogUri(), moment)) {
      victim.run(
          IngestEdxLogsPipeline.class,
          Map.of("LYCEUM_INPUT", folder.toString()),
          between,
          "--feed=school");
    }
  }

  @Test
  void fourFeedsAtOnceAllGoIn() throws Exception {
    Files.writeString(folder.resolve("a.log"), events(0, 30));
    try (var pool = new Pool()) {
      List<CompletableFuture<Exit.Outcome>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String feed = "--feed=feed" + i;
        runs.add(
            pool.submit(
                () ->
                    School.ingest(school.lake(), LogPlan.Limits.DEFAULT, "direct", folder, feed)));
      }
      for (var run : runs) {
        assertEquals(Exit.DONE, run.get(3, TimeUnit.MINUTES).exit());
      }
    }
    assertEquals(
        Map.of("feed0", 30L),
        school.counts("select feed, count(*) from events.edx_tracking_log group by feed"));
    assertEquals(
        Map.of("feed1", 30L, "feed2", 30L, "feed3", 30L),
        school.counts("select feed, count(*) from ops.duplicate group by feed"));
  }

  private static final class Pool implements AutoCloseable {
    private final java.util.concurrent.ExecutorService threads = Executors.newFixedThreadPool(4);

    CompletableFuture<Exit.Outcome> submit(java.util.concurrent.Callable<Exit.Outcome> task) {
      CompletableFuture<Exit.Outcome> result = new CompletableFuture<>();
      threads.execute(
          () -> {
            try {
              result.complete(task.call());
            } catch (Exception e) {
              result.completeExceptionally(e);
            }
          });
      return result;
    }

    @Override
    public void close() {
      threads.shutdown();
    }
  }
}
