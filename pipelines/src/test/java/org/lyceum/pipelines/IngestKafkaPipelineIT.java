package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.catalog.Contracts;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.stack.TestKafka;
import org.lyceum.testdata.JsonMessage;
import org.lyceum.testdata.JsonMessageGenerator;
import org.lyceum.testdata.JsonMessageTruth;
import org.lyceum.testdata.JsonSource;

/** Messages of every JSON source through a real broker, the real pipeline and Trino. */
class IngestKafkaPipelineIT {
  private final TestKafka kafka = TestKafka.shared();
  private final Set<String> topics = new TreeSet<>();
  private School school;

  @BeforeEach
  void open() throws Exception {
    school = new School();
  }

  @AfterEach
  void close() throws Exception {
    school.close();
    topics.forEach(kafka::deleteTopic);
  }

  @Test
  void messagesBecomeRowsOnceWhateverIsRepeated() throws Exception {
    JsonMessageGenerator generator =
        new JsonMessageGenerator(7, 3_000, EnumSet.allOf(JsonSource.class));
    List<JsonMessage> messages = new ArrayList<>();
    generator.forEachRemaining(messages::add);
    produce(messages.subList(0, 1_000));

    assertEquals(Exit.DONE, ingest("--until=latest").exit());
    produce(messages.subList(1_000, messages.size()));
    assertEquals(Exit.DONE, ingest("--until=latest").exit());

    assertTruth(generator);
    Map<String, Long> heads = school.heads();
    assertEquals(Exit.DONE, ingest("--until=latest").exit());
    assertEquals(heads, school.heads(), "nothing new commits nothing");
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

  private Exit.Outcome ingest(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--on=direct",
                "--feed=school",
                "--bootstrap=" + kafka.bootstrapServers(),
                "--topics=" + String.join(",", topics)));
    arguments.addAll(List.of(more));
    var options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
            .as(LyceumOptions.IngestKafka.class);
    return IngestKafkaPipeline.ingest(
        IngestKafkaConfig.from(options, Map.of()), school.lake(), options);
  }

  private void produce(List<JsonMessage> messages) throws Exception {
    for (JsonMessage message : messages) {
      if (topics.add(message.topic())) {
        kafka.createTopic(message.topic(), 3, Map.of("retention.ms", "-1"));
      }
    }
    Map<String, Object> settings =
        new TreeMap<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 32 << 20));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (JsonMessage message : messages) {
        var record =
            new ProducerRecord<>(
                message.topic(),
                null,
                message.timestamp(),
                message.key() == null ? null : message.key().getBytes(StandardCharsets.UTF_8),
                message.value());
        message
            .headers()
            .forEach(
                (name, value) ->
                    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        sent.add(producer.send(record));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }
  }
}
