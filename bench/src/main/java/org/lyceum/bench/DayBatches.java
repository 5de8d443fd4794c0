package org.lyceum.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.lake.OffsetBatch;
import org.lyceum.transforms.lake.Offsets;
import org.lyceum.transforms.lake.RowFiles;
import org.lyceum.transforms.lake.StateBook;

/**
 * The number of a commit in; its batches out, as a stream's workers make them: a small file for
 * each partition, of messages that came evenly over the interval, some of them sent before.
 */
final class DayBatches {
  static final Contract CONTRACT = Contracts.of("events.kinesinlms_event");
  static final String FEED = "bench-day";
  static final int MESSAGES = 300;
  private static final String TOPIC = "kinesinlms_events";
  private static final int PARTITIONS = 3;
  private static final int COPY_EVERY = 50;

  private final Table table;
  private final String runId;
  private final long start;
  private final long intervalMicros;

  /**
   * The batches of one run.
   *
   * @param interval from a commit to the next
   */
  DayBatches(Table table, String runId, Instant start, Duration interval) {
    this.table = table;
    this.runId = runId;
    this.start = TimeUnit.MILLISECONDS.toMicros(start.toEpochMilli());
    this.intervalMicros = TimeUnit.MILLISECONDS.toMicros(interval.toMillis());
  }

  /** Offsets at which the partitions begin. */
  static Map<StateBook.Key, Long> starts() {
    Map<StateBook.Key, Long> starts = new TreeMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      starts.put(new StateBook.Key(CONTRACT.source(), FEED, Offsets.key(TOPIC, partition)), 0L);
    }
    return starts;
  }

  /** How many of the first messages are copies of earlier ones. */
  static long copies(long messages) {
    return messages / COPY_EVERY;
  }

  /**
   * The event that a message brings, by the number of the message that brought it first. Of a
   * hundred messages one repeats an event of a moment ago and one an event of half the day ago; of
   * a thousand one is a second copy.
   */
  static long event(long message) {
    if (message % COPY_EVERY != COPY_EVERY - 1) {
      return message;
    }
    if (message % 1_000 == 999) {
      return event(message - COPY_EVERY);
    }
    return message % 100 == 49 ? message - 37 : message / 2 - 1;
  }

  /** The batches of a commit; the first has number 0. */
  List<OffsetBatch> of(long commit) {
    List<OffsetBatch> batches = new ArrayList<>();
    long first = commit * MESSAGES / PARTITIONS;
    long end = (commit + 1) * MESSAGES / PARTITIONS;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      batches.add(
          new OffsetBatch(
              CONTRACT.source(),
              FEED,
              TOPIC,
              "simulated",
              partition,
              first,
              end,
              List.of(landed(partition, first, end))));
    }
    return batches;
  }

  private Landed landed(int partition, long first, long end) {
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    for (long offset = first; offset < end; offset++) {
      long at = at(event(message(partition, offset)));
      earliest = Math.min(earliest, at);
      latest = Math.max(latest, at);
    }
    // a delivery is named after the day on which its messages came, and that is one day
    String delivery = Offsets.delivery(TOPIC, at(message(0, first)));
    return new Landed(
        CONTRACT.source(),
        FEED,
        delivery,
        null,
        first,
        new Offsets(first, end),
        null,
        null,
        new Landed.Account(0, end - first, end - first, 0, Map.of()),
        earliest,
        latest,
        Map.of(CONTRACT.table(), List.of(write(delivery, partition, first, end))),
        List.of(),
        List.of(),
        null);
  }

  private static long message(int partition, long offset) {
    return offset * PARTITIONS + partition;
  }

  private long at(long event) {
    return start + event * intervalMicros / MESSAGES;
  }

  private DataFile write(String delivery, int partition, long first, long end) {
    Row row = Row.of(CONTRACT);
    set(row, "feed", FEED);
    set(row, "delivery", delivery);
    set(row, "run_id", runId);
    set(row, "generation", "current");
    set(row, "event_type", "kinesinlms.course.video.activity");
    set(row, "event_name", "kinesinlms.course.video.activity");
    set(row, "course_slug", "ALG1");
    set(row, "course_run", "2026");
    try {
      DataWriter<StructLike> writer =
          RowFiles.open(table, table.schema(), FEED, runId, end - first);
      try (writer) {
        for (long offset = first; offset < end; offset++) {
          long event = event(message(partition, offset));
          Random random = new Random(event);
          UUID id = new UUID(random.nextLong(), random.nextLong());
          set(row, "event_id", id);
          set(row, "uuid", id.toString());
          set(row, "occurred_at", at(event));
          set(row, "position", Offsets.position(partition, offset));
          set(row, "user", event % 5_000);
          set(row, "event_data_video_id", "v" + event % 100);
          writer.write(row);
        }
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void set(Row row, String column, Object value) {
    row.set(CONTRACT.ordinal(column), value);
  }
}
