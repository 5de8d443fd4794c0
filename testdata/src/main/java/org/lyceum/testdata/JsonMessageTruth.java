package org.lyceum.testdata;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is true of the generated messages of one source, known because they were made so.
 *
 * @param messages how many there are
 * @param read records in them: elements of arrays, else messages
 * @param skipped messages that hold no record
 * @param failed records that must fail, by failure code; codes without a record are left out
 * @param parsed records that must parse: read = parsed + skipped + failed
 * @param events distinct events, which is the number of rows that a reader sees
 * @param hiddenCopies rows that no reader sees: parsed = events + hiddenCopies
 * @param eventsByName distinct events by event_name; the empty name is NULL
 */
public record JsonMessageTruth(
    long messages,
    long read,
    long skipped,
    SortedMap<String, Long> failed,
    long parsed,
    long events,
    long hiddenCopies,
    SortedMap<String, Long> eventsByName) {

  /** All records that must fail. */
  public long failedRecords() {
    return failed.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Counts while messages are made. */
  static final class Count {
    private long messages;
    private long skipped;
    private long events;
    private long hiddenCopies;
    private final SortedMap<String, Long> failed = new TreeMap<>();
    private final SortedMap<String, Long> eventsByName = new TreeMap<>();

    void message() {
      messages++;
    }

    void skipped() {
      skipped++;
    }

    void failed(String code) {
      failed.merge(code, 1L, Long::sum);
    }

    void event(String name) {
      events++;
      eventsByName.merge(name, 1L, Long::sum);
    }

    void hiddenCopy() {
      hiddenCopies++;
    }

    JsonMessageTruth truth() {
      long parsed = events + hiddenCopies;
      long failures = failed.values().stream().mapToLong(Long::longValue).sum();
      return new JsonMessageTruth(
          messages,
          parsed + skipped + failures,
          skipped,
          new TreeMap<>(failed),
          parsed,
          events,
          hiddenCopies,
          new TreeMap<>(eventsByName));
    }
  }
}
