package org.lyceum.transforms.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
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
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.EventTime;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonModels;
import org.lyceum.transforms.parse.MessageCases;
import org.lyceum.transforms.parse.MessageCases.Told;
import org.lyceum.transforms.parse.OneRecordParser;
import org.lyceum.transforms.parse.RebuiltRecord;
import org.lyceum.transforms.parse.Verdict;

/**
 * A fixture is an object of the {@code meeting}, its {@code series} where the listing was asked,
 * and {@code first_join} where somebody joined.
 */
class ZoomMeetingParserTest {
  static final String FOLDER = "zoom/meeting";
  private static final String MEETING =
      "{\"meeting\":{\"uuid\":\"/abc//d+e==\",\"start_time\":\"2024-02-05T15:00:00Z\"}}";

  private final ZoomMeetingParser parser = new ZoomMeetingParser();
  private final MessageCases cases = cases(parser);

  static List<Path> fixtures() {
    return MessageCases.files(FOLDER);
  }

  static MessageCases cases(ZoomMeetingParser parser) {
    return new MessageCases(
        new OneRecordParser(
            parser.contract(),
            parser.version(),
            (record, row) ->
                parser.parse(
                    OneRecordParser.member(record, "meeting"),
                    OneRecordParser.member(record, "series"),
                    firstJoin(OneRecordParser.member(record, "first_join")),
                    row)),
        FOLDER,
        (columns, original) -> rebuilt(parser, MessageCases.columns(columns), original));
  }

  private static Long firstJoin(byte[] quoted) {
    return quoted == null ? null : (Long) EventTime.micros(quoted, 1, quoted.length - 1);
  }

  private static Object rebuilt(
      ZoomMeetingParser parser, Map<String, Object> columns, Object original) {
    Map<String, Object> record = new HashMap<>();
    ZoomForm form =
        columns.get("form").toString().equals("report") ? ZoomForm.REPORT : ZoomForm.METRICS;
    record.put("meeting", RebuiltRecord.of(form.of(parser.contract()), columns));
    if (columns.get("series") != null) {
      record.put("series", JsonModels.read(columns.get("series").toString()));
    }
    Object firstJoin = ((Map<?, ?>) original).get("first_join");
    if (firstJoin != null) {
      record.put("first_join", firstJoin); // what sessions say stands in their rows
    }
    return record;
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

  @Property(seed = "21", tries = 1000)
  void theOriginalOfAnyRecordCanBeRebuilt(
      @ForAll("records") Map<String, Object> record, @ForAll long spelling) {
    String json = JsonModels.spell(record, new Random(spelling));
    Told told = cases.one(json);
    assertEquals(Verdict.PARSED, told.verdict(), json);
    assertEquals(record, rebuilt(parser, told.columns(), record), json);
  }

  /** Documented fields of both forms with values of every type, and others. */
  @Provide
  Arbitrary<Map<String, Object>> records() {
    return Arbitraries.randomValue(
        random -> {
          ZoomForm form = random.nextBoolean() ? ZoomForm.METRICS : ZoomForm.REPORT;
          Map<String, Object> meeting = RebuiltRecord.random(form.of(parser.contract()), random);
          meeting.put("uuid", "/abc//d+e==");
          meeting.put("start_time", "2024-02-05T15:00:00Z");
          Map<String, Object> record = new HashMap<>(Map.of("meeting", meeting));
          if (random.nextBoolean()) {
            record.put("series", new HashMap<>(Map.of("topic", JsonModels.text(random))));
          }
          return record;
        });
  }

  @Test
  void rowsDoNotChangeWithoutTheVersion() throws IOException {
    cases.rowsDoNotChangeWithoutTheVersion();
  }

  @Test
  void nothingStaysFromOneRecordToTheNext() throws IOException {
    cases.nothingStaysFromOneMessageToTheNext();
  }

  @Test
  void theUuidIsTheKeyInBothForms() {
    Object id = cases.one(MEETING).columns().get("event_id");
    assertEquals(new EventKey("zoom_meeting").id("/abc//d+e=="), id);
    assertEquals(
        id,
        cases
            .one(MEETING.replace("{\"uuid\"", "{\"user_email\":\"\",\"uuid\""))
            .columns()
            .get("event_id"));
    assertNotEquals(id, cases.one(MEETING.replace("abc", "ABC")).columns().get("event_id"));
  }

  @Test
  void aFailedMeetingKeepsItsTime() {
    Told told = cases.one(MEETING.replace("\"/abc//d+e==\"", "7"));
    assertEquals(
        Verdict.failedAt(
            1_707_145_200_000_000L,
            FailureCode.NO_KEY,
            "The field uuid is no text that can be a key."),
        told.verdict());
  }

  @ParameterizedTest
  @CsvSource({
    "16:08, 968",
    "01:02:03, 3723",
    "75:10, 4510",
    "100:00:00, 360000",
    "00:00, 0",
    "'  16:08 ', 968",
    "62, 62",
    "1.5 minutes, 90",
    "32m, 1920",
    "2h32m, 9120",
    "1w3d2h32m5s, 873125",
    "'1 hr, 2 mins', 3720",
    "'2 hours 3 minutes 4 seconds', 7384",
    "16:8, ",
    "an hour, ",
    "-5, ",
    "1:2:3:4, ",
    "'', "
  })
  void durationsAreReadAsPeopleAndZoomWriteThem(String written, Long seconds) {
    assertEquals(seconds, ReportedDuration.seconds(written, ZoomForm.METRICS));
  }

  @Test
  void numbersOfReportsAreMinutes() {
    assertEquals(3720L, ReportedDuration.seconds("62", ZoomForm.REPORT));
    assertEquals(968L, ReportedDuration.seconds("16:08", ZoomForm.REPORT));
  }
}
