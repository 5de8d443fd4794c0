package org.lyceum.transforms.opencast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonModels;
import org.lyceum.transforms.parse.MessageCases;
import org.lyceum.transforms.parse.MessageCases.Told;
import org.lyceum.transforms.parse.OneRecordParser;
import org.lyceum.transforms.parse.RebuiltRecord;
import org.lyceum.transforms.parse.Verdict;

class OpencastActionParserTest {
  static final String FOLDER = "opencast/useraction";
  private static final String ACTION =
      "{\"id\":730001,\"created\":\"2024-02-05T09:06:05Z\",\"isPlaying\":1,"
          + "\"sessionId\":{\"userIp\":\"192.0.2.17\"}}";

  private final OpencastActionParser parser = new OpencastActionParser("engage.lyceum.example");
  private final MessageCases cases = cases(parser);

  static List<Path> fixtures() {
    return MessageCases.files(FOLDER);
  }

  static MessageCases cases(OpencastActionParser parser) {
    return new MessageCases(
        new OneRecordParser(
            parser.contract(),
            parser.version(),
            (record, row) -> parser.parse(record, 0, record.length, row)),
        FOLDER,
        (columns, original) -> rebuilt(parser, MessageCases.columns(columns)));
  }

  /** What isPlaying and userIp were, unless extra says so, and all else as always. */
  private static Object rebuilt(OpencastActionParser parser, Map<String, Object> columns) {
    Map<String, Object> record = new HashMap<>();
    ((Map<?, ?>) RebuiltRecord.of(parser.contract(), columns))
        .forEach((name, value) -> record.put((String) name, value));
    Object extra = columns.get("extra");
    Map<?, ?> kept = extra == null ? Map.of() : (Map<?, ?>) JsonModels.read(extra.toString());
    if (columns.get("is_live") != null && !kept.containsKey("/isPlaying")) {
      boolean isPlaying = (Boolean) columns.get("action_is_playing");
      record.put(
          "isPlaying",
          JsonModels.read(columns.get("is_live").equals(1) ? "2" : isPlaying ? "1" : "0"));
    }
    if (columns.get("ip") != null && !kept.containsKey("/sessionId/userIp")) {
      Map<String, Object> session = new HashMap<>();
      if (record.get("sessionId") instanceof Map<?, ?> rest) {
        rest.forEach((name, value) -> session.put((String) name, value));
      }
      Object proxies = columns.get("proxies");
      session.put("userIp", columns.get("ip") + (proxies == null ? "" : ", " + proxies));
      record.put("sessionId", session);
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
    assertEquals(record, rebuilt(parser, told.columns()), json);
  }

  /** Documented fields with values of every type, and others. */
  @Provide
  Arbitrary<Map<String, Object>> records() {
    return Arbitraries.randomValue(
        random -> {
          Map<String, Object> record = RebuiltRecord.random(parser.contract(), random);
          record.put("id", JsonModels.read("730001"));
          record.put("created", "2024-02-05T09:06:05Z");
          if (random.nextBoolean()) {
            record.put(
                "isPlaying",
                random.nextBoolean()
                    ? JsonModels.read(Integer.toString(random.nextInt(4)))
                    : JsonModels.value(random, 1));
          }
          if (record.get("sessionId") instanceof Map<?, ?> given) {
            Map<String, Object> session = new HashMap<>();
            given.forEach((name, value) -> session.put((String) name, value));
            session.put("userIp", addresses(random));
            record.put("sessionId", session);
          }
          return record;
        });
  }

  private static Object addresses(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> JsonModels.value(random, 1);
      case 1 -> "192.0.2.17, " + JsonModels.text(random) + ", 192.0.2.200";
      case 2 -> List.of(",", "192.0.2.17,", ", 192.0.2.200", "a, , b", " a").get(random.nextInt(5));
      default -> "192.0.2.17";
    };
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
  void feedAndIdAreTheKeyWhateverElseDiffers() {
    Object id = cases.one(ACTION).columns().get("event_id");
    assertEquals(new EventKey("opencast_useraction").id("engage.lyceum.example", "730001"), id);
    assertEquals(
        id,
        cases
            .one("{\"id\":\"730001\",\"created\":\"2025-01-01 00:00:00\"}")
            .columns()
            .get("event_id"));
    assertNotEquals(id, cases.one(ACTION.replace("730001", "730002")).columns().get("event_id"));
    assertNotEquals(
        id,
        cases(new OpencastActionParser("other.lyceum.example"))
            .one(ACTION)
            .columns()
            .get("event_id"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, 0",
    "1, true, 0",
    "1.0, true, 0",
    "2, true, 1",
    "3, null, null",
    "-1, null, null",
    "true, true, 0",
    "false, false, 0",
    "null, null, null",
    "'\"live\"', true, 1",
    "'\" Live \"', true, 1",
    "'\"true\"', true, 0",
    "'\"FALSE\"', false, 0",
    "'\"2\"', true, 1",
    "'\"null\"', null, null",
    "'\"later\"', null, null"
  })
  void everySpellingOfPlayingIsRead(String written, String isPlaying, String isLive) {
    Told told = cases.one(ACTION.replace("\"isPlaying\":1", "\"isPlaying\":" + written));
    assertEquals(isPlaying, told.text("action_is_playing"));
    assertEquals(isLive, told.text("is_live"));
  }

  @Test
  void aFailedActionKeepsItsTime() {
    Told told = cases.one(ACTION.replace("730001", "null"));
    assertEquals(
        Verdict.failedAt(
            1_707_123_965_000_000L,
            FailureCode.NO_KEY,
            "The field id is no whole number that can be a key."),
        told.verdict());
  }

  @Test
  void aMessageOfAFailureNamesNoValue() {
    Told told = cases.one("{\"id\":1,\"secret\":\"ada\u0001\"}");
    assertEquals(FailureCode.INVALID_JSON, told.verdict().code());
    assertEquals(
        "The JSON breaks the grammar, in or after a field without a column.",
        told.verdict().message());
  }

  @Test
  void aRecordIsReadWhereItLiesInItsBuffer() {
    byte[] page = ("[" + ACTION + "]").getBytes(StandardCharsets.UTF_8);
    Row row = Row.of(parser.contract());
    assertEquals(Verdict.PARSED, parser.parse(page, 1, page.length - 2, row));
    assertEquals(730001L, row.get(parser.contract().ordinal("action_id")));
  }

  @Test
  void placesSortLikeIdsAndDays() {
    assertEquals("actions/2024-02-05", OpencastPlaces.actionDelivery(1_707_123_965_000_000L));
    assertEquals("0000000000000730001", OpencastPlaces.actionPosition(730001));
    assertTrue(OpencastPlaces.actionPosition(99).compareTo(OpencastPlaces.actionPosition(100)) < 0);
    assertEquals(Long.toString(Long.MAX_VALUE), OpencastPlaces.actionPosition(Long.MAX_VALUE));
    assertEquals("1f0c", OpencastPlaces.episodePosition("1f0c"));
  }
}
