package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.testdata.JsonMessage;
import org.lyceum.testdata.JsonMessageGenerator;
import org.lyceum.testdata.JsonMessageTruth;
import org.lyceum.testdata.JsonSource;

/** Generated messages earn the verdicts that their truth says, by parsers that do not know it. */
class GeneratedMessagesTest {
  private static final int MESSAGES = 20_000;

  @ParameterizedTest
  @EnumSource
  void verdictsAgreeWithTheTruth(JsonSource source) {
    JsonMessageGenerator generator =
        new JsonMessageGenerator(7, MESSAGES, EnumSet.allOf(JsonSource.class));
    Recount recount = new Recount(Formats.messageParser(source.table(), ""));
    while (generator.hasNext()) {
      JsonMessage message = generator.next();
      if (message.source() == source) {
        recount.count(message);
      }
    }
    JsonMessageTruth truth = generator.truth(source);
    assertEquals(truth, recount.truth());
    assertEquals(truth.read(), truth.parsed() + truth.skipped() + truth.failedRecords());
    assertEquals(truth.parsed(), truth.events() + truth.hiddenCopies());
    assertTrue(
        truth.events() > 1000
            && truth.hiddenCopies() > 100
            && truth.skipped() > 10
            && truth.failed().size() >= 6,
        () -> "everything occurs: " + truth);
  }

  private static final class Recount implements MessageParser.Verdicts {
    private final MessageParser parser;
    private final Set<Object> ids = new HashSet<>();
    private final SortedMap<String, Long> failed = new TreeMap<>();
    private final SortedMap<String, Long> eventsByName = new TreeMap<>();
    private long messages;
    private long parsed;
    private long skipped;

    Recount(MessageParser parser) {
      this.parser = parser;
    }

    void count(JsonMessage message) {
      parser.parse(
          new Message(
              "default",
              message.topic(),
              0,
              messages++,
              1000 * message.timestamp(),
              Map.of(),
              message.value()),
          this);
    }

    JsonMessageTruth truth() {
      long failures = failed.values().stream().mapToLong(Long::longValue).sum();
      return new JsonMessageTruth(
          messages,
          parsed + skipped + failures,
          skipped,
          failed,
          parsed,
          ids.size(),
          parsed - ids.size(),
          eventsByName);
    }

    @Override
    public void parsed(int index, Contract contract, Row row) {
      parsed++;
      if (ids.add(row.get(contract.ordinal("event_id")))) {
        Object name = row.get(contract.ordinal("event_name"));
        eventsByName.merge(name == null ? "" : name.toString(), 1L, Long::sum);
      }
    }

    @Override
    public void skipped(int index) {
      skipped++;
    }

    @Override
    public void failed(int index, Verdict verdict, byte[] buffer, int offset, int length) {
      failed.merge(verdict.code().code(), 1L, Long::sum);
    }
  }
}
