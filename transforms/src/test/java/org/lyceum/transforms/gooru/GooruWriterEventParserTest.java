package org.lyceum.transforms.gooru;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonModels;
import org.lyceum.transforms.parse.MessageCases;
import org.lyceum.transforms.parse.MessageCases.Told;
import org.lyceum.transforms.parse.RebuiltRecord;
import org.lyceum.transforms.parse.Verdict;

class GooruWriterEventParserTest {
  private static final String FOLDER = "gooru/writer_event";
  private static final String START =
      "{\"eventId\":\"e1\",\"eventName\":\"collection.start\",\"activityTime\":1484210000123,"
          + "\"collectionId\":\"c1\",\"context\":{\"collectionId\":\"c2\"}}";

  private final GooruWriterEventParser parser = new GooruWriterEventParser();
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
          record.put("eventName", "collection.start");
          record.put("activityTime", "1484210000123");
          record.put("collectionId", "12aef4JuLy30");
          record.remove("resourceId");
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
  void theKeyIsEventNameAndWhatItIsAbout() {
    EventKey key = new EventKey("gooru_writer_event");
    assertEquals(key.id("e1", "collection.start", "c1"), id(START));
    assertEquals(
        key.id("e1", "collection.start", "r1"),
        id(START.replace("\"collectionId\":\"c1\"", "\"resourceId\":\"r1\"")));
    assertEquals(id(START), id(START.replace("c2", "c3").replace("123", "124")));
    assertNotEquals(id(START), id(START.replace("collection.start", "usage.collection.start")));
  }

  @Test
  void withoutResourceAndCollectionThereIsNoKey() {
    for (String odd : List.of("null", "\" \"", "7")) {
      Verdict verdict = cases.one(START.replace("\"c1\"", odd)).verdict();
      assertEquals(FailureCode.NO_KEY, verdict.code(), odd);
    }
  }

  private Object id(String json) {
    return cases.one(json).columns().get("event_id");
  }
}
