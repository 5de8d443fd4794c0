package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  @Property(seed = "1", tries = 3000)
  void everySpellingOfAValueHasOneForm(
      @ForAll("values") Object value, @ForAll long one, @ForAll long other)
      throws UnreadableJsonException {
    assertEquals(
        canonical(JsonModels.spell(value, new Random(one))),
        canonical(JsonModels.spell(value, new Random(other))));
  }

  @Property(seed = "2", tries = 3000)
  void theFormSpellsTheValue(@ForAll("values") Object value, @ForAll long spelling)
      throws UnreadableJsonException {
    String canonical = canonical(JsonModels.spell(value, new Random(spelling)));
    assertEquals(value, JsonModels.read(canonical));
    assertEquals(canonical, canonical(canonical));
  }

  @Provide
  Arbitrary<Object> values() {
    return JsonModels.values(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0.000, 0",
    "-0e99999999999999999999, 0",
    "1, 1",
    "1.0, 1",
    "1e0, 1",
    "0.1e1, 1",
    "100, 1e2",
    "1.50, 15e-1",
    "-0.0015, -15e-4",
    "1005.00, 1005",
    "10050E-2, 1005e-1",
    "1e+0005, 1e5",
    "10e-1, 1",
    "1e99999999999999999999, 1e99999999999999999999",
    "10e99999999999999999999, 1e100000000000000000000",
    "10e-100000000000000000000, 1e-99999999999999999999",
    "123456789012345678901234567890.10, 1234567890123456789012345678901e-1"
  })
  void numbersCountByTheirValue(String number, String canonical) throws UnreadableJsonException {
    assertEquals(canonical, canonical(number));
  }

  @Test
  void keysAreSortedByCodePointNotByUnit() throws UnreadableJsonException {
    assertEquals(
        "{\"\uffff\":2,\"\ud83d\ude00\":1}", canonical("{\"\ud83d\ude00\":1,\"\\uffff\":2}"));
  }

  @Test
  void aSurrogateOnItsOwnIsNotTheReplacementCharacter() throws UnreadableJsonException {
    assertEquals("\"\\ud83d\"", canonical("\"\\uD83D\""));
    assertNotEquals(canonical("\"\ufffd\""), canonical("\"\\uD83D\""));
  }

  @Test
  void manyKeysAreSortedLikeFew() throws UnreadableJsonException {
    StringBuilder keys = new StringBuilder("{\"k050\":0");
    StringBuilder sorted = new StringBuilder("{\"k000\":0");
    for (int i = 99; i >= 0; i--) {
      keys.append(String.format(",\"k%03d\":%d", i, i));
    }
    for (int i = 1; i < 100; i++) {
      sorted.append(String.format(",\"k%03d\":%d", i, i));
    }
    assertEquals(
        JsonModels.read(sorted + "}"), JsonModels.read(canonical(keys.append('}').toString())));
  }

  private static String canonical(String json) throws UnreadableJsonException {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    JsonTape tape = new JsonTape();
    tape.read(text, 0, text.length);
    ByteBuilder out = new ByteBuilder();
    CanonicalJson.append(tape, 0, out);
    return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }
}
