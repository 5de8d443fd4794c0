package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.stack.TestElasticsearch;
import org.lyceum.stack.TestSqs;
import org.lyceum.testdata.OpencastTruth;
import org.lyceum.testdata.ZoomGenerator;
import org.lyceum.testdata.ZoomTruth;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The harvests into a real Elasticsearch and a real queue, beside the real lake. */
@Tag("sinks")
@Timeout(value = 6, unit = TimeUnit.MINUTES) // a node that is busy is asked again for three
class SinksIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String MONDAY = ZoomGenerator.FIRST_DAY.toString();
  private static final String SINCE = "--from=2026-03-02";

  private final TestElasticsearch node = TestElasticsearch.shared();
  private School school;

  @BeforeEach
  void open() throws Exception {
    school = new School();
    LoadIndexTemplates.run(host());
    for (String index : new String[] {"meetings-*", "sessions-*", "episodes*", "useractions-*"}) {
      ask("DELETE", "/" + index, "");
    }
  }

  @AfterEach
  void close() throws Exception {
    school.close();
  }

  private Map<String, String> host() {
    return Map.of("ES_HOST", node.uri().getAuthority());
  }

  private JsonNode ask(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.uri() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private long count(String indexes) throws Exception {
    ask("GET", "/" + indexes + "/_refresh", "");
    return ask("GET", "/" + indexes + "/_count", "").get("count").longValue();
  }

  @Test
  void theTemplatesOfAllIndexesAreLoadedOnceAndAgain() throws Exception {
    assertEquals(
        new Exit.Outcome(
            Exit.DONE,
            "loaded the templates of useractions, episodes, meetings, sessions into Elasticsearch"
                + " 7.10.2 at "
                + node.uri()
                + "; indexes that are there already keep their types"),
        LoadIndexTemplates.run(host()));
    assertEquals(4, ask("GET", "/_index_template/dce-*", "").get("index_templates").size());
    Refusal refusal = assertThrows(Refusal.class, () -> LoadIndexTemplates.run(Map.of()));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertTrue(refusal.getMessage().startsWith("ES_HOST is blank"), refusal.getMessage());
  }

  @Test
  void meetingsAndSessionsAreInTheirIndexesOnceHoweverOftenTheyAreHarvested() throws Exception {
    try (ZoomSchool zoom = new ZoomSchool()) {
      ZoomTruth truth = zoom.serve(1);
      String[] day = {"--from=" + MONDAY, "--to=" + MONDAY, "--force=1"};
      zoom.setting("ES_HOST", "127.0.0.1:1");
      Refusal nobody = assertThrows(Refusal.class, () -> zoom.harvest(school.lake(), day));
      assertTrue(nobody.getMessage().startsWith("Elasticsearch (ES_HOST): "), nobody.getMessage());
      assertEquals("0", school.one("select count(*) from events.zoom_meeting"));

      zoom.setting("ES_HOST", node.uri().getAuthority());
      for (int run = 1; run <= 2; run++) {
        assertEquals(Exit.DONE, zoom.harvest(school.lake(), day).exit());
        assertEquals(truth.parsed(), count("meetings-*"), "run " + run);
        assertEquals(truth.sessions(), count("sessions-*"), "run " + run);
      }
      assertEquals(
          Long.toString(truth.parsed()), school.one("select count(*) from events.zoom_meeting"));
      zoom.setting("ES_HOST", "");
      List<String> printed =
          OpencastSchool.printed(
              () -> zoom.harvest(school.lake(), day[0], day[1], "--output=stdout"));
      int compared = 0;
      for (String line : printed) {
        JsonNode document = JSON.readTree(line);
        if (document.has("uuid")) {
          String id = URLEncoder.encode(document.get("uuid").textValue(), StandardCharsets.UTF_8);
          String index = "/meetings-" + MONDAY.replace('-', '.');
          assertEquals(document, ask("GET", index + "/_source/" + id, ""));
          compared++;
        }
      }
      assertEquals(truth.parsed(), compared);
    }
  }

  @Test
  void episodesAreIndexedOfWhatIndexesOfActionsSay() throws Exception {
    try (OpencastSchool opencast = new OpencastSchool()) {
      List<String> mpids = opencast.mpids();
      for (int i = 0; i < 3; i++) {
        String action = "{\"action_id\":" + i + ",\"mpid\":\"" + mpids.get(i % 2) + "\"}";
        ask("PUT", "/useractions-2026.03.0" + (i + 1) + "/_doc/" + i + "?refresh=true", action);
      }
      opencast.setting("ES_HOST", node.uri().getAuthority());
      Exit.Outcome done =
          opencast.harvestEpisodes(
              school.lake(),
              "--sourceIndexPattern=useractions-2026.03.*",
              "--targetIndex=episodes-x");
      assertEquals(Exit.DONE, done.exit(), done.sentence());
      assertEquals(2, count("episodes-x"));
      assertEquals("2", school.one("select count(*) from events.opencast_episode"));
      JsonNode episode = ask("GET", "/episodes-x/_source/" + mpids.get(0), "");
      assertEquals(mpids.get(0), episode.get("mpid").textValue());
      Exit.Outcome none =
          opencast.harvestEpisodes(school.lake(), "--sourceIndexPattern=useractions*-2025.01.01");
      assertEquals("nothing new", none.sentence());
      Exit.Outcome wrong = opencast.harvestEpisodes(school.lake(), "--sourceIndexPattern=nothing");
      assertEquals(Exit.FAILED, wrong.exit());
      assertTrue(wrong.sentence().contains("no such index"), wrong.sentence());
    }
  }

  @Test
  void actionsGoToAQueueWithTheirEpisodesAndToTheLake() throws Exception {
    TestSqs sqs = TestSqs.shared();
    System.setProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property(), sqs.accessKeyId());
    System.setProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property(), sqs.secretAccessKey());
    try (OpencastSchool opencast = new OpencastSchool()) {
      OpencastTruth truth = opencast.truth();
      opencast.setting("SQS_QUEUE_NAME", "harvested-actions");
      opencast.setting("AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString());
      opencast.setting("AWS_REGION", sqs.region());
      List<String> printed =
          OpencastSchool.printed(
              () -> {
                Exit.Outcome done = opencast.harvest(school.lake(), SINCE, "--output=lake,sqs,-");
                assertEquals(Exit.DONE, done.exit(), done.sentence());
              });
      List<String> received = received(sqs, "harvested-actions");
      assertEquals(truth.parsed(), received.size());
      assertEquals(sorted(printed), sorted(received));
      assertEquals(
          Long.toString(truth.parsed()),
          school.one("select count(*) from events.opencast_useraction"));

      opencast.setting("SQS_QUEUE_NAME", "");
      Exit.Outcome unnamed = opencast.harvest(school.lake(), SINCE, "--output=sqs");
      assertEquals(Exit.WRONG_USE, unnamed.exit());
      assertTrue(unnamed.sentence().startsWith("SQS_QUEUE_NAME="), unnamed.sentence());
    } finally {
      System.clearProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property());
      System.clearProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property());
    }
  }

  private static List<String> sorted(List<String> documents) throws Exception {
    List<String> canonical = new ArrayList<>();
    for (String document : documents) {
      canonical.add(JSON.readTree(document).toString());
    }
    canonical.sort(null);
    return canonical;
  }

  private static List<String> received(TestSqs server, String queue) {
    List<String> bodies = new ArrayList<>();
    try (SqsClient sqs =
        SqsClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.of(server.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(server.accessKeyId(), server.secretAccessKey())))
            .build()) {
      String url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
      while (true) {
        List<Message> messages =
            sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
        if (messages.isEmpty()) {
          return bodies;
        }
        messages.forEach(message -> bodies.add(message.body()));
        messages.forEach(
            message ->
                sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle())));
      }
    }
  }
}
