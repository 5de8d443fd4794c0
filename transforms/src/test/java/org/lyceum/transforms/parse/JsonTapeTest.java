package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTapeTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonTape tape = new JsonTape();

  @Property(seed = "3", tries = 3000)
  void nodesPointAtTheirText(@ForAll("values") Object value, @ForAll long spelling)
      throws UnreadableJsonException {
    String json = JsonModels.spell(value, new Random(spelling));
    byte[] text = ("x\"{ " + json + " }\"").getBytes(StandardCharsets.UTF_8);
    tape.read(text, 4, text.length - 3);
    assertEquals(value, JsonModels.read(slice(text, 0)));
    for (int node = 0; node < tape.after(0); node++) {
      if (!tape.isRewritten(node)) {
        JsonModels.read(slice(text, node));
      }
      assertEquals(
          JsonModels.read(slice(text, node)),
          JsonModels.read(new String(tape.jsonBytes(node), StandardCharsets.UTF_8)));
    }
  }

  @Test
  void aMemberIsFoundByItsName() throws UnreadableJsonException {
    byte[] text =
        "{\"a\":{\"b\":1},\"b\":2,\"\\u0063\":3,\"b\":4}".getBytes(StandardCharsets.UTF_8);
    tape.read(text, 0, text.length);
    assertEquals("4", slice(text, tape.member(0, "b")), "of repeated keys the last");
    assertEquals("3", slice(text, tape.member(0, "c")));
    assertEquals("1", slice(text, tape.member(tape.member(0, "a"), "b")));
    assertEquals(-1, tape.member(0, "d"));
    assertEquals(-1, tape.member(tape.member(0, "b"), "b"), "a number has no members");
  }

  @Property(seed = "4", tries = 3000)
  void acceptsWhatJacksonAccepts(
      @ForAll("values") Object value, @ForAll long spelling, @ForAll int at, @ForAll byte with) {
    byte[] text = JsonModels.spell(value, new Random(spelling)).getBytes(StandardCharsets.UTF_8);
    text[Math.floorMod(at, text.length)] = (byte) (with & 0x7F);
    String broken = new String(text, StandardCharsets.UTF_8);
    byte[] bytes = broken.getBytes(StandardCharsets.UTF_8);
    assertEquals(jacksonAccepts(broken), accepts(bytes), broken);
  }

  @Provide
  Arbitrary<Object> values() {
    return JsonModels.values(3);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\":1",
        "{\"a\":1.",
        "{\"a\":-",
        "{\"a\":1e",
        "{\"a\":1e+",
        "{\"a\":tr",
        "{\"a\":Infin",
        "{\"a\":-Inf",
        "{\"a\":[nul",
        "{\"a\":\"\\u00",
        "{\"a\":\"text",
        "{\"a\":1,",
        "{\"a\":1, ",
        "{\"a\":[{}, ",
        "{\"a",
        "{\"a\"",
        "{",
        "[1,"
      })
  void whatEndsTooEarlyIsTruncated(String json) {
    assertEquals(FailureCode.TRUNCATED_JSON, codeOf(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}}",
        "{\"a\":01}",
        "{\"a\":1..",
        "{\"a\":nope",
        "{\"a\":1e1.",
        "{\"a\" 1}",
        "{a:1}",
        "{,",
        "[1,,",
        "{\"a\":1,}",
        "{\"a\":'x'}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1} {\"b\":2}",
        "{\"a\":1}\u000b"
      })
  void whatBreaksTheGrammarIsInvalid(String json) {
    assertEquals(FailureCode.INVALID_JSON, codeOf(json));
  }

  @Test
  void nestingEndsAt512() {
    assertTrue(accepts(("[".repeat(512) + "]".repeat(512)).getBytes(StandardCharsets.UTF_8)));
    assertEquals(FailureCode.NESTING_TOO_DEEP, codeOf("[".repeat(513) + "]".repeat(513)));
  }

  @Test
  void ofRepeatedKeysTheLastCountsHoweverTheyAreSpelled() throws UnreadableJsonException {
    byte[] text = "{\"key\":[NaN],\"b\":2,\"k\\u0065y\":3}".getBytes(StandardCharsets.UTF_8);
    tape.read(text, 0, text.length);
    assertTrue(tape.isOverridden(1));
    assertEquals("{\"b\":2,\"key\":3}", new String(tape.jsonBytes(0), StandardCharsets.UTF_8));
  }

  @Test
  void longNamesTextsAndNumbersAreRead() {
    String json =
        "{\""
            + "n".repeat(60_000)
            + "\":[\""
            + "t".repeat(100_000)
            + "\",1"
            + "0".repeat(2000)
            + "]}";
    assertTrue(accepts(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aTapeIsAsGoodAfterAFailureAndALargeText() throws UnreadableJsonException {
    codeOf("{\"a\":[1,");
    byte[] large = ("[" + "0,".repeat(100_000) + "0]").getBytes(StandardCharsets.UTF_8);
    tape.read(large, 0, large.length);
    byte[] small = "{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8);
    tape.read(small, 0, small.length);
    assertEquals("a", tape.name(1));
    assertEquals(2, tape.after(0));
    assertFalse(tape.isRewritten(0));
  }

  private String slice(byte[] text, int node) {
    return new String(
        text, tape.start(node), tape.end(node) - tape.start(node), StandardCharsets.UTF_8);
  }

  private FailureCode codeOf(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return assertThrows(UnreadableJsonException.class, () -> tape.read(text, 0, text.length))
        .code();
  }

  private boolean accepts(byte[] text) {
    try {
      tape.read(text, 0, text.length);
      return true;
    } catch (UnreadableJsonException e) {
      return false;
    }
  }

  private static boolean jacksonAccepts(String json) {
    try {
      return !JACKSON.readTree(json).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
