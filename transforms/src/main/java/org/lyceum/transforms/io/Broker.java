package org.lyceum.transforms.io;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/** Questions to a Kafka broker about its topics. Every answer is as of now. */
public final class Broker implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  /**
   * One partition.
   *
   * @param first the first offset that the broker still has
   * @param end the first offset that no message that can be read has yet
   */
  public record Partition(String topicId, long first, long end) implements Serializable {}

  private final Admin admin;
  private final String servers;

  /**
   * Connects when first asked.
   *
   * @param settings of the client; secrets in them are never printed
   */
  public Broker(Map<String, String> settings) {
    this.servers = settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 3);
    try {
      this.admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw new Refusal(
          Exit.WRONG_USE, "BOOTSTRAP=" + servers + ": it is host:port of a Kafka broker", e);
    }
  }

  /** Names of all topics. */
  public Set<String> topics() {
    return answer(admin.listTopics().names(), "topics");
  }

  /** The broker's identity of a topic: another one after it was deleted and created again. */
  public String topicId(String topic) {
    return description(topic).topicId().toString();
  }

  private TopicDescription description(String topic) {
    return answer(admin.describeTopics(Set.of(topic)).topicNameValues().get(topic), topic);
  }

  /** The partitions of a topic. */
  public Map<Integer, Partition> partitions(String topic) {
    TopicDescription description = description(topic);
    Set<TopicPartition> all =
        description.partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(Collectors.toSet());
    Map<TopicPartition, Long> first = offsets(all, any -> OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(all, any -> OffsetSpec.latest());
    Map<Integer, Partition> partitions = new TreeMap<>();
    for (TopicPartition partition : all) {
      partitions.put(
          partition.partition(),
          new Partition(
              description.topicId().toString(), first.get(partition), end.get(partition)));
    }
    return partitions;
  }

  /**
   * The first offset of each partition whose message is at or behind a time.
   *
   * @param millis since 1970
   * @return by partition; none where there is no such message
   */
  public Map<Integer, Long> firstSince(String topic, Set<Integer> partitions, long millis) {
    Map<TopicPartition, Long> found =
        offsets(
            partitions.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toSet()),
            any -> OffsetSpec.forTimestamp(millis));
    Map<Integer, Long> offsets = new TreeMap<>();
    found.forEach(
        (partition, offset) -> {
          if (offset >= 0) {
            offsets.put(partition.partition(), offset);
          }
        });
    return offsets;
  }

  private Map<TopicPartition, Long> offsets(
      Set<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> spec) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec.apply(partition)));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        answer(
            admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all(),
            "offsets");
    Map<TopicPartition, Long> offsets = new HashMap<>();
    found.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private <T> T answer(KafkaFuture<T> future, String what) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for " + what, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new Refusal(
            Exit.FAILED, "the broker at " + servers + " has no topic " + what, e.getCause());
      }
      throw new Refusal(
          Exit.FAILED,
          "the broker at "
              + servers
              + " does not answer ("
              + e.getCause().getClass().getSimpleName()
              + ")",
          e.getCause());
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
