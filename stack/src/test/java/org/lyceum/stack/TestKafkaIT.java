package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TestKafkaIT {

  /** One start for all of it: a broker costs seconds. */
  @Test
  void keepsWhatItAcknowledgedThroughKillAndRestart() throws Exception {
    String servers;
    try (TestKafka kafka = TestKafka.start()) {
      servers = kafka.bootstrapServers();
      kafka.createTopic("started_session", 2);
      produce(kafka, "started_session", "ada", "bruno");
      assertEquals(List.of("ada", "bruno"), consume(kafka, "started_session", 2));

      kafka.restart();

      assertEquals(servers, kafka.bootstrapServers());
      produce(kafka, "started_session", "chandra");
      assertEquals(List.of("ada", "bruno", "chandra"), consume(kafka, "started_session", 3));
      noTopicComesByItself(kafka);
      topicsGoWhenTheyAreDeleted(kafka);
    }
    assertTrue(Ports.isFree(Integer.parseInt(servers.substring(servers.indexOf(':') + 1))));
  }

  private static void noTopicComesByItself(TestKafka kafka) {
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> produce(kafka, "nudged", "dina"));
    assertTrue(refused.getMessage().contains("nudged"), refused.getMessage());
  }

  private static void topicsGoWhenTheyAreDeleted(TestKafka kafka) throws Exception {
    kafka.deleteTopic("started_session");
    try (Admin admin = kafka.admin()) {
      assertTrue(
          Deadline.in(Duration.ofSeconds(30)).await(() -> !isThere(admin, "started_session")));
    }
  }

  private static boolean isThere(Admin admin, String topic) {
    try {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
      return true;
    } catch (ExecutionException e) {
      assertInstanceOf(UnknownTopicOrPartitionException.class, e.getCause());
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void produce(TestKafka kafka, String topic, String... values) throws Exception {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            topic.equals("nudged") ? "2000" : "30000"));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String value : values) {
        producer
            .send(new ProducerRecord<>(topic, 0, null, value.getBytes(StandardCharsets.UTF_8)))
            .get();
      }
    }
  }

  private static List<String> consume(TestKafka kafka, String topic, int count) throws Exception {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"));
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)));
      Deadline deadline = Deadline.in(Duration.ofSeconds(30));
      while (values.size() < count && !deadline.isOver()) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          values.add(new String(each.value(), StandardCharsets.UTF_8));
        }
      }
    }
    assertFalse(values.isEmpty());
    return values;
  }
}
