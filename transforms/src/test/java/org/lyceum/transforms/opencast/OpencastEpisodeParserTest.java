package org.lyceum.transforms.opencast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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

/** A fixture is an object of the search's {@code result} and, where there is one, its workflow. */
class OpencastEpisodeParserTest {
  static final String FOLDER = "opencast/episode";
  private static final String EPISODE = "{\"id\":\"1f0c\",\"modified\":\"2024-02-05T09:06:05Z\"}";

  private final OpencastEpisodeParser parser = new OpencastEpisodeParser("engage.lyceum.example");
  private final MessageCases cases = cases(parser);

  static List<Path> fixtures() {
    return MessageCases.files(FOLDER);
  }

  static MessageCases cases(OpencastEpisodeParser parser) {
    return new MessageCases(
        new OneRecordParser(
            parser.contract(),
            parser.version(),
            (record, row) ->
                parser.parse(
                    OneRecordParser.member(record, "result"),
                    OneRecordParser.member(record, "workflow"),
                    row)),
        FOLDER,
        (columns, original) -> rebuilt(parser, MessageCases.columns(columns)));
  }

  private static Object rebuilt(OpencastEpisodeParser parser, Map<String, Object> columns) {
    Map<String, Object> record = new HashMap<>();
    record.put("result", RebuiltRecord.of(parser.contract(), columns));
    if (columns.get("workflow") != null) {
      record.put("workflow", JsonModels.read(columns.get("workflow").toString()));
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

  /** What columns are made from with values of every type, and others. */
  @Provide
  Arbitrary<Map<String, Object>> records() {
    return Arbitraries.randomValue(
        random -> {
          Map<String, Object> result = RebuiltRecord.random(parser.contract(), random);
          result.put("id", "1f0c");
          result.put("modified", "2024-02-05T09:06:05Z");
          for (String name : List.of("mediapackage", "dc", "dcTitle", "dcCreated", "dcIsPartOf")) {
            if (random.nextBoolean()) {
              result.put(name, episode(random));
            }
          }
          Map<String, Object> record = new HashMap<>(Map.of("result", result));
          if (random.nextBoolean()) {
            Object operations =
                random.nextBoolean() ? episode(random) : JsonModels.value(random, 2);
            Map<String, Object> workflow = new HashMap<>();
            workflow.put("operations", operations);
            record.put("workflow", workflow);
          }
          return record;
        });
  }

  private static Object episode(Random random) {
    if (random.nextInt(3) == 0) {
      return JsonModels.value(random, 2);
    }
    Map<String, Object> members = new HashMap<>();
    for (String name :
        List.of("title", "start", "created", "series", "isPartOf", "attachments", "operation")) {
      if (random.nextBoolean()) {
        members.put(name, JsonModels.value(random, 3));
      }
    }
    return members;
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
  void feedAndMpidAreTheKeyWhateverElseDiffers() {
    Object id = id(parser, EPISODE);
    assertEquals(new EventKey("opencast_episode").id("engage.lyceum.example", "1f0c"), id);
    assertEquals(id, id(parser, EPISODE.replace("2024", "2025")));
    assertNotEquals(id, id(parser, EPISODE.replace("1f0c", "1f0d")));
    assertNotEquals(id, id(new OpencastEpisodeParser("other.lyceum.example"), EPISODE));
  }

  @Test
  void aWorkflowThatCannotBeReadFailsTheEpisode() {
    byte[] cut = "{\"operations\":{\"operation\":[".getBytes(StandardCharsets.UTF_8);
    Verdict verdict =
        parser.parse(EPISODE.getBytes(StandardCharsets.UTF_8), cut, Row.of(parser.contract()));
    assertEquals(
        Verdict.failed(
            FailureCode.TRUNCATED_JSON,
            "The JSON ends before it is closed, in or after the field operations."),
        verdict);
  }

  private static Object id(OpencastEpisodeParser parser, String result) {
    return cases(parser).one("{\"result\":" + result + "}").columns().get("event_id");
  }
}
