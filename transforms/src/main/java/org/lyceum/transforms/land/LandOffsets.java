package org.lyceum.transforms.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.io.Broker;
import org.lyceum.transforms.io.TopicConsumer;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.lake.OffsetBatch;
import org.lyceum.transforms.lake.Offsets;
import org.lyceum.transforms.parse.Formats;
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.Verdict;

/**
 * Offsets of a partition in; rows and failed records in files, and their accounts by delivery, out.
 * Messages go from the broker to the files one by one: nothing waits in memory but what Parquet
 * writers hold. For one thread, which may read many partitions one after the other.
 */
final class LandOffsets implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofMillis(200);

  /** Deliveries with open writers; a topic's days follow each other, so few are written at once. */
  private static final int OPEN_DELIVERIES = 4;

  /** A batch ends by its size, long before a partition's backlog does. */
  private static final long MOST_EXPECTED = 250_000;

  private final RESTCatalog catalog;
  private final String runId;
  private final Map<String, MessageParser> parsers = new HashMap<>();
  private final Map<Map<String, String>, TopicConsumer> consumers = new HashMap<>();
  private final Map<Map<String, String>, Broker> brokers = new HashMap<>();

  LandOffsets(RESTCatalog catalog, String runId) {
    this.catalog = catalog;
    this.runId = runId;
  }

  /** How far the broker has messages of a partition. */
  long end(Topic topic, int partition) {
    return consumer(topic).end(new TopicPartition(topic.name(), partition));
  }

  /**
   * To be asked when messages were read: offsets do not tell one topic from another of its name.
   *
   * @throws Refusal where the topic is not the one that the plan saw
   */
  void requireSame(Topic topic) {
    String id = brokers.computeIfAbsent(topic.consumer(), Broker::new).topicId(topic.name());
    if (!id.equals(topic.id())) {
      throw new Refusal(
          Exit.FAILED,
          "topic "
              + topic.name()
              + " was deleted and created again while it was read; start again with REPLACE=1,"
              + " which begins a new series and keeps what is there");
    }
  }

  private TopicConsumer consumer(Topic topic) {
    return consumers.computeIfAbsent(topic.consumer(), TopicConsumer::new);
  }

  /**
   * Lands what lies from an offset on.
   *
   * @param mostBytes of messages; the batch ends with the one that reaches them
   * @return a batch that begins at {@code offsets.from()}, and ends at {@code offsets.to()} or
   *     earlier where it has reached its size
   */
  OffsetBatch land(Topic topic, int partition, Offsets offsets, long mostBytes) throws IOException {
    Batch batch =
        new Batch(topic, partition, Math.min(MOST_EXPECTED, offsets.to() - offsets.from()));
    try {
      TopicConsumer consumer = consumer(topic);
      TopicPartition at = new TopicPartition(topic.name(), partition);
      long end = offsets.from();
      while (end < offsets.to() && batch.bytes < mostBytes) {
        consumer.seek(at, end);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(MOMENT)) {
          if (record.offset() >= offsets.to() || batch.bytes >= mostBytes) {
            break;
          }
          batch.add(record);
          end = record.offset() + 1;
        }
        if (batch.bytes < mostBytes) {
          end = Math.min(offsets.to(), Math.max(end, consumer.position())); // behind gaps
        }
      }
      return batch.close(offsets.from(), end);
    } catch (InvalidOffsetException e) {
      batch.abandon();
      throw new Refusal(
          Exit.FAILED,
          topic
              + " partition "
              + partition
              + " no longer has all of "
              + offsets
              + ": its retention took them away, or it was created again; start again to see which",
          e);
    } catch (IOException | RuntimeException e) {
      batch.abandon();
      throw e;
    }
  }

  /** Removes the files of a batch that will not be committed. */
  void discard(OffsetBatch batch) {
    for (Landed landed : batch.landed()) {
      landed
          .rows()
          .forEach((table, files) -> files.forEach(file -> delete(Contracts.of(table), file)));
      landed.failed().forEach(file -> delete(FailedRows.CONTRACT, file));
    }
  }

  private void delete(Contract contract, DataFile file) {
    catalog.loadTable(contract.identifier()).io().deleteFile(file.location());
  }

  @Override
  public void close() {
    consumers.values().forEach(TopicConsumer::close);
    consumers.clear();
    brokers.values().forEach(Broker::close);
    brokers.clear();
  }

  /** One batch while it is written. */
  private final class Batch implements MessageParser.Verdicts {
    private final Topic topic;
    private final int partition;
    private final long expectedRows;
    private final MessageParser parser;
    private final DeliveryFiles.Worker worker = new DeliveryFiles.Worker(catalog, runId);
    private final Map<String, DeliveryFiles> deliveries = new TreeMap<>();
    private final Map<String, Offsets> offsets = new HashMap<>();
    private final LinkedHashMap<String, DeliveryFiles> open = new LinkedHashMap<>(8, 0.75f, true);
    private long bytes;
    private long records;
    private DeliveryFiles current;
    private String position;

    Batch(Topic topic, int partition, long expectedRows) {
      this.expectedRows = expectedRows;
      this.topic = topic;
      this.partition = partition;
      this.parser =
          parsers.computeIfAbsent(
              topic.format() + " " + topic.registry(),
              any -> Formats.messageParser(topic.format(), topic.registry()));
    }

    void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
      long timestamp = Math.max(0, TimeUnit.MILLISECONDS.toMicros(record.timestamp()));
      String delivery = Offsets.delivery(topic.series(), timestamp);
      offsets.merge(delivery, new Offsets(record.offset(), record.offset() + 1), Batch::upTo);
      current =
          deliveries.computeIfAbsent(
              delivery,
              name -> new DeliveryFiles(worker, topic.source(), topic.feed(), name, expectedRows));
      position = Offsets.position(partition, record.offset());
      int size = record.value() == null ? 0 : record.value().length;
      current.bytes(size);
      bytes += size + 1;
      records++;
      Map<String, byte[]> headers = new HashMap<>();
      for (Header header : record.headers()) {
        headers.put(header.key(), header.value());
      }
      parser.parse(
          new Message(
              topic.feed(),
              topic.series(),
              partition,
              record.offset(),
              timestamp,
              headers,
              record.value()),
          this);
      limitOpen(delivery);
    }

    private static Offsets upTo(Offsets sofar, Offsets more) {
      return new Offsets(sofar.from(), more.to());
    }

    private void limitOpen(String delivery) throws IOException {
      open.put(delivery, current);
      if (open.size() > OPEN_DELIVERIES) {
        Map.Entry<String, DeliveryFiles> eldest = open.entrySet().iterator().next();
        eldest.getValue().flush();
        open.remove(eldest.getKey());
      }
    }

    private String at(int index) {
      return index == MessageParser.WHOLE ? position : Offsets.element(position, index);
    }

    @Override
    public void parsed(int index, Contract contract, Row row) {
      try {
        current.parsed(contract, row, at(index));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void skipped(int index) {
      current.skipped();
    }

    @Override
    public void failed(int index, Verdict verdict, byte[] buffer, int offset, int length) {
      try {
        current.failed(at(index), verdict, buffer, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    OffsetBatch close(long first, long end) throws IOException {
      List<Landed> landed = new ArrayList<>();
      for (Map.Entry<String, DeliveryFiles> delivery : deliveries.entrySet()) {
        DeliveryFiles files = delivery.getValue();
        files.flush();
        landed.add(
            new Landed(
                topic.source(),
                topic.feed(),
                delivery.getKey(),
                null,
                first,
                offsets.get(delivery.getKey()),
                null,
                null,
                files.account(),
                files.first(),
                files.last(),
                files.rows(),
                files.failed(),
                List.of(),
                null));
      }
      Progress.add(bytes - records, records);
      return new OffsetBatch(
          topic.source(), topic.feed(), topic.series(), topic.id(), partition, first, end, landed);
    }

    void abandon() throws IOException {
      for (DeliveryFiles files : deliveries.values()) {
        files.abandon();
      }
    }
  }
}
