package org.lyceum.transforms.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonModels;
import org.lyceum.transforms.parse.MessageCases;
import org.lyceum.transforms.parse.MessageCases.Told;
import org.lyceum.transforms.parse.OneRecordParser;
import org.lyceum.transforms.parse.RebuiltRecord;
import org.lyceum.transforms.parse.Verdict;

class ZoomParticipantSessionParserTest {
  static final String FOLDER = "zoom/participant_session";

  /** The meeting that all fixtures belong to, which began at 2024-02-05T15:00:00Z. */
  static final String MEETING_UUID = "aGVhZG1hc3RlcjQxMDEwMQ==";

  static final long MEETING_START = 1_707_145_200_000_000L;

  private static final String SESSION =
      "{\"user_id\":\"16778240\",\"join_time\":\"2024-02-05T15:00:05Z\"}";

  private final ZoomParticipantSessionParser parser = new ZoomParticipantSessionParser();
  private final MessageCases cases = cases(parser);

  static List<Path> fixtures() {
    return MessageCases.files(FOLDER);
  }

  static MessageCases cases(ZoomParticipantSessionParser parser) {
    return new MessageCases(
        new OneRecordParser(
            parser.contract(),
            parser.version(),
            (record, row) -> parser.parse(record, MEETING_UUID, MEETING_START, row)),
        FOLDER,
        (columns, original) -> rebuilt(parser, MessageCases.columns(columns)));
  }

  private static Object rebuilt(ZoomParticipantSessionParser parser, Map<String, Object> columns) {
    ZoomForm form =
        columns.get("form").toString().equals("report") ? ZoomForm.REPORT : ZoomForm.METRICS;
    return RebuiltRecord.of(form.of(parser.contract()), columns);
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
    assertEquals(record, rebuilt(parser, told.columns()), json);
  }

  /** Documented fields of both forms with values of every type, and others. */
  @Provide
  Arbitrary<Map<String, Object>> records() {
    return Arbitraries.randomValue(
        random -> {
          ZoomForm form = random.nextBoolean() ? ZoomForm.METRICS : ZoomForm.REPORT;
          Map<String, Object> record = RebuiltRecord.random(form.of(parser.contract()), random);
          record.put("user_id", "16778240");
          if (random.nextBoolean()) {
            record.put("join_time", "2024-02-05T15:00:05Z");
          } else {
            record.remove("join_time");
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
  void meetingUserAndJoinAreTheKeyInBothForms() {
    Object id = id(SESSION);
    assertEquals(
        new EventKey("zoom_participant_session")
            .id(MEETING_UUID, "16778240", "2024-02-05T15:00:05Z"),
        id);
    assertEquals(id, id(SESSION.replace("\"16778240\"", "16778240")));
    assertEquals(id, id(SESSION.replace("{", "{\"name\":\"Ada\",")));
    assertEquals(id, id(SESSION.replace("15:00:05Z", "10:00:05-05:00")));
    assertNotEquals(id, id(SESSION.replace("16778240", "16778241")));
    assertNotEquals(id, id(SESSION.replace(":05Z", ":06Z")));
    assertNotEquals(id, id("{\"user_id\":\"16778240\"}"));
  }

  @Test
  void withoutAnyTimeASessionFails() {
    byte[] session = "{\"user_id\":\"16778240\"}".getBytes(StandardCharsets.UTF_8);
    Verdict verdict = parser.parse(session, MEETING_UUID, null, Row.of(parser.contract()));
    assertEquals(FailureCode.NO_TIME, verdict.code());
    assertEquals(
        "The field join_time is left out, and the meeting has no start.", verdict.message());
  }

  @Test
  void placesBeginWithTheMeeting() {
    assertEquals("2024-02-05", ZoomPlaces.delivery(MEETING_START));
    String position =
        ZoomPlaces.sessionPosition(MEETING_UUID, "16778240", MEETING_START + 5_000_000);
    assertEquals(MEETING_UUID + ":16778240:2024-02-05T15:00:05Z", position);
    assertEquals(MEETING_UUID, ZoomPlaces.meetingUuid(position));
    assertEquals(MEETING_UUID, ZoomPlaces.meetingUuid(ZoomPlaces.meetingPosition(MEETING_UUID)));
    assertEquals(
        MEETING_UUID + ":16778240:", ZoomPlaces.sessionPosition(MEETING_UUID, "16778240", null));
  }

  private Object id(String json) {
    return cases.one(json).columns().get("event_id");
  }
}
