package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.stack.TestS3;
import org.lyceum.testdata.OpenStaxGenerator;
import org.lyceum.testdata.OpenStaxOptions;
import org.lyceum.testdata.OpenStaxTruth;

/** Stored days, in a folder and on a real S3 API, through the real catalog and Trino. */
class IngestOpenStaxPipelineIT {
  private static final String TABLE = "events.openstax_event";
  private static final Path VIEWS = Path.of("..", "sql", "views", "openstax");

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

  private Exit.Outcome ingest(String... more) throws IOException {
    return school.ingestOpenStax("direct", folder.toString(), Map.of(), more);
  }

  /** As a researcher asks: the view's query over what is in the lake. */
  private long inView(String view) throws IOException, SQLException {
    String query = Files.readString(VIEWS.resolve(view).resolve("query.sql"));
    return Long.parseLong(school.one("select count(*) from (" + query + ")"));
  }

  private void assertTruth(OpenStaxTruth truth) throws Exception {
    assertEquals(Long.toString(truth.events()), school.one("select count(*) from " + TABLE));
    assertEquals(
        Map.of("true", truth.conflicts(), "false", truth.hiddenCopies() - truth.conflicts()),
        school.counts("select is_conflict, count(*) from ops.duplicate group by 1"));
    Map<String, Long> failed = new TreeMap<>(truth.failed());
    failed.put("corrupt_file", truth.brokenFiles());
    assertEquals(
        failed, school.counts("select code, count(*) from ops.failed_record group by code"));
    for (Map.Entry<String, Long> type : truth.eventsByType().entrySet()) {
      assertEquals(type.getValue(), inView(type.getKey()), type.getKey());
    }
    assertEquals(truth.events(), inView("event"));
  }

  @Test
  void theLakeEqualsTheGeneratorsTruthHoweverOftenAndOnWhicheverRunner() throws Exception {
    OpenStaxTruth truth = OpenStaxGenerator.generate(OpenStaxOptions.dirty(4, 60), folder);
    assertTrue(truth.brokenFiles() > 0 && truth.conflicts() > 0, "all kinds of dirt are there");
    Exit.Outcome first = ingest();
    assertEquals(Exit.DONE, first.exit(), first.sentence());
    assertTruth(truth);
    String hash = school.tableHash(TABLE);
    Map<String, Long> heads = school.heads();

    assertTrue(ingest().sentence().startsWith("nothing new: "));
    assertEquals(heads, school.heads(), "what is unchanged is not committed again");
    ingest("--force=1");
    assertEquals(hash, school.tableHash(TABLE), "forced again");
    assertNotEquals(heads, school.heads());
    school.ingestOpenStax("flink", folder.toString(), Map.of(), "--force=1");
    assertEquals(hash, school.tableHash(TABLE), "on Flink");
    assertTruth(truth);
  }

  @Test
  void killedBeforeAndAfterItsCommitTheNextRunCompletesTheTruth() throws Exception {
    OpenStaxTruth truth = OpenStaxGenerator.generate(OpenStaxOptions.dirty(4, 60), folder);
    Victim victim = new Victim();
    killed(victim, victim.beforeItsCommit(), "--from=2026-03-01", "--to=2026-03-01");
    killed(victim, victim.afterItsCommit());
    assertEquals(Exit.DONE, ingest().exit());
    assertTruth(truth);
  }

  private void killed(Victim victim, CatalogInBetween.AtCommit moment, String... more)
      throws Exception {
    try (CatalogInBetween between = new CatalogInBetween(school.engines().catalogUri(), moment)) {
      List<String> arguments = new ArrayList<>(List.of("--feed=school"));
      arguments.addAll(List.of(more));
      victim.run(
          IngestOpenStaxPipeline.class,
          Map.of("LYCEUM_INPUT", folder.toString()),
          between,
          arguments.toArray(String[]::new));
    }
  }

  @Test
  void onS3ADayIsAnotherDeliveryAndTheSameTable() throws Exception {
    TestS3 s3 = TestS3.shared();
    Path bucket = s3.createBucket("ingest-openstax");
    OpenStaxTruth truth =
        OpenStaxGenerator.generate(OpenStaxOptions.dirty(4, 60), bucket.resolve("rjr"));
    Map<String, String> settings =
        Map.of("AWS_ENDPOINT_URL", s3.endpoint().toString(), "AWS_REGION", s3.region());
    System.setProperty("aws.accessKeyId", s3.accessKeyId());
    System.setProperty("aws.secretAccessKey", s3.secretAccessKey());
    try {
      String input = "s3://ingest-openstax/rjr";
      Exit.Outcome one =
          school.ingestOpenStax("direct", input, settings, "--from=2026-03-02", "--to=2026-03-02");
      assertEquals(Exit.DONE, one.exit(), one.sentence());
      assertEquals(
          truth.days().get(1).parsed(),
          Long.parseLong(school.one("select sum(parsed) from ops.delivery")));
      school.ingestOpenStax("direct", input, settings);
      assertTruth(truth);
      assertEquals(
          "s3/ingest-openstax/rjr/nudged/2026-03-01",
          school.one("select min(delivery) from " + TABLE + " where event_type = 'nudged'"));
      String hash = school.tableHash(TABLE);
      Map<String, Long> heads = school.heads();
      school.ingestOpenStax("direct", input, settings);
      assertEquals(heads, school.heads(), "what is unchanged is not committed again");

      Path copy = bucket.resolve("rjr");
      assertEquals(Exit.DONE, school.ingestOpenStax("direct", copy.toString(), Map.of()).exit());
      assertEquals(hash, school.tableHash(TABLE), "a local copy only adds hidden copies");
      assertEquals(
          Long.toString(truth.parsed() + truth.hiddenCopies()),
          school.one("select count(*) from ops.duplicate"));
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void aFileThatWasReadOnceLeavesItsDayOutWhenItIsDamaged() throws Exception {
    OpenStaxTruth truth = OpenStaxGenerator.generate(OpenStaxOptions.clean(2, 20), folder);
    ingest();
    String hash = school.tableHash(TABLE);
    Path day;
    try (Stream<Path> files = Files.walk(folder.resolve("nudged"))) {
      day = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(day);
    Files.writeString(day, "<html>503 Slow Down</html>", StandardCharsets.UTF_8);
    Exit.Outcome damaged = ingest();
    assertEquals(Exit.LEFT_OUT, damaged.exit());
    assertTrue(damaged.sentence().contains("/nudged/2026-03-01"), damaged.sentence());
    assertEquals(hash, school.tableHash(TABLE), "nothing goes");
    assertEquals(
        "left-out" + "/" + folder.toAbsolutePath() + "/nudged/2026-03-01",
        school.one("select delivery from ops.failed_record"));

    assertEquals(Exit.DONE, ingest("--replace=1").exit());
    assertEquals(
        Long.toString(truth.events() - truth.options().rowsPerFile()),
        school.one("select count(*) from " + TABLE));
    assertEquals("read", school.one("select stage from ops.failed_record"));
    Files.write(day, whole);
    assertEquals(Exit.DONE, ingest().exit());
    assertEquals(hash, school.tableHash(TABLE));
    assertEquals("0", school.one("select count(*) from ops.failed_record"));
  }

  @Test
  void wrongUseIsOneSentence() {
    for (List<String> wrong :
        List.of(
            List.of("--from=2026-3-1", "FROM=2026-3-1: it is a storage day such as 2026-03-01"),
            List.of("--to=soon", "TO=soon: it is a storage day such as 2026-03-01"))) {
      Refusal refusal = assertThrows(Refusal.class, () -> ingest(wrong.get(0)));
      assertEquals(Exit.WRONG_USE, refusal.exit());
      assertEquals(wrong.get(1), refusal.getMessage());
    }
    Refusal refusal =
        assertThrows(Refusal.class, () -> ingest("--from=2026-03-02", "--to=2026-03-01"));
    assertEquals("TO=2026-03-01 lies before FROM=2026-03-02", refusal.getMessage());
    refusal = assertThrows(Refusal.class, this::ingest);
    assertTrue(refusal.getMessage().contains("no Parquet files"), refusal.getMessage());
  }
}
