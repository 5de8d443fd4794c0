package org.lyceum.transforms.gooru;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonModels;
import org.lyceum.transforms.parse.MessageCases;
import org.lyceum.transforms.parse.MessageCases.Told;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.RebuiltRecord;
import org.lyceum.transforms.parse.Verdict;

class GooruUsageEventParserTest {
  private static final String FOLDER = "gooru/usage_event";
  private static final String PLAY =
      "{\"eventId\":\"e1\",\"eventName\":\"collection.play\",\"endTime\":1484210000123,"
          + "\"context\":{\"type\":\"start\",\"contentGooruId\":\"c1\"}}";

  private final GooruUsageEventParser parser = new GooruUsageEventParser();
  private final MessageCases cases = new MessageCases(parser, FOLDER);

  static List<Path> fixtures() {
    return MessageCases.files(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void provesWhatItsNameSays(Path fixture) throws IOException {
    cases.provesWhatItsNameSays(fixture);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theOriginalCanBeRebuilt(Path fixture) throws IOException {
    cases.canBeRebuilt(fixture);
  }

  @Property(seed = "21", tries = 4000)
  void theOriginalOfAnyRecordCanBeRebuilt(
      @ForAll("records") Map<String, Object> record, @ForAll long spelling) {
    String json = JsonModels.spell(record, new Random(spelling));
    Told told = cases.one(json);
    assertEquals(Verdict.PARSED, told.verdict(), json);
    assertEquals(record, RebuiltRecord.of(parser.contracts().get(0), told.columns()), json);
  }

  /** Documented fields with values of every type, and others. */
  @Provide
  Arbitrary<Map<String, Object>> records() {
    return Arbitraries.randomValue(
        random -> {
          Map<String, Object> record = RebuiltRecord.random(parser.contracts().get(0), random);
          record.put("eventId", "M1k344e1-4101");
          record.put("eventName", "collection.play");
          record.put("endTime", new BigDecimal("1484210000123.5"));
          if (record.get("context") instanceof Map<?, ?> given) {
            Map<String, Object> context = new HashMap<>();
            given.forEach((name, value) -> context.put((String) name, value));
            context.put("type", "start");
            context.put("contentGooruId", random.nextBoolean() ? "" : null);
            record.put("context", context);
          }
          return record;
        });
  }

  @Test
  void rowsDoNotChangeWithoutTheVersion() throws IOException {
    cases.rowsDoNotChangeWithoutTheVersion();
  }

  @Test
  void nothingStaysFromOneMessageToTheNext() throws IOException {
    cases.nothingStaysFromOneMessageToTheNext();
  }

  @Test
  void theKeyIsEventNameTypeAndContent() {
    Object id = id(PLAY);
    assertEquals(new EventKey("gooru_usage_event").id("e1", "collection.play", "start", "c1"), id);
    assertEquals(id, id(PLAY.replace("1484210000123", "1484210000124")));
    for (String part : List.of("e1", "collection.play", "start", "c1")) {
      assertNotEquals(id, id(PLAY.replace(part, part + "x")), part);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"e1", "collection.play", "start", "c1"})
  void whatIsNoTextIsNoKey(String part) {
    String quoted = '"' + part + '"';
    for (String odd : List.of("7", "{}", "true", "\"a\\u0000b\"", "\"\\ud800\"")) {
      Told told = cases.one(PLAY.replace(quoted, odd));
      assertEquals(FailureCode.NO_KEY, told.verdict().code(), odd);
      assertEquals(1484210000123000L, told.verdict().occurredAt());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1484210000123, 1484210000123000",
    "'\"1484210000123\"', 1484210000123000",
    "1.484210000123e12, 1484210000123000",
    "1484210000123.4567, 1484210000123456",
    "-0.0001, -1",
    "0, 0"
  })
  void timesAreMilliseconds(String written, long micros) {
    assertEquals(
        micros, cases.one(PLAY.replace("1484210000123", written)).columns().get("occurred_at"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2017-01-12T08:33:20Z\"",
        "true",
        "[]",
        "{}",
        "NaN",
        "1e999999999",
        "1e-999999999",
        "253402300800000",
        "\"now\""
      })
  void whatIsNoTimeFails(String written) {
    Told told = cases.one(PLAY.replace("1484210000123", written));
    assertEquals(FailureCode.BAD_TIME, told.verdict().code());
    assertEquals("No time can be read from the field endTime.", told.verdict().message());
  }

  /** What one array may be: the broker's limit is raised to it. */
  @Test
  void aMessageOfTwentyMegabytesIsRead() {
    String pad = "\"pad\":\"" + "x".repeat(2_000) + "\"";
    StringBuilder array = new StringBuilder("[");
    int count = 0;
    while (array.length() < 20 << 20) {
      String play = PLAY.replace("e1", "e" + count);
      array.append(count == 0 ? "" : ",").append(play, 0, play.length() - 1);
      array.append(',').append(pad).append('}');
      count++;
    }
    int[] parsed = new int[1];
    parser.parse(
        MessageCases.message(array.append(']').toString()),
        new MessageParser.Verdicts() {
          @Override
          public void parsed(int index, Contract contract, Row row) {
            assertEquals(parsed[0]++, index);
          }

          @Override
          public void skipped(int index) {
            throw new AssertionError(index);
          }

          @Override
          public void failed(int index, Verdict verdict, byte[] buffer, int offset, int length) {
            throw new AssertionError(verdict);
          }
        });
    assertEquals(count, parsed[0]);
  }

  @Test
  void anObjectOfTwentyMegabytesIsRead() {
    String pad =
        "\"pad\":[" + "\"abcdefghijklmn\",".repeat(1_200_000) + "9" + "0".repeat(1 << 20) + "]";
    Told told = cases.one(PLAY.substring(0, PLAY.length() - 1) + "," + pad + "}");
    assertEquals(Verdict.PARSED, told.verdict());
    assertEquals("{\"/pad\":" + pad.substring(6) + "}", told.text("extra"));
  }

  private Object id(String json) {
    return cases.one(json).columns().get("event_id");
  }
}
