package org.lyceum.transforms.land;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.io.Broker;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.lake.Offsets;
import org.lyceum.transforms.lake.OffsetsCommit;
import org.lyceum.transforms.lake.StateBook;
import org.lyceum.transforms.parse.FailureCode;

/**
 * Topics as the broker has them and how far the lake holds them in; what to read out. Here the lake
 * is compared with the broker: a topic that was created again, and offsets that are gone, are
 * noticed before anything is read.
 */
public final class TopicPlan {
  private final Map<StateBook.Key, StateBook.Held> held;
  private final Broker broker;
  private final boolean replace;
  private final List<Partition> partitions = new ArrayList<>();

  /**
   * One partition of one topic.
   *
   * @param start where reading goes on: the lake's end, or the first offset of a new topic
   * @param expired offsets that were never read and are gone; null when there are none
   */
  public record Partition(
      Topic topic, int number, Broker.Partition now, long start, Offsets expired) {
    public StateBook.Key key() {
      return new StateBook.Key(topic.source(), topic.feed(), Offsets.key(topic.series(), number));
    }
  }

  /**
   * Looks at topics.
   *
   * @param topics with their own name as series and without id; the plan finds both
   * @param replace a topic that is another one begins a new series, lost offsets are passed over
   * @throws Refusal naming the first topic that is another one or has lost offsets
   */
  public static TopicPlan of(
      List<Topic> topics, Broker broker, Map<StateBook.Key, StateBook.Held> held, boolean replace) {
    TopicPlan plan = new TopicPlan(broker, held, replace);
    topics.forEach(plan::look);
    return plan;
  }

  private TopicPlan(Broker broker, Map<StateBook.Key, StateBook.Held> held, boolean replace) {
    this.broker = broker;
    this.held = held;
    this.replace = replace;
  }

  public List<Partition> partitions() {
    return partitions;
  }

  /** Where each partition begins, of which the lake holds nothing. */
  public Map<StateBook.Key, Long> starts() {
    Map<StateBook.Key, Long> starts = new TreeMap<>();
    partitions.forEach(partition -> starts.put(partition.key(), partition.start));
    return starts;
  }

  private void look(Topic topic) {
    Map<Integer, Broker.Partition> now = broker.partitions(topic.name());
    int number = seriesNumber(topic);
    String why = differs(topic, series(topic.name(), number), now);
    if (why != null) {
      if (!replace) {
        throw new Refusal(
            Exit.FAILED,
            "topic "
                + topic.name()
                + " is not the one that the lake holds: "
                + why
                + "; REPLACE=1 begins a new series "
                + series(topic.name(), number + 1)
                + " and keeps what is there");
      }
      number++;
    }
    String series = series(topic.name(), number);
    now.forEach((partition, state) -> add(topic, series, partition, state));
  }

  private void add(Topic topic, String series, int number, Broker.Partition now) {
    Topic found =
        new Topic(
            topic.source(),
            topic.format(),
            topic.feed(),
            topic.name(),
            series,
            now.topicId(),
            topic.consumer(),
            topic.registry());
    StateBook.Held there = held.get(key(found, number));
    if (there != null && now.first() > there.end()) {
      Offsets lost = new Offsets(there.end(), now.first());
      if (!replace) {
        throw new Refusal(
            Exit.FAILED,
            "topic "
                + topic.name()
                + " partition "
                + number
                + " no longer has the offsets "
                + lost.from()
                + " to "
                + (lost.to() - 1)
                + ", and the lake never had them: retention took them; REPLACE=1 goes on behind"
                + " them and leaves a failed record with the range");
      }
      partitions.add(new Partition(found, number, now, now.first(), lost));
      return;
    }
    partitions.add(
        new Partition(found, number, now, there == null ? now.first() : there.end(), null));
  }

  private static StateBook.Key key(Topic topic, int partition) {
    return new StateBook.Key(topic.source(), topic.feed(), Offsets.key(topic.series(), partition));
  }

  private static String series(String topic, int number) {
    return number == 1 ? topic : topic + "@" + number;
  }

  /** The number of the latest series that the lake has of a topic; 1 when it has none. */
  private int seriesNumber(Topic topic) {
    int latest = 1;
    for (StateBook.Key key : held.keySet()) {
      String series = key.key().substring(0, key.key().lastIndexOf('/'));
      if (key.source().equals(topic.source())
          && key.feed().equals(topic.feed())
          && series.startsWith(topic.name() + "@")) {
        latest = Math.max(latest, Integer.parseInt(series.substring(topic.name().length() + 1)));
      }
    }
    return latest;
  }

  /** Why the broker's topic is not the lake's series; null when it is. */
  private String differs(Topic topic, String series, Map<Integer, Broker.Partition> now) {
    for (Map.Entry<StateBook.Key, StateBook.Held> entry : held.entrySet()) {
      StateBook.Key key = entry.getKey();
      if (!key.source().equals(topic.source())
          || !key.feed().equals(topic.feed())
          || !key.key().substring(0, key.key().lastIndexOf('/')).equals(series)) {
        continue;
      }
      int partition = Integer.parseInt(key.key().substring(key.key().lastIndexOf('/') + 1));
      Broker.Partition there = now.get(partition);
      if (there == null) {
        return "it has no partition " + partition;
      }
      if (!there.topicId().equals(entry.getValue().topicId())) {
        return "it was deleted and created again (its id has changed)";
      }
      if (there.end() < entry.getValue().end()) {
        return "its partition "
            + partition
            + " ends at offset "
            + there.end()
            + " and the lake holds up to "
            + entry.getValue().end();
      }
    }
    return null;
  }

  /** What is there to read of each partition now, cut so that workers share it. */
  public List<TopicUnit> units(long unitOffsets) {
    List<TopicUnit> units = new ArrayList<>();
    for (Partition partition : partitions) {
      cut(
          partition.topic,
          partition.number,
          new Offsets(partition.start, Math.max(partition.start, partition.now.end())),
          unitOffsets,
          units);
    }
    return units;
  }

  private static void cut(
      Topic topic, int partition, Offsets range, long unitOffsets, List<TopicUnit> units) {
    for (long from = range.from(); from < range.to(); from += unitOffsets) {
      units.add(
          new TopicUnit(
              topic, partition, new Offsets(from, Math.min(range.to(), from + unitOffsets))));
    }
  }

  /**
   * Days that are to be read again.
   *
   * @param units what to read
   * @param rereading what to put it in the place of
   */
  public record Again(List<TopicUnit> units, OffsetsCommit.Rereading rereading) {}

  /**
   * Finds the offsets of days, as far as the lake holds them.
   *
   * @param from first UTC day
   * @param to last UTC day
   * @param tables event tables of the topics' sources
   */
  public Again again(
      LocalDate from, LocalDate to, Ledgers ledgers, List<String> tables, long unitOffsets) {
    Map<StateBook.Key, Offsets> ranges = new TreeMap<>();
    List<CommitRequest.LeftOut> refused = new ArrayList<>();
    List<TopicUnit> units = new ArrayList<>();
    for (Partition partition : partitions) {
      Offsets range = days(partition, from, to, ledgers.of(partition.topic.source()), refused);
      if (range == null) {
        continue;
      }
      ranges.put(partition.key(), range);
      long readable = Math.max(range.from(), partition.now.first());
      if (readable < range.to()) {
        cut(
            partition.topic,
            partition.number,
            new Offsets(readable, range.to()),
            unitOffsets,
            units);
      }
    }
    return new Again(units, new OffsetsCommit.Rereading(ranges, tables, refused, replace));
  }

  /** The books of a source. */
  public interface Ledgers {
    Ledger of(String source);
  }

  /**
   * From the first to the last offset of the days, by the broker's index of times and by what the
   * books say was read of them; cut at the lake's end.
   */
  private Offsets days(
      Partition partition,
      LocalDate from,
      LocalDate to,
      Ledger ledger,
      List<CommitRequest.LeftOut> refused) {
    StateBook.Held there = held.get(partition.key());
    if (there == null) {
      return null;
    }
    Set<Integer> number = Set.of(partition.number);
    Long first =
        broker.firstSince(partition.topic.name(), number, millis(from)).get(partition.number);
    Long behind =
        broker
            .firstSince(partition.topic.name(), number, millis(to.plusDays(1)))
            .get(partition.number);
    long start = first == null ? Long.MAX_VALUE : first;
    long end = first == null ? 0 : behind == null ? there.end() : behind;
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      String delivery = Offsets.delivery(partition.topic.series(), millis(day) * 1000);
      Offsets known = ledger.offsets(partition.topic.feed(), delivery).get(partition.number);
      if (known == null) {
        continue;
      }
      if (known.from() < partition.now.first() && !replace) {
        refused.add(
            new CommitRequest.LeftOut(
                new LogFile(delivery, 0, 0),
                FailureCode.FEWER_RECORDS,
                "partition "
                    + partition.number
                    + " now begins at offset "
                    + partition.now.first()
                    + " and the lake holds it from "
                    + known.from()
                    + " on; REPLACE=1 takes what is left"));
        continue;
      }
      start = Math.min(start, known.from());
      end = Math.max(end, known.to());
    }
    end = Math.min(end, there.end());
    return start < end ? new Offsets(start, end) : null;
  }

  private static long millis(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
