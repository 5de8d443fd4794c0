package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.lake.TopicModel.Message;
import org.lyceum.transforms.land.LakeInProcess;
import org.lyceum.transforms.parse.FailureCode;

/** Messages of a model in, batches as a worker makes them out: their rows stand in files. */
final class TopicBatches {
  static final Contract CONTRACT = Contracts.of("events.openstax_event");
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T22:30:00Z"), ZoneOffset.UTC);

  /** A variant whose minutes are more days than copies can lie apart. */
  static final int FAR = 30 * 24 * 60;

  private static final long FIRST_TIME =
      TimeUnit.SECONDS.toMicros(Instant.parse("2026-02-28T10:00:00Z").getEpochSecond());

  private final Table events;
  private final Table failedRecords;

  TopicBatches(LakeInProcess lake) {
    this.events = lake.table(CONTRACT.table());
    this.failedRecords = lake.table("ops.failed_record");
  }

  static RunInfo run(String id) {
    return new RunInfo(id, "ingest-kafka", "direct", 0, "test", null);
  }

  static StateBook.Key key(int partition) {
    return new StateBook.Key(
        CONTRACT.source(), LakeInProcess.FEED, Offsets.key(TopicModel.SERIES, partition));
  }

  static OffsetsCommit.Request request(
      RunInfo run, long number, long commits, boolean isFirst, int partitions) {
    Map<StateBook.Key, Long> starts = new TreeMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      starts.put(key(partition), 0L);
    }
    return new OffsetsCommit.Request(
        run, number, commits, isFirst, false, LakeInProcess.FEED, starts);
  }

  static CommitRequest.LeftOut leftOut(String delivery) {
    return new CommitRequest.LeftOut(
        new LogFile(delivery, 0, 0), FailureCode.FEWER_RECORDS, "The broker has lost its start.");
  }

  /** A batch that holds all there is of offsets [first, end). */
  OffsetBatch of(Map<Long, Message> messages, String runId, int partition, long first, long end) {
    List<Landed> landed = new ArrayList<>();
    for (boolean isToday : List.of(false, true)) {
      TreeMap<Long, Message> some = new TreeMap<>(messages);
      some.values().removeIf(message -> message.isToday() != isToday);
      if (!some.isEmpty()) {
        landed.add(landed(some, TopicModel.delivery(isToday), runId, partition));
      }
    }
    return new OffsetBatch(
        CONTRACT.source(),
        LakeInProcess.FEED,
        TopicModel.SERIES,
        "topic-id",
        partition,
        first,
        end,
        landed);
  }

  private Landed landed(
      NavigableMap<Long, Message> messages, String delivery, String runId, int partition) {
    List<Row> rows = new ArrayList<>();
    List<Row> failed = new ArrayList<>();
    messages.forEach(
        (at, message) -> {
          String position = Offsets.position(partition, at);
          if (message.event() == 0) {
            failed.add(failed(delivery, position, runId));
          } else {
            rows.add(event(message, delivery, position, runId));
          }
        });
    return new Landed(
        CONTRACT.source(),
        LakeInProcess.FEED,
        delivery,
        null,
        messages.firstKey(),
        new Offsets(messages.firstKey(), messages.lastKey() + 1),
        null,
        null,
        new Landed.Account(
            0,
            messages.size(),
            rows.size(),
            0,
            failed.isEmpty() ? Map.of() : Map.of("no_json", (long) failed.size())),
        null,
        null,
        rows.isEmpty() ? Map.of() : Map.of(CONTRACT.table(), List.of(write(events, rows))),
        failed.isEmpty() ? List.of() : List.of(write(failedRecords, failed)),
        List.of(),
        null);
  }

  private static DataFile write(Table table, List<Row> rows) {
    try {
      DataWriter<StructLike> writer =
          RowFiles.open(
              table,
              table.schema(),
              table.spec().isPartitioned() ? LakeInProcess.FEED : null,
              "batch");
      try (writer) {
        rows.forEach(writer::write);
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static UUID id(int event) {
    return UUID.nameUUIDFromBytes(("event " + event).getBytes(StandardCharsets.UTF_8));
  }

  static Row event(Message message, String delivery, String position, String runId) {
    // a copy that is sent again has another time, within what the contract says
    long time = FIRST_TIME + TimeUnit.MINUTES.toMicros(message.event() * 60L + message.variant());
    return new Books.Entry(CONTRACT)
        .set("event_id", id(message.event()))
        .set("occurred_at", time)
        .set("feed", LakeInProcess.FEED)
        .set("delivery", delivery)
        .set("position", position)
        .set("run_id", runId)
        .set("event_type", "nudged")
        .set("schema_version", "variant-" + message.variant())
        .row();
  }

  private static Row failed(String delivery, String position, String runId) {
    return new Books.Entry(Books.FAILED_RECORD)
        .set("source", CONTRACT.source())
        .set("feed", LakeInProcess.FEED)
        .set("delivery", delivery)
        .set("position", position)
        .set("run_id", runId)
        .set("stage", "parse")
        .set("code", "no_json")
        .set("message", "The message holds no JSON object.")
        .set("payload", ByteBuffer.wrap(new byte[] {1}))
        .set("payload_size_bytes", 1L)
        .row();
  }
}
