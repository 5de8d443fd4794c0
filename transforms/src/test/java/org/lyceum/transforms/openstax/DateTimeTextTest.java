package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "2024-02-05T09:06:42.345678Z, 1707124002.345678",
    "2024-02-05t09:06:42z, 1707124002",
    "2024-02-05 14:06:42+05:00, 1707124002",
    "2024-02-05T04:06:42.5-0500, 1707124002.5",
    "2024-02-05T09:06:42, 1707124002",
    "1969-12-31T23:59:59.9999999Z, -0.0000001"
  })
  void givesExactSeconds(String text, BigDecimal seconds) {
    assertEquals(0, seconds.compareTo(DateTimeText.seconds(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "2024-02-30T09:06:42Z",
        "2024-02-05T25:06:42Z",
        "2024-02-05",
        "1707124002",
        "2024-02-05T09:06:42+99:00",
        "2024-02-05T09:06:42Z "
      })
  void otherTextIsNoTime(String text) {
    assertNull(DateTimeText.seconds(text));
  }

  @Test
  void fractionsAreFloored() {
    assertEquals(42_345_000, DateTimeText.flooredMillis(new BigDecimal("42.345678")));
    assertEquals(-1_000, DateTimeText.flooredMillis(new BigDecimal("-0.0001")));
    assertEquals(-1, DateTimeText.micros(new BigDecimal("-0.0000001")));
  }
}
