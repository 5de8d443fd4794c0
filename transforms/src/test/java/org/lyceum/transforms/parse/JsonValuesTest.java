package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValuesTest {
  private final JsonTape tape = new JsonTape();
  private final JsonValues values = new JsonValues();

  @Property(seed = "8", tries = 3000)
  void numbersAreTheNearestDouble(@ForAll("numbers") BigDecimal number, @ForAll long spelling)
      throws UnreadableJsonException {
    String text = JsonModels.spell(number, new Random(spelling));
    read(text);
    double expected = Double.parseDouble(text);
    assertEquals(Double.isFinite(expected) ? expected : null, values.number(tape, 0), text);
  }

  @Provide
  Arbitrary<BigDecimal> numbers() {
    return Arbitraries.randomValue(JsonModels::number);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "-7, -7",
    "7.0, 7",
    "7e2, 700",
    "0e99999999, 0",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808"
  })
  void wholeNumbersAreLongs(String json, long expected) throws UnreadableJsonException {
    read(json);
    assertEquals(expected, values.integer(tape, 0));
    read('"' + json + " \"");
    assertEquals(expected, values.integer(tape, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7.5",
        "9223372036854775808",
        "1e999999999",
        "1e-99999",
        "NaN",
        "null",
        "true",
        "[7]",
        "\"\"",
        "\" \"",
        "\"7a\"",
        "\"7 7\"",
        "\"0x7\"",
        "\"7L\"",
        "\"null\"",
        "\"1e\"",
        "\".\""
      })
  void otherThingsAreNoLong(String json) throws UnreadableJsonException {
    read(json);
    assertNull(values.integer(tape, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999",
        "NaN",
        "-Infinity",
        "\"NaN\"",
        "\"Infinity\"",
        "\"1d\"",
        "\"0x1p3\"",
        "\"null\"",
        "null",
        "{}",
        "\"\""
      })
  void otherThingsAreNoNumber(String json) throws UnreadableJsonException {
    read(json);
    assertNull(values.number(tape, 0));
  }

  private void read(String json) throws UnreadableJsonException {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    tape.read(text, 0, text.length);
  }
}
