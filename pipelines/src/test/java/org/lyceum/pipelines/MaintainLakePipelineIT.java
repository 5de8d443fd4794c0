package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.testdata.EdxLogGenerator;
import org.lyceum.testdata.EdxLogOptions;
import org.lyceum.testdata.EdxLogTruth;
import org.lyceum.testdata.OpenStaxGenerator;
import org.lyceum.testdata.OpenStaxOptions;
import org.lyceum.testdata.OpenStaxTruth;

/** Upkeep on the real engines: what lies in the lake changes, what Trino shows does not. */
class MaintainLakePipelineIT {
  private static final String LOGS = "events.edx_tracking_log";
  private static final String DAYS = "events.openstax_event";

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

  @Test
  void tablesLieInFewerFilesShowTheSameAndCanBeReplaced() throws Exception {
    Path logs = folder.resolve("logs");
    EdxLogTruth logTruth =
        EdxLogGenerator.generate(EdxLogOptions.asCollected(400).withSeed(5).withFiles(2, 0), logs);
    Path days = folder.resolve("days");
    OpenStaxTruth dayTruth = OpenStaxGenerator.generate(OpenStaxOptions.dirty(1, 40), days);
    assertTrue(logTruth.hiddenCopies() > 0 && dayTruth.hiddenCopies() > 0, "there are copies");
    assertEquals(Exit.DONE, school.ingest("direct", logs.resolve("tracking-*")).exit());
    assertEquals(Exit.DONE, ingestDays(days));
    Map<String, String> hashes = hashes();
    long filesBefore = files(DAYS);
    assertTrue(filesBefore > 2, filesBefore + " files of stored days");

    assertEquals(Exit.DONE, maintain().exit());

    assertEquals(2, files(LOGS), "one that shows, one that is hidden");
    assertEquals(2, files(DAYS), "one that shows, one that is hidden");
    assertEquals(hashes, hashes(), "Trino shows the same");
    assertEquals(logTruth.hiddenCopies(), hidden("edx_tracking_log"));
    assertEquals(dayTruth.hiddenCopies(), hidden("openstax_event"));

    assertEquals(Exit.DONE, school.ingest("direct", aLog(logs), "--force=1").exit());
    assertEquals(Exit.DONE, ingestDays(days, "--force=1"));
    assertEquals(hashes, hashes(), "replaced out of merged files");
    assertEquals(logTruth.hiddenCopies(), hidden("edx_tracking_log"));
    assertEquals(dayTruth.hiddenCopies(), hidden("openstax_event"));

    Exit.Outcome again = maintain();
    assertEquals(Exit.DONE, again.exit(), again.sentence());
    assertEquals("the lake is tidy and its books are right", again.sentence());
    assertEquals(hashes, hashes());
  }

  @Test
  void wrongUseIsOneSentence() {
    Refusal refusal = assertThrows(Refusal.class, () -> maintain("--snapshotDays=0"));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertEquals("SNAPSHOT_DAYS=0: a whole number from 1 on", refusal.getMessage());
  }

  private Exit.Outcome maintain(String... arguments) throws IOException {
    var options = PipelineOptionsFactory.fromArgs(arguments).as(LyceumOptions.MaintainLake.class);
    return MaintainLakePipeline.run(
        school.lake(), MaintainLakeConfig.from(options), Clock.systemUTC());
  }

  /** Days with broken objects go in without those. */
  private Exit ingestDays(Path days, String... more) throws IOException {
    return school.ingestOpenStax("direct", days.toString(), Map.of(), more).exit();
  }

  private Path aLog(Path logs) throws SQLException {
    return logs.resolve(
        Path.of(school.one("select min(path) from ops.delivery where source = 'edx'"))
            .getFileName());
  }

  private Map<String, String> hashes() throws SQLException {
    return Map.of(LOGS, school.tableHash(LOGS), DAYS, school.tableHash(DAYS));
  }

  private long files(String table) throws SQLException {
    String name = table.replace(".", ".\"") + "$files\"";
    return Long.parseLong(school.one("select count(*) from " + name + " where content = 0"));
  }

  private long hidden(String table) throws SQLException {
    return Long.parseLong(
        school.one("select count(*) from ops.duplicate where table_name = '" + table + "'"));
  }
}
