package org.lyceum.testdata;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.lyceum.testdata.JsonEventWriter.Written;
import org.lyceum.testdata.JsonMessageTruth.Count;
import picocli.CommandLine;

/**
 * A seed in, messages of KinesinLMS, Gooru and edX out, with planted copies, broken records and
 * messages that hold nothing; and the truth about those handed out so far. What a message holds is
 * decided before it is written, and nothing that was written is read. The same seed gives the same
 * messages.
 */
public final class JsonMessageGenerator implements Iterator<JsonMessage> {
  /** Monday, 15 January 2024, 00:00 UTC. */
  static final long STARTED = 1_705_276_800_000L;

  private static final int COPIES = 60;
  private static final int EQUALS = 30;
  private static final int BROKEN = 40;
  private static final int SKIPPED = 20;
  private static final int MOST_ELEMENTS = 8;

  /** A record's time is behind its message's by no more than a few minutes. */
  private static final long BETWEEN_MESSAGES = 1_700;

  private final long seed;
  private final long messages;
  private final JsonSource[] sources;
  private final Map<JsonSource, JsonEventWriter> writers = new EnumMap<>(JsonSource.class);
  private final Map<JsonSource, Count> counts = new EnumMap<>(JsonSource.class);
  private final Map<JsonSource, Long> numbers = new EnumMap<>(JsonSource.class);
  private final Dice dice = new Dice();
  private final JsonBytes out = new JsonBytes(1 << 16);

  private long next;
  private String topic;

  /**
   * @param messages of all sources together
   */
  public JsonMessageGenerator(long seed, long messages, Set<JsonSource> sources) {
    this.seed = seed;
    this.messages = messages;
    this.sources = sources.stream().sorted().toArray(JsonSource[]::new);
    for (JsonSource source : this.sources) {
      counts.put(source, new Count());
      numbers.put(source, 0L);
      writers.put(
          source,
          switch (source) {
            case KINESINLMS -> new KinesinlmsEventWriter(seed, STARTED);
            case GOORU_USAGE -> new GooruUsageEventWriter(seed, STARTED);
            case GOORU_WRITER -> new GooruWriterEventWriter(seed, STARTED);
            case EDX -> new EdxLineWriter(seed, messages);
          });
    }
  }

  /** Writes messages to a folder, to be looked at; see {@link GenerateJsonMessages}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GenerateJsonMessages()).execute(args));
  }

  @Override
  public boolean hasNext() {
    return next < messages && sources.length > 0;
  }

  /** What is true of the messages of a source that were handed out so far. */
  public JsonMessageTruth truth(JsonSource source) {
    return counts.get(source).truth();
  }

  @Override
  public JsonMessage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    dice.start(seed, next ^ 0x6d657373L);
    JsonSource source = sources[dice.below(sources.length)];
    Count count = counts.get(source);
    topic = source.topic();
    out.cut(0);
    count.message();
    boolean hasValue = true;
    if (dice.perMille(SKIPPED)) {
      count.skipped();
      hasValue = writeNothing(source);
    } else if (dice.perMille(BROKEN)) {
      count.failed(writeBroken(source));
    } else if (source == JsonSource.GOORU_USAGE && dice.perMille(750)) {
      writeArray(source);
    } else {
      writeRecord(source, false);
    }
    byte[] value = hasValue ? Arrays.copyOf(out.bytes(), out.size()) : null;
    String key = dice.perMille(100) ? null : "key-" + dice.below(16);
    long timestamp = STARTED + 600_000 + BETWEEN_MESSAGES * next++;
    return new JsonMessage(
        source, topic, key, timestamp, Map.of("producer", "lyceum-testdata"), value);
  }

  /** Whether there are any bytes at all. */
  private boolean writeNothing(JsonSource source) {
    switch (dice.below(4)) {
      case 0 -> {
        return false;
      }
      case 1 -> out.raw(" \n");
      case 2 -> out.raw(source == JsonSource.EDX ? "# rotated" : "[ ]");
      default -> {}
    }
    return true;
  }

  /** Writes a message that is one failed record; its code. */
  private String writeBroken(JsonSource source) {
    JsonEventWriter writer = writers.get(source);
    // Beyond the numbers of all events.
    long number = (MOST_ELEMENTS + 1) * messages + next;
    switch (dice.below(7)) {
      case 0 -> {
        out.raw("{\"username\": \"").raw(0xFF).raw("\"}");
        return "not_utf8";
      }
      case 1 -> {
        out.raw("Traceback (most recent call last):");
        return "no_json";
      }
      case 2 -> {
        writer.write(out, number, JsonBytes.Style.VARIED);
        out.cut(out.size() / 2);
        while ((out.bytes()[out.size()] & 0xC0) == 0x80) {
          out.cut(out.size() - 1);
        }
        return "truncated_json";
      }
      case 3 -> {
        writer.write(out, number, JsonBytes.Style.VARIED);
        out.raw(" {\"and\": \"more\"}");
        return "invalid_json";
      }
      case 4 -> {
        out.raw("{\"event\": ").raw("[".repeat(600)).raw("]".repeat(600)).raw("}");
        return "nesting_too_deep";
      }
      case 5 -> {
        writer.writeBadTime(out);
        return "bad_time";
      }
      default -> {
        writer.writeKeyless(out, number);
        return writer.keylessCode();
      }
    }
  }

  private void writeArray(JsonSource source) {
    out.raw('[');
    int elements = 1 + dice.below(MOST_ELEMENTS);
    for (int i = 0; i < elements; i++) {
      if (i > 0) {
        out.raw(", ");
      }
      if (dice.perMille(BROKEN)) {
        counts.get(source).failed(writeBrokenElement(source));
      } else {
        writeRecord(source, true);
      }
    }
    out.raw(']');
  }

  private String writeBrokenElement(JsonSource source) {
    JsonEventWriter writer = writers.get(source);
    switch (dice.below(3)) {
      case 0 -> {
        out.raw("null");
        return "bad_value";
      }
      case 1 -> {
        writer.writeBadTime(out);
        return "bad_time";
      }
      default -> {
        writer.writeKeyless(out, next);
        return writer.keylessCode();
      }
    }
  }

  /** Writes an event, or a copy of an earlier one. */
  private void writeRecord(JsonSource source, boolean isElement) {
    long there = numbers.get(source);
    int draw = dice.below(1000);
    boolean isCopy = there > 0 && draw < COPIES + EQUALS;
    JsonBytes.Style style =
        isCopy && draw < EQUALS ? JsonBytes.Style.VARIED : JsonBytes.Style.PYTHON_UTF8;
    Written written = writers.get(source).write(out, isCopy ? dice.below(there) : there, style);
    if (written.topic() != null && !isElement) {
      topic = written.topic();
    }
    if (!isCopy) {
      numbers.put(source, there + 1);
    }
    if (isCopy && !written.isItsPlace()) {
      counts.get(source).hiddenCopy();
    } else {
      counts.get(source).event(written.name());
    }
  }
}
