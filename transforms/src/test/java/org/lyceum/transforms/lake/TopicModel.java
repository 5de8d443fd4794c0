package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.lyceum.transforms.land.LakeInProcess;

/** What a topic holds and what the lake must hold of it, the slow way. */
final class TopicModel {
  static final String SERIES = "clicks";
  private static final int EVENTS = 25;

  /**
   * A message.
   *
   * @param event 0 for one that fails to parse
   * @param variant of the event's content
   */
  record Message(int event, int variant, boolean isToday) {
    String delivery() {
      return TopicModel.delivery(isToday);
    }
  }

  private final Map<Integer, TreeMap<Long, Message>> topic = new TreeMap<>();
  private final Map<Integer, TreeMap<Long, Message>> held = new TreeMap<>();
  private final Map<Integer, Long> ends = new TreeMap<>();
  private final TreeSet<String> leftOut = new TreeSet<>();

  static String delivery(boolean isToday) {
    return "kafka/" + SERIES + (isToday ? "/2026-03-01" : "/2026-02-28");
  }

  /** Offsets have gaps; the first are yesterday's, later ones mixed, because clocks differ. */
  void produce(int partition, long to, Random random) {
    TreeMap<Long, Message> messages = topic.computeIfAbsent(partition, any -> new TreeMap<>());
    long at = messages.isEmpty() ? 0 : messages.lastKey() + 1;
    for (; at < to; at++) {
      if (random.nextInt(8) > 0) {
        messages.put(
            at, new Message(random.nextInt(EVENTS), random.nextInt(2), random.nextInt(20) < at));
      }
    }
  }

  Map<Long, Message> topic(int partition, long from, long to) {
    return slice(topic.getOrDefault(partition, new TreeMap<>()), from, to);
  }

  static Map<Long, Message> slice(Map<Long, Message> messages, long from, long to) {
    return new TreeMap<>(new TreeMap<>(messages).subMap(from, to));
  }

  long end(int partition) {
    return ends.getOrDefault(partition, 0L);
  }

  void take(int partition, long from, long to) {
    held.computeIfAbsent(partition, any -> new TreeMap<>()).putAll(topic(partition, from, to));
    ends.put(partition, to);
  }

  /** The same messages through another parser: content differs, some fail or are gone. */
  Map<Long, Message> reparsed(int partition, long from, long to, boolean isLossy, Random random) {
    TreeMap<Long, Message> now = new TreeMap<>();
    topic(partition, from, to)
        .forEach(
            (at, message) -> {
              if (!isLossy || random.nextInt(6) > 0) {
                int event = random.nextInt(6) == 0 ? 0 : message.event();
                now.put(at, new Message(event, random.nextInt(2), message.isToday()));
              }
            });
    topic.get(partition).subMap(from, to).clear();
    topic.get(partition).putAll(now);
    return now;
  }

  /** Deliveries of which fewer records would be there afterwards. */
  Set<String> losing(Map<StateBook.Key, Offsets> ranges, Map<Integer, Map<Long, Message>> news) {
    Map<String, Integer> gain = new TreeMap<>();
    news.values()
        .forEach(
            now ->
                now.values().forEach(message -> gain.merge(message.delivery(), 1, Integer::sum)));
    ranges.forEach(
        (key, range) ->
            slice(held.get(partition(key)), range.from(), range.to())
                .values()
                .forEach(message -> gain.merge(message.delivery(), -1, Integer::sum)));
    gain.values().removeIf(more -> more >= 0);
    return gain.keySet();
  }

  private static int partition(StateBook.Key key) {
    return Integer.parseInt(key.key().substring(key.key().lastIndexOf('/') + 1));
  }

  void replace(
      Map<StateBook.Key, Offsets> ranges,
      Map<Integer, Map<Long, Message>> news,
      Set<String> refused) {
    ranges.forEach(
        (key, range) -> {
          TreeMap<Long, Message> messages = held.get(partition(key));
          messages
              .subMap(range.from(), range.to())
              .values()
              .removeIf(message -> !refused.contains(message.delivery()));
          news.get(partition(key))
              .forEach(
                  (at, message) -> {
                    if (!refused.contains(message.delivery())) {
                      messages.put(at, message);
                      leftOut.remove("left-out/" + message.delivery() + " ");
                    }
                  });
        });
    refused.forEach(delivery -> leftOut.add("left-out/" + delivery + " "));
  }

  /** One copy of an event. */
  private record Place(String delivery, String position, Message message) {
    @Override
    public String toString() {
      return delivery + " " + position;
    }
  }

  void check(LakeInProcess lake) throws IOException {
    Map<Integer, TreeMap<String, Place>> copies = new TreeMap<>();
    TreeSet<String> failed = new TreeSet<>(leftOut);
    Map<String, Long> accounts = new TreeMap<>();
    held.forEach(
        (partition, messages) ->
            messages.forEach(
                (at, message) -> {
                  Place place =
                      new Place(message.delivery(), Offsets.position(partition, at), message);
                  boolean isFailed = message.event() == 0;
                  accounts.merge(
                      (isFailed ? "failed_record " : TopicBatches.CONTRACT.name() + " ")
                          + message.delivery(),
                      1L,
                      Long::sum);
                  if (isFailed) {
                    failed.add(place.toString());
                  } else {
                    copies
                        .computeIfAbsent(message.event(), any -> new TreeMap<>())
                        .put(place.toString(), place);
                  }
                }));
    TreeSet<String> shown = new TreeSet<>();
    TreeSet<String> hidden = new TreeSet<>();
    copies
        .values()
        .forEach(
            places -> {
              Place first = places.firstEntry().getValue();
              shown.add(first + " variant-" + first.message.variant());
              places
                  .tailMap(first.toString(), false)
                  .values()
                  .forEach(
                      place ->
                          hidden.add(
                              place + " " + (place.message.variant() != first.message.variant())));
            });
    assertEquals(
        shown,
        lake.column(TopicBatches.CONTRACT.table(), "delivery", "position", "schema_version"),
        "what shows");
    assertEquals(
        hidden, lake.column("ops.duplicate", "delivery", "position", "is_conflict"), "hidden");
    assertEquals(failed, lake.column("ops.failed_record", "delivery", "position"), "failed");
    assertEquals(accounts, accounts(lake), "accounts");
    assertEquals(accounts, physical(lake), "rows in data files");
    assertEquals(
        ends.toString(),
        new TreeMap<>(
                StateBook.read(lake.catalog()).entrySet().stream()
                    .collect(
                        java.util.stream.Collectors.toMap(
                            entry -> partition(entry.getKey()), entry -> entry.getValue().end())))
            .toString(),
        "ends");
  }

  /** Written less taken, by table and delivery. */
  private static Map<String, Long> accounts(LakeInProcess lake) {
    Map<String, Long> accounts = new TreeMap<>();
    for (Record row : lake.read("ops.delivery")) {
      for (int sign : List.of(1, -1)) {
        Map<?, ?> counts = (Map<?, ?>) row.getField(sign > 0 ? "rows_written" : "rows_taken");
        counts.forEach(
            (table, count) ->
                accounts.merge(
                    table + " " + row.getField("delivery"), sign * (Long) count, Long::sum));
      }
    }
    accounts.values().removeIf(count -> count == 0);
    return accounts;
  }

  private static Map<String, Long> physical(LakeInProcess lake) throws IOException {
    Map<String, Long> rows = new TreeMap<>();
    for (String name : List.of(TopicBatches.CONTRACT.table(), "ops.failed_record")) {
      Table table = lake.table(name);
      List<FileScanTask> files = new ArrayList<>();
      try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
        tasks.forEach(files::add);
      }
      for (FileScanTask file : files) {
        try (CloseableIterable<StructLike> read =
            RowFiles.read(table, file.file(), table.schema().select("delivery"))) {
          for (StructLike row : read) {
            String delivery = row.get(0, CharSequence.class).toString();
            if (!delivery.startsWith(Ledger.LEFT_OUT)) {
              rows.merge(name.substring(name.indexOf('.') + 1) + " " + delivery, 1L, Long::sum);
            }
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return rows;
  }
}
