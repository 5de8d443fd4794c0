package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.SessionCatalog;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.catalog.ApplyContracts;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.LocalFiles;
import org.lyceum.catalog.Row;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.stack.BannerServer;
import org.lyceum.stack.catalog.LocalCatalog;
import org.lyceum.transforms.io.http.HttpSettings;

/** A lake in this process that holds episodes, and a Banner that knows who takes part. */
class RollCallTest {
  private static final Contract EPISODE = Contracts.of("events.opencast_episode");
  private static final String HEADER = "series,huid,status,first_name,mi,last_name,reg_level";
  private static final String ADA =
      "{\"huid\":\"10000001\",\"status\":\"active\",\"first_name\":\"Ada\",\"mi\":{},"
          + "\"last_name\":\"Adams, \\\"Addie\\\"\",\"reg_level\":\"UG\","
          + "\"email\":\"ada@lyceum.example\"}";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Map<String, String> settings = new TreeMap<>();
  private BannerServer banner;
  private RESTCatalog catalog;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    banner = BannerServer.start();
    settings.put("BANNER_ENDPOINT_BASE", banner.base() + "index.php");
    catalog =
        new RESTCatalog(
            SessionCatalog.SessionContext.createEmpty(), config -> LocalCatalog.open(folder));
    Configuration hadoop = new Configuration(false);
    hadoop.set(LocalFiles.SETTING, LocalFiles.class.getName());
    catalog.setConf(hadoop);
    catalog.initialize("lake", Map.of("uri", "http://in-process"));
    ApplyContracts.apply(catalog, List.of(EPISODE));
    episodes("opencast.lyceum.example", "20190222222", "20190211111", "20190211111", "20190122222");
    episodes("engage.lyceum.example", "20190211111", "20190233333", "201902", "20200211111", null);
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
    banner.close();
  }

  /** Gives the lake an episode of each series, as a harvest of a host does. */
  private void episodes(String feed, String... series) throws IOException {
    Table table = catalog.loadTable(EPISODE.identifier());
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    partition.partition(episode(feed, null));
    DataWriter<Row> writer =
        Parquet.writeData(
                table
                    .io()
                    .newOutputFile(table.locationProvider().newDataLocation(feed + ".parquet")))
            .forTable(table)
            .withPartition(partition)
            .createWriterFunc((schema, type) -> InternalWriter.create(schema.asStruct(), type))
            .build();
    try (writer) {
      for (String one : series) {
        writer.write(episode(feed, one));
      }
    }
    table.newAppend().appendFile(writer.toDataFile()).commit();
  }

  private static Row episode(String feed, String series) {
    String mpid = UUID.randomUUID().toString();
    Row row = Row.of(EPISODE);
    row.set(EPISODE.ordinal("event_id"), UUID.fromString(mpid));
    row.set(EPISODE.ordinal("occurred_at"), 0L);
    row.set(EPISODE.ordinal("feed"), feed);
    row.set(EPISODE.ordinal("delivery"), "episodes");
    row.set(EPISODE.ordinal("position"), mpid);
    row.set(EPISODE.ordinal("run_id"), "run");
    row.set(EPISODE.ordinal("mpid"), mpid);
    row.set(EPISODE.ordinal("generation"), "old");
    if (series != null) {
      row.set(EPISODE.ordinal("series"), series);
      row.set(EPISODE.ordinal("year"), series.substring(0, 4));
      row.set(EPISODE.ordinal("term"), series.substring(4, 6));
    }
    return row;
  }

  private RollCallConfig config(String... arguments) {
    return RollCallConfig.from(
        PipelineOptionsFactory.fromArgs(arguments).as(LyceumOptions.RollCall.class),
        settings,
        HttpSettings.defaults().withAttempts(1));
  }

  private Exit.Outcome call(String year, String term) throws IOException {
    return RollCall.run(
        catalog,
        config("--year=" + year, "--term=" + term, "--wait=0"),
        new PrintStream(printed, false, StandardCharsets.UTF_8));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void thePeopleOfEachSeriesOfTheTermArePrintedOnce() throws IOException {
    banner.course("201902", "11111", "{\"people\":{\"student\":" + ADA + ",\"teacher\":[]}}");
    banner.course(
        "201902",
        "33333",
        "{\"people\":{\"student\":[{\"first_name\":\"Bø\",\"last_name\":\"\"},"
            + ADA
            + "],\"teacher\":{\"huid\":\"3\",\"mi\":\"C\"}}}");
    Exit.Outcome done = call("2019", "02");
    assertEquals(new Exit.Outcome(Exit.DONE, "4 people in 3 series of year 2019, term 02"), done);
    assertEquals(
        String.join(
            "\r\n",
            HEADER,
            "20190211111,10000001,active,Ada,,\"Adams, \"\"Addie\"\"\",UG",
            "20190233333,,,Bø,,,",
            "20190233333,10000001,active,Ada,,\"Adams, \"\"Addie\"\"\",UG",
            "20190233333,3,,,C,,",
            ""),
        printed());
    String asked = "/school/__get_course_people.php?fmt=json&term=201902&crn=";
    assertEquals(
        List.of(asked + "11111", asked + "22222", asked + "33333"),
        banner.requests(),
        "each series once, in order; none without a course's number");
  }

  @Test
  void aTermWithoutEpisodesIsAHeaderAlone() throws IOException {
    assertEquals(
        new Exit.Outcome(
            Exit.DONE,
            "the lake has no courses of year 2018, term 02; make harvest-episodes brings them"),
        call("2018", "02"));
    assertEquals(HEADER + "\r\n", printed());
    assertEquals(List.of(), banner.requests());
  }

  @Test
  void bannersFaultIsOneSentenceWithoutPeople() {
    banner.course("201902", "11111", "{\"people\":{\"student\":" + ADA + "}}");
    banner.course("201902", "22222", "{\"people\":{\"student\":{\"mi\":[" + ADA + "]}}}");
    assertStops("before series 20190222222: The mi of a person is no text");
    assertTrue(printed().endsWith("UG\r\n"), "what was read before is printed");
    banner.html(true);
    assertStops("before series 20190211111: The host replies with a page of HTML");
    banner.refuse(true);
    assertStops("Check the credentials, and that they may see this.");
    banner.stop();
    assertStops("Check host and port in the base URL, and that the service is up.");
  }

  private void assertStops(String sentence) {
    Refusal refusal = assertThrows(Refusal.class, () -> call("2019", "02"));
    assertEquals(Exit.FAILED, refusal.exit());
    assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("Ada"), refusal.getMessage());
  }

  @Test
  void whoDoesNotReadOnIsNotCalledFor() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    PrintStream out = new PrintStream(closed, false, StandardCharsets.UTF_8);
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> RollCall.run(catalog, config("--year=2019", "--term=02", "--wait=0"), out));
    assertEquals(Exit.FAILED, refusal.exit());
    assertEquals(
        "standard output takes no more, so the roll call is not whole", refusal.getMessage());
    assertEquals(List.of(), banner.requests());
  }

  @Test
  void bannerIsAskedOnceASecondUnlessToldOtherwise() {
    RollCallConfig config = config("--year=2019", "--term=02");
    assertEquals(Duration.ofSeconds(1), config.http().rest());
    assertEquals(1, config.http().concurrency());
    assertEquals(
        URI.create(banner.base() + "__get_course_people.php"), config.page(), "as it was joined");
    assertEquals(
        Duration.ofSeconds(3), config("--year=2019", "--term=02", "--wait=3").http().rest());
  }

  @Test
  void wrongUseIsOneSentence() {
    String how = ": it is %d digits, as in make rollcall YEAR=2019 TERM=02";
    assertRefused("YEAR is missing" + how.formatted(4), "--term=02");
    assertRefused("YEAR=19" + how.formatted(4), "--year=19", "--term=02");
    assertRefused("TERM is missing" + how.formatted(2), "--year=2019", "--term=");
    assertRefused("TERM=fall" + how.formatted(2), "--year=2019", "--term=fall");
    assertRefused(
        "WAIT=-1: it is a whole number from 0 on", "--year=2019", "--term=02", "--wait=-1");
    for (String base : new String[] {"banner", "http://a b/", "http://frieda:sesame@banner/"}) {
      settings.put("BANNER_ENDPOINT_BASE", base);
      assertRefused(
          "BANNER_ENDPOINT_BASE is a URL such as https://banner.lyceum.example/api/, without user"
              + " and password",
          "--year=2019",
          "--term=02");
    }
    settings.put("BANNER_ENDPOINT_BASE", " ");
    assertRefused(
        "BANNER_ENDPOINT_BASE is missing: say in .env where Banner's pages are",
        "--year=2019",
        "--term=02");
  }

  private void assertRefused(String sentence, String... arguments) {
    Refusal refusal = assertThrows(Refusal.class, () -> config(arguments));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertEquals(sentence, refusal.getMessage());
  }
}
