package org.lyceum.stack;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** Topics that can be written to at once. */
public final class KafkaTopics {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private KafkaTopics() {}

  /**
   * Makes the topics, and returns when every partition is led. A broker names a new partition
   * before it leads it; a producer that writes in between is turned away, numbers its batches anew,
   * and may have every one of them refused from then on.
   */
  public static void create(Admin admin, Collection<NewTopic> topics) {
    get(admin.createTopics(topics).all());
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int number = 0; number < topic.numPartitions(); number++) {
        partitions.put(new TopicPartition(topic.name(), number), OffsetSpec.earliest());
      }
    }
    try {
      if (!Deadline.in(PATIENCE).await(() -> areLed(admin, partitions))) {
        throw new IllegalStateException("nobody leads the new partitions " + partitions.keySet());
      }
    } catch (EngineFailure e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Only a leader answers for offsets; the names first, as a broker that knows none complains. */
  private static boolean areLed(Admin admin, Map<TopicPartition, OffsetSpec> partitions) {
    try {
      get(
          admin
              .describeTopics(
                  partitions.keySet().stream().map(TopicPartition::topic).distinct().toList())
              .allTopicNames());
      get(admin.listOffsets(partitions).all());
      return true;
    } catch (RetriableException notYet) {
      return false;
    }
  }

  static void get(KafkaFuture<?> done) {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
