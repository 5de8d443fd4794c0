package org.lyceum.pipelines;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.lyceum.stack.TestKafka;
import org.lyceum.testdata.JsonMessage;

/** Topics of one test, made when first written to and gone at its end. */
final class Producer implements AutoCloseable {
  private final TestKafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Set<String> topics = new TreeSet<>();

  Producer(TestKafka kafka) {
    this.kafka = kafka;
    this.producer =
        new KafkaProducer<>(
            new HashMap<>(
                Map.of(
                    "bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 32 << 20)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  Set<String> topics() {
    return topics;
  }

  /** Makes a topic that keeps everything. */
  void create(String topic, int partitions) {
    kafka.createTopic(topic, partitions, Map.of("retention.ms", "-1"));
    topics.add(topic);
  }

  void delete(String topic) {
    kafka.deleteTopic(topic);
    topics.remove(topic);
  }

  void send(String topic, long timestamp, byte[]... values) throws Exception {
    if (!topics.contains(topic)) {
      create(topic, 1);
    }
    List<Future<?>> sent = new ArrayList<>();
    for (byte[] value : values) {
      sent.add(producer.send(new ProducerRecord<>(topic, null, timestamp, null, value)));
    }
    for (Future<?> one : sent) {
      one.get();
    }
  }

  void send(List<JsonMessage> messages) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    for (JsonMessage message : messages) {
      if (!topics.contains(message.topic())) {
        create(message.topic(), 3);
      }
      var record =
          new ProducerRecord<byte[], byte[]>(
              message.topic(), null, message.timestamp(), null, message.value());
      message
          .headers()
          .forEach(
              (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      sent.add(producer.send(record));
    }
    for (Future<?> one : sent) {
      one.get();
    }
  }

  @Override
  public void close() {
    producer.close();
    topics.forEach(kafka::deleteTopic);
  }
}
