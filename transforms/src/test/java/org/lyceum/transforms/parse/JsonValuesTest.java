package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
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

  /** What is called whole gives the number back, digit by digit. */
  @Property(seed = "9", tries = 3000)
  void wholeNumbersAndDoublesGiveTheOriginalBack(
      @ForAll("numbers") BigDecimal number, @ForAll long spelling) throws UnreadableJsonException {
    String text = JsonModels.spell(number, new Random(spelling));
    read(text);
    Double value = values.number(tape, 0);
    boolean isSame =
        value != null && new BigDecimal(text).compareTo(new BigDecimal(value.toString())) == 0;
    assertEquals(isSame, values.isWhole(), text);
    Long whole = values.integer(tape, 0);
    assertEquals(whole != null, values.isWhole(), text);
    read('"' + text + '"');
    values.number(tape, 0);
    assertFalse(values.isWhole());
    values.integer(tape, 0);
    assertFalse(values.isWhole());
  }

  @Test
  void aNumberOfMillionsOfDigitsIsReadInTime() throws UnreadableJsonException {
    String zeros = "0".repeat(5_000_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          read("7." + zeros);
          assertEquals(7L, values.integer(tape, 0));
          read("1" + zeros);
          assertNull(values.integer(tape, 0));
          read(zeros.replace('0', '3'));
          assertNull(values.integer(tape, 0));
          assertNull(values.number(tape, 0));
          read("0." + zeros.replace('0', '3'));
          assertNull(values.integer(tape, 0));
          assertEquals(1.0 / 3, values.number(tape, 0));
          assertFalse(values.isWhole());
        });
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-05T09:06:05Z, 1707123965000000, true",
    "2024-02-05T09:06:05.756Z, 1707123965756000, true",
    "2024-02-05T09:06:05.756000Z, 1707123965756000, false",
    "2024-02-05T09:06:05.7567891Z, 1707123965756789, false",
    "2024-02-05T09:06:05+00:00, 1707123965000000, false",
    "2024-02-05T04:06:05-05:00, 1707123965000000, false",
    "' 2024-02-05T09:06:05Z', 1707123965000000, false",
    "noon, , false",
    "'', , false"
  })
  void timesAreWholeIfSpelledInUtc(String text, Long micros, boolean isWhole)
      throws UnreadableJsonException {
    read('"' + text + '"');
    assertEquals(micros, values.time(tape, 0));
    assertEquals(isWhole, values.isWhole());
  }

  private void read(String json) throws UnreadableJsonException {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    tape.read(text, 0, text.length);
  }
}
