package org.lyceum.transforms.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.furniture.Refusal;
import org.lyceum.stack.TestElasticsearch;
import org.lyceum.transforms.io.http.HttpAuth;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.io.http.HttpSettings;

/** Against a real node: the documented documents, sent twice, under the types of the templates. */
@Tag("sinks")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SendToElasticsearchIT {
  private static final ElasticsearchSettings SETTINGS =
      new ElasticsearchSettings(TestElasticsearch.shared().uri());
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> FLAGS = List.of("is_live", "live_stream");

  private static List<Document> documents;

  @BeforeAll
  static void sendAllTwice() throws Exception {
    try (ElasticsearchClient elasticsearch = ElasticsearchClient.open(SETTINGS)) {
      IndexTemplates.load(elasticsearch);
      IndexTemplates.load(elasticsearch);
    }
    documents =
        new ArrayList<>(
            DocumentCases.documents("opencast/useraction", "opencast/episode", "zoom/meeting"));
    documents.add(session());
    send(SETTINGS, documents);
    send(SETTINGS, documents);
  }

  /** As the old harvester made them, with a place. */
  private static Document session() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("meeting", "aGVhZG1hc3RlcjQxMDEwMQ==").put("user_name", "Ada Å").put("city", "Bern");
    body.put("join_time", "2024-02-05T15:00:05Z").putNull("leave_time").put("duration", 12);
    ObjectNode place = body.putObject("geoip").put("ip", "192.0.2.17").put("latitude", 46.9);
    place.put("longitude", 7.4).put("country_code2", "CH").putArray("location").add(7.4).add(46.9);
    return new Document("sessions-2024.02.05", "aGVhZG1hc3RlcjQxMDEwMQ==16778240", body);
  }

  private static void send(ElasticsearchSettings settings, List<Document> documents) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(documents))
        .apply("SendToElasticsearch", SendToElasticsearch.to(settings));
    pipeline.run().waitUntilFinish();
  }

  private static JsonNode get(String path) {
    try (HttpSession session = HttpSession.open(HttpSettings.defaults(), HttpAuth.none())) {
      return session.get(SETTINGS.uri().resolve(path), Map.of()).json();
    }
  }

  private static int count(String index) {
    get("/" + index + "/_refresh");
    return get("/" + index + "/_count").get("count").intValue();
  }

  @Test
  void documentsSentTwiceAreThereOnceFieldByField() throws Exception {
    Map<String, Integer> perIndex = new TreeMap<>();
    for (Document document : documents) {
      String id = URLEncoder.encode(document.id(), StandardCharsets.UTF_8);
      JsonNode found = get("/" + document.index() + "/_source/" + id);
      assertEquals(typed(document.body()), JSON.readTree(found.toString()), document.id());
      perIndex.merge(document.index(), 1, Integer::sum);
    }
    perIndex.forEach((index, expected) -> assertEquals(expected, count(index), index));
    assertTrue(perIndex.size() > 3, perIndex.toString());
  }

  /** 0 and 1 are what the documents say; an index of booleans has false and true. */
  private static JsonNode typed(ObjectNode body) throws Exception {
    ObjectNode typed = (ObjectNode) JSON.readTree(body.toString());
    for (String flag : FLAGS) {
      if (typed.path(flag).isNumber()) {
        typed.put(flag, typed.get(flag).intValue() != 0);
      }
    }
    return typed;
  }

  @ParameterizedTest
  @CsvSource({
    "useractions-2024.02.05, is_live, boolean",
    "useractions-2024.02.05, episode/properties/series, keyword",
    "useractions-2024.02.05, geoip/properties/ip, ip",
    "useractions-2024.02.05, geoip/properties/location, geo_point",
    "useractions-2024.02.05, geoip/properties/latitude, float",
    "useractions-2024.02.05, geoip/properties/longitude, float",
    "useractions-2024.02.05, timestamp, date",
    "useractions-2024.02.05, huid, keyword",
    "useractions-2024.02.05, useragent, keyword",
    "useractions-2024.02.05, action/properties/type, keyword",
    "useractions-2024.02.05, action_id, long",
    "episodes, live_stream, boolean",
    "episodes, course, text",
    "episodes, title, keyword",
    "episodes, series, keyword",
    "episodes, live_start, date",
    "meetings-2024.02.05, start_time, date",
    "meetings-2024.02.05, end_time, date",
    "meetings-2024.02.05, host/properties/name, keyword",
    "meetings-2024.02.05, has_video, boolean",
    "sessions-2024.02.05, city, keyword",
    "sessions-2024.02.05, user_name, keyword",
    "sessions-2024.02.05, geoip/properties/location, geo_point",
    "sessions-2024.02.05, geoip/properties/ip, ip",
    "sessions-2024.02.05, meeting, keyword"
  })
  void fieldsHaveTheTypesOfTheTemplates(String index, String field, String type) {
    JsonNode mappings = get("/" + index + "/_mapping").get(index).get("mappings");
    assertEquals(type, mappings.at("/properties/" + field + "/type").asText(), mappings.toString());
  }

  @Test
  void aTitleThatLooksLikeADayIsText() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("title", "2024-02-05");
    ObjectNode other = JsonNodeFactory.instance.objectNode().put("title", "Algebra I");
    send(SETTINGS, List.of(new Document("episodes-titles", "1", body)));
    send(SETTINGS, List.of(new Document("episodes-titles", "2", other)));
    assertEquals(2, count("episodes-titles"));
  }

  @Test
  void whatWaitsForTheSignalComesWhenAllIsThere() {
    List<Document> many = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("action_id", i);
      many.add(new Document("useractions-2024.03.01", Integer.toString(i), body));
    }
    Pipeline pipeline = Pipeline.create();
    PCollection<Void> sent =
        pipeline
            .apply("Documents", Create.of(many))
            .apply("SendToElasticsearch", SendToElasticsearch.to(SETTINGS));
    PCollection<Integer> thereThen =
        pipeline
            .apply("Commit", Create.of("useractions-2024.03.01"))
            .apply(Wait.on(sent))
            .apply(MapElements.into(TypeDescriptors.integers()).via(SendToElasticsearchIT::count));
    PAssert.thatSingleton(thereThen).isEqualTo(2500);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void nothingToSendIsFine() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Void> sent =
        pipeline
            .apply("Documents", Create.empty(DocumentCoder.of()))
            .apply("SendToElasticsearch", SendToElasticsearch.to(SETTINGS));
    PCollection<String> after = pipeline.apply("Commit", Create.of("ada")).apply(Wait.on(sent));
    PAssert.that(after).containsInAnyOrder("ada");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aRefusedDocumentFailsThePipelineWithoutItsValues() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("timestamp", "yesterday, said Ada");
    List<Document> refused = List.of(new Document("useractions-2024.03.02", "ada", body));
    Throwable thrown = assertThrows(RuntimeException.class, () -> send(SETTINGS, refused));
    assertEquals(
        "Elasticsearch at "
            + SETTINGS.uri()
            + " does not take a document of the index useractions-2024.03.02"
            + " (mapper_parsing_exception); make es-templates loads the types of its fields",
        refusal(thrown).getMessage());
  }

  @Test
  void aReplyThatIsNoReplyToABatchIsNoSuccess() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          byte[] reply = "{\"version\":{\"number\":\"7.10.2\"}}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, reply.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(reply);
          }
        });
    other.start();
    try {
      ElasticsearchSettings there =
          ElasticsearchSettings.of(Map.of("ES_HOST", "127.0.0.1:" + other.getAddress().getPort()));
      Throwable thrown = assertThrows(RuntimeException.class, () -> send(there, documents));
      String sentence = refusal(thrown).getMessage();
      assertTrue(sentence.contains("does not say of " + documents.size()), sentence);
    } finally {
      other.stop(0);
    }
  }

  private static Refusal refusal(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      assertFalse(String.valueOf(cause.getMessage()).contains("said Ada"), cause.getMessage());
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
    }
    throw new AssertionError("no refusal", thrown);
  }
}
