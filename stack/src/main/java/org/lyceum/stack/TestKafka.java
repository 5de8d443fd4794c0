package org.lyceum.stack;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * For tests: a Kafka broker in a process of its own, with room for messages of 32 MiB and without
 * topics that nobody created. {@link #shared()} is one for all tests of a JVM, or the running one
 * in the folder that {@code LYCEUM_TEST_KAFKA} names; {@link #start()} is one that a test may kill.
 */
public final class TestKafka implements AutoCloseable {
  private static final String PREFIX = "lyceum-test-kafka-";

  private static TestKafka shared;

  private final TestEngine engine;

  private TestKafka(TestEngine engine) {
    this.engine = engine;
  }

  public static synchronized TestKafka shared() {
    if (shared == null) {
      shared = new TestKafka(TestEngine.shared("LYCEUM_TEST_KAFKA", PREFIX, KafkaEngine::new));
    }
    return shared;
  }

  /** A broker of the test's own; it goes with {@link #close()}, at the latest with the JVM. */
  public static TestKafka start() {
    return new TestKafka(TestEngine.start(PREFIX, KafkaEngine::new));
  }

  /** Host and port, as clients want them. */
  public String bootstrapServers() {
    return KafkaEngine.servers(engine.port());
  }

  public Admin admin() {
    return KafkaEngine.admin(engine.port());
  }

  public void createTopic(String topic, int partitions) {
    createTopic(topic, partitions, Map.of());
  }

  /** With settings of the topic, such as {@code retention.ms}; it can be written to at once. */
  public void createTopic(String topic, int partitions, Map<String, String> settings) {
    try (Admin admin = admin()) {
      NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(settings);
      KafkaTopics.create(admin, List.of(wanted));
    }
  }

  public void deleteTopic(String topic) {
    try (Admin admin = admin()) {
      KafkaTopics.get(admin.deleteTopics(List.of(topic)).all());
    }
  }

  /** kill -9: connections break, what it had acknowledged stays. */
  public void kill() {
    engine.kill();
  }

  /** Starts it after {@link #kill()} on its port with its data; returns when it answers. */
  public void up() {
    engine.up();
  }

  /** kill -9, and up again. */
  public void restart() {
    kill();
    up();
  }

  @Override
  public void close() {
    engine.remove();
  }
}
