package org.lyceum.transforms.io;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Settings of a client in, messages of one partition at a time, from any offset, out. Without a
 * consumer group: how far was read is the lake's to know. Reads committed messages only. Knows no
 * source. For one thread.
 */
public final class TopicConsumer implements AutoCloseable {
  /** A larger message is fetched all the same, alone. */
  private static final int FETCH_BYTES = 8 << 20;

  private final Consumer<byte[], byte[]> consumer;
  private TopicPartition assigned;
  private long position = -1;

  public TopicConsumer(Map<String, String> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
    all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Goes on reading a partition at an offset. */
  public void seek(TopicPartition partition, long offset) {
    if (!partition.equals(assigned)) {
      consumer.assign(List.of(partition));
      assigned = partition;
      position = -1;
    }
    if (offset != position) {
      consumer.seek(partition, offset);
      position = offset;
    }
  }

  /** The next messages; none when there are none within a moment, or the broker does not answer. */
  public ConsumerRecords<byte[], byte[]> poll(Duration moment) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(moment);
    position = consumer.position(assigned);
    return records;
  }

  /** Where the next poll begins: behind what the last one gave, and behind gaps. */
  public long position() {
    return position;
  }

  /** The first offset that the partition no longer has messages before, as of now. */
  public long end(TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).get(partition);
  }

  @Override
  public void close() {
    consumer.close(Duration.ofSeconds(1));
  }
}
