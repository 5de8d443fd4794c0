package org.lyceum.transforms.kinesinlms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
import org.lyceum.transforms.parse.Message;
import org.lyceum.transforms.parse.MessageCases;
import org.lyceum.transforms.parse.MessageCases.Told;
import org.lyceum.transforms.parse.RebuiltRecord;
import org.lyceum.transforms.parse.Verdict;

class KinesinlmsEventParserTest {
  private static final String FOLDER = "kinesinlms/event";
  private static final String TIME = "2024-02-05T09:06:05.756647+00:00";
  private static final String UUID = "5f1d7a84-3f0b-4c8e-9d5e-2b6a1c0e4101";

  private final KinesinlmsEventParser parser = new KinesinlmsEventParser();
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
          record.remove("time");
          record.remove("uuid");
          if (random.nextBoolean()) {
            record.put("time", TIME);
          }
          if (random.nextBoolean()) {
            record.put("uuid", UUID);
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
  void aUuidIsTheKeyWhateverElseDiffers() {
    Object id = id("{\"uuid\":\"" + UUID + "\",\"user\":4101}");
    assertEquals(new EventKey("kinesinlms_event").id(UUID), id);
    assertEquals(id, id("{\"uuid\":\"" + UUID.toUpperCase(Locale.ROOT) + "\"}"));
    assertNotEquals(id, id("{\"uuid\":\"" + UUID.replace('5', '6') + "\"}"));
  }

  @Test
  void withoutUuidTheWholeRecordIsTheKey() {
    String time = "\"time\":\"" + TIME + "\"";
    Object id = id("{" + time + ",\"event_data\":{\"a\":1.0,\"b\":\"\\u0041\"}}");
    assertEquals(id, id("{\"event_data\": {\"b\": \"A\", \"a\": 1}, " + time + "}"));
    assertNotEquals(id, id("{\"event_data\": {\"b\": \"A\", \"a\": 2}, " + time + "}"));
  }

  @Test
  void aPayloadIsTheEventOfItsPlaceInTheStream() {
    byte[] payload = "{\"tracking_event_type\":\"video\"}".getBytes(StandardCharsets.UTF_8);
    Object id = idAt(3, 41, payload);
    assertEquals(new EventKey("kinesinlms_event").id("default", "events", "3", "41"), id);
    assertEquals(id, idAt(3, 41, payload));
    assertNotEquals(id, idAt(3, 42, payload));
    assertNotEquals(id, idAt(4, 41, payload));
  }

  @Test
  void payloadsOfOneArrayAreEventsOfTheirOwn() {
    List<Told> told = cases.tell(MessageCases.message("[{},{}]"));
    assertNotEquals(told.get(0).columns().get("event_id"), told.get(1).columns().get("event_id"));
  }

  @Test
  void aFailedRecordKeepsItsTime() {
    Told told = cases.one("{\"uuid\":7,\"time\":\"1970-01-01T00:00:01Z\"}");
    assertEquals(
        Verdict.failedAt(
            1_000_000, FailureCode.NO_KEY, "The field uuid is no text that can be a key."),
        told.verdict());
  }

  private Object id(String json) {
    return cases.one(json).columns().get("event_id");
  }

  private Object idAt(int partition, long offset, byte[] value) {
    Message here = MessageCases.message(value);
    Message there =
        new Message(
            here.feed(), here.topic(), partition, offset, here.timestamp(), Map.of(), value);
    return cases.tell(there).get(0).columns().get("event_id");
  }
}
