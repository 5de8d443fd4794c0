package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.stack.SchemaRegistry;
import org.lyceum.stack.TestKafka;
import org.lyceum.testdata.JsonMessage;
import org.lyceum.testdata.JsonMessageGenerator;
import org.lyceum.testdata.JsonMessageTruth;
import org.lyceum.testdata.JsonSource;
import org.lyceum.testdata.OpenStaxEvent;
import org.lyceum.testdata.OpenStaxGenerator;
import org.lyceum.testdata.OpenStaxMessages;
import org.lyceum.testdata.OpenStaxOptions;
import org.lyceum.testdata.OpenStaxType;

/** Messages of every JSON source through a real broker, the real pipeline and Trino. */
class IngestKafkaPipelineIT {
  private static final long MARCH_1 = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

  private School school;
  private Producer producer;
  private TopicSchool topics;

  @BeforeEach
  void open() throws Exception {
    school = new School();
    producer = new Producer(TestKafka.shared());
    topics = new TopicSchool(TestKafka.shared(), producer, school.lake());
  }

  @AfterEach
  void close() throws Exception {
    producer.close();
    school.close();
  }

  @Test
  void messagesBecomeRowsOnceWhateverIsRepeated() throws Exception {
    JsonMessageGenerator generator =
        new JsonMessageGenerator(7, 3_000, EnumSet.allOf(JsonSource.class));
    List<JsonMessage> messages = new ArrayList<>();
    generator.forEachRemaining(messages::add);
    producer.send(messages.subList(0, 1_000));
    topics.follow(1_000, () -> {});
    producer.send(messages.subList(1_000, messages.size()));
    assertEquals(Exit.DONE, topics.ingest("--until=latest").exit());
    assertTruth(generator);

    Map<String, Long> heads = school.heads();
    assertEquals(Exit.DONE, topics.ingest("--until=latest").exit());
    assertEquals(heads, school.heads(), "nothing new commits nothing");

    String hash = hash();
    String first = Instant.ofEpochMilli(messages.get(0).timestamp()).toString().substring(0, 10);
    assertEquals(Exit.DONE, topics.ingest("--from=" + first, "--to=2030-01-01").exit());
    assertEquals(hash, hash(), "days that are read again are the same");
    assertEquals(
        "0",
        school.one(
            "select sum(parsed) - sum(element_at(rows_taken, 'kinesinlms_event')) - "
                + "(select count(*) from events.kinesinlms_event) - "
                + "(select count(*) from ops.duplicate where table_name = 'kinesinlms_event')"
                + " from ops.delivery where source = 'kinesinlms'"));
  }

  @Test
  void killedBeforeAndAfterACommitTheNextStartGoesOnWithoutLossOrDoubles() throws Exception {
    JsonMessageGenerator generator =
        new JsonMessageGenerator(8, 2_000, EnumSet.allOf(JsonSource.class));
    List<JsonMessage> messages = new ArrayList<>();
    generator.forEachRemaining(messages::add);
    producer.send(messages.subList(0, 1_000));
    Victim victim = new Victim();
    killed(victim, victim.beforeItsCommit());
    producer.send(messages.subList(1_000, messages.size()));
    killed(victim, victim.afterItsCommit());
    assertEquals(Exit.DONE, topics.ingest("--until=latest").exit());
    assertTruth(generator);
  }

  private void killed(Victim victim, CatalogInBetween.AtCommit moment) throws Exception {
    try (CatalogInBetween between = new CatalogInBetween(school.engines().catalogUri(), moment)) {
      victim.run(IngestKafkaPipeline.class, Map.of(), between, topics.arguments("--interval=1"));
    }
  }

  private String hash() throws Exception {
    StringBuilder all = new StringBuilder();
    for (JsonSource source : JsonSource.values()) {
      all.append(school.tableHash("events." + source.table())).append('\n');
    }
    return all.toString();
  }

  @Test
  void poisonFailsAloneAndTheRestGoesIn() throws Exception {
    try (SchemaRegistry registry = SchemaRegistry.start()) {
      int id = registry.register(OpenStaxType.NUDGED.schema().toString());
      List<OpenStaxEvent> nudges =
          OpenStaxGenerator.events(OpenStaxOptions.clean(1, 40)).stream()
              .filter(event -> event.type() == OpenStaxType.NUDGED)
              .toList();
      byte[] good = OpenStaxMessages.avro(nudges.get(0), id);
      byte[] noMagic = good.clone();
      noMagic[0] = 1;
      byte[] unknown = good.clone();
      unknown[4] = 77;
      producer.send(
          "nudged",
          MARCH_1,
          good,
          noMagic,
          unknown,
          Arrays.copyOf(good, good.length - 3),
          Arrays.copyOf(good, good.length + 1),
          OpenStaxMessages.avro(nudges.get(1), id));
      producer.send(
          "kinesinlms_events",
          MARCH_1,
          kinesin("a"),
          text(new String(kinesin("b"), StandardCharsets.UTF_8) + "{}"),
          new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'},
          text("{\"event_data\":" + "[".repeat(600) + "]".repeat(600) + "}"),
          null,
          text(" "),
          kinesin("c"));
      StringBuilder array = new StringBuilder("[");
      for (int i = 0; i < 500; i++) {
        array.append(i == 0 ? "" : ",").append(i == 250 ? "250" : usage(i));
      }
      StringBuilder large = new StringBuilder("[" + usage(1_000));
      for (int i = 1_001; large.length() < 20_000_000; i++) {
        large.append(',').append(usage(i)).append(" ".repeat(20_000));
      }
      producer.send("NILE-CONTENT-LOG", MARCH_1, text(array + "]"), text(large + "]"));

      assertEquals(
          Exit.DONE, topics.ingest("--until=latest", "--registry=" + registry.uri()).exit());
    }
    assertEquals(
        Map.of(
            "not_avro kafka/nudged/2026-03-01 000000:00000000000000000001", 1L,
            "unknown_schema kafka/nudged/2026-03-01 000000:00000000000000000002", 1L,
            "truncated_avro kafka/nudged/2026-03-01 000000:00000000000000000003", 1L,
            "trailing_bytes kafka/nudged/2026-03-01 000000:00000000000000000004", 1L,
            "invalid_json kafka/kinesinlms_events/2026-03-01 000000:00000000000000000001", 1L,
            "not_utf8 kafka/kinesinlms_events/2026-03-01 000000:00000000000000000002", 1L,
            "nesting_too_deep kafka/kinesinlms_events/2026-03-01 000000:00000000000000000003", 1L,
            "bad_value kafka/NILE-CONTENT-LOG/2026-03-01 000000:00000000000000000000#00000250", 1L),
        school.counts(
            "select code || ' ' || delivery || ' ' || position, count(*) from ops.failed_record"
                + " group by 1"));
    assertEquals(
        "2", school.one("select count(*) from events.openstax_event where event_type = 'nudged'"));
    assertEquals("2", school.one("select count(*) from events.kinesinlms_event"));
    assertEquals(
        "499",
        school.one(
            "select count(*) from events.gooru_usage_event"
                + " where position < '000000:00000000000000000001'"));
    assertTrue(
        Long.parseLong(school.one("select count(*) from events.gooru_usage_event")) > 499 + 900);
    assertEquals(
        "2",
        school.one("select sum(skipped) from ops.delivery where source = 'kinesinlms'"),
        "a null and a blank message");
  }

  @Test
  void anotherTopicOfTheSameNameIsNoticed() throws Exception {
    producer.send("kinesinlms_events", MARCH_1, kinesin("a"), kinesin("b"));
    Exception end =
        topics.followToItsEnd(
            () -> {
              topics.awaitHeld(2);
              producer.delete("kinesinlms_events");
              producer.send("kinesinlms_events", MARCH_1, kinesin("b"), kinesin("c"), kinesin("d"));
            });
    assertTrue(end.getMessage().contains("deleted and created again"), "" + end);

    Refusal refusal = assertThrows(Refusal.class, () -> topics.ingest("--until=latest"));
    assertTrue(refusal.getMessage().contains("deleted and created again"), refusal.getMessage());
    assertEquals(Exit.DONE, topics.ingest("--until=latest", "--replace=1").exit());
    assertEquals("4", school.one("select count(*) from events.kinesinlms_event"));
    assertEquals(
        Map.of("kinesinlms_events/0", 2L, "kinesinlms_events@2/0", 3L),
        school.counts("select key, cast(position as bigint) from ops.state"));
    assertEquals(Exit.DONE, topics.ingest("--until=latest").exit());
  }

  @Test
  void offsetsThatRetentionTookAreNamed() throws Exception {
    producer.send("kinesinlms_events", MARCH_1, kinesin("a"), kinesin("b"));
    assertEquals(Exit.DONE, topics.ingest("--until=latest").exit());
    producer.send("kinesinlms_events", MARCH_1, kinesin("c"), kinesin("d"), kinesin("e"));
    try (Admin admin = TestKafka.shared().admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition("kinesinlms_events", 0), RecordsToDelete.beforeOffset(4)))
          .all()
          .get();
    }
    Refusal refusal = assertThrows(Refusal.class, () -> topics.ingest("--until=latest"));
    assertTrue(refusal.getMessage().contains("the offsets 2 to 3"), refusal.getMessage());
    assertEquals(Exit.DONE, topics.ingest("--until=latest", "--replace=1").exit());
    assertEquals("3", school.one("select count(*) from events.kinesinlms_event"));
    assertEquals(
        Map.of("offsets_expired 000000:00000000000000000002", 1L),
        school.counts(
            "select code || ' ' || position, count(*) from ops.failed_record group by 1"));
    assertEquals("5", school.one("select cast(position as bigint) from ops.state"));
  }

  @Test
  void aStreamOutlivesTheRestartOfAllThatItTalksTo() throws Exception {
    try (TestKafka own = TestKafka.start();
        SchemaRegistry registry = SchemaRegistry.start();
        CatalogInBetween catalog =
            new CatalogInBetween(
                school.engines().catalogUri(), new CatalogInBetween.AtCommit() {});
        Producer sender = new Producer(own)) {
      int id = registry.register(OpenStaxType.NUDGED.schema().toString());
      List<byte[]> nudges =
          OpenStaxGenerator.events(OpenStaxOptions.clean(1, 40)).stream()
              .filter(event -> event.type() == OpenStaxType.NUDGED)
              .map(event -> OpenStaxMessages.avro(event, id))
              .toList();
      registry.stop();
      sender.send("nudged", MARCH_1, nudges.get(0), nudges.get(1));
      sender.send("kinesinlms_events", MARCH_1, kinesin("a"));
      Lake through = new Lake(Map.of("uri", "http://127.0.0.1:" + catalog.port()));
      new TopicSchool(own, sender, through)
          .follow(
              6,
              () -> {
                CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(registry::up);
                new TopicSchool(own, sender, school.lake()).awaitHeld(3);
                catalog.down();
                own.restart();
                sender.send("kinesinlms_events", MARCH_1, kinesin("b"), kinesin("c"));
                sender.send("nudged", MARCH_1, nudges.get(2));
                CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS).execute(catalog::up);
              },
              "--registry=" + registry.uri());
    }
    assertEquals("3", school.one("select count(*) from events.openstax_event"));
    assertEquals("3", school.one("select count(*) from events.kinesinlms_event"));
    assertEquals("0", school.one("select count(*) from ops.duplicate"));
  }

  private static byte[] kinesin(String id) {
    return text(
        "{\"uuid\":\"00000000-0000-4000-8000-00000000000"
            + id
            + "\",\"event_type\":\"kinesinlms.core.user.login\","
            + "\"time\":\"2026-03-01T09:59:00Z\",\"course_slug\":\"ALG1\",\"event_data\":{}}");
  }

  private static String usage(int number) {
    return "{\"eventId\":\"e"
        + number
        + "\",\"eventName\":\"reaction.create\",\"endTime\":1772359200000,"
        + "\"context\":{\"contentGooruId\":\"c1\",\"reactionType\":\"3\"}}";
  }

  private static byte[] text(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** What the views' readers see, what is hidden, what failed, and what the books say of it. */
  private void assertTruth(JsonMessageGenerator generator) throws Exception {
    Map<String, Long> events = new TreeMap<>();
    Map<String, Long> hidden = new TreeMap<>();
    Map<String, Long> failed = new TreeMap<>();
    Map<String, Long> read = new TreeMap<>();
    for (JsonSource source : JsonSource.values()) {
      JsonMessageTruth truth = generator.truth(source);
      String name = Contracts.of("events." + source.table()).source();
      events.put(source.table(), truth.events());
      if (truth.hiddenCopies() > 0) {
        hidden.put(source.table(), truth.hiddenCopies());
      }
      truth.failed().forEach((code, count) -> failed.merge(name + " " + code, count, Long::sum));
      read.merge(name + " read", truth.read(), Long::sum);
      read.merge(name + " parsed", truth.parsed(), Long::sum);
      read.merge(name + " skipped", truth.skipped(), Long::sum);
    }
    for (JsonSource source : JsonSource.values()) {
      assertEquals(
          events.get(source.table()).toString(),
          school.one("select count(*) from events." + source.table()),
          source.table());
    }
    assertEquals(
        hidden, school.counts("select table_name, count(*) from ops.duplicate group by 1"));
    assertEquals(
        failed,
        school.counts("select source || ' ' || code, count(*) from ops.failed_record group by 1"));
    Map<String, Long> books =
        school.counts("select source || ' read', sum(read) from ops.delivery group by 1");
    books.putAll(
        school.counts("select source || ' parsed', sum(parsed) from ops.delivery group by 1"));
    books.putAll(
        school.counts("select source || ' skipped', sum(skipped) from ops.delivery group by 1"));
    assertEquals(read, books);
  }
}
