package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "2018-09-17T09:06:05.756647+00:00, 1537175165756647",
    "2018-12-11T07:27:28.015900357Z, 1544513248015900",
    "2013-12-17T15:38:32.805444, 1387294712805444",
    "2013-12-17T15:38:32, 1387294712000000",
    "2013-12-17 15:38:32+00:00, 1387294712000000",
    "2013-12-17t15:38:32.8z, 1387294712800000",
    "2015-04-14T20:42:49+0100, 1429040569000000",
    "2015-04-14T20:42:49+01, 1429040569000000",
    "2015-04-14T20:42:49-00:30, 1429045969000000"
  })
  void shapesThatOccur(String text, long micros) {
    assertEquals(micros, micros(text));
  }

  @Property(seed = "9")
  void agreesWithTheCalendar(
      @ForAll @LongRange(min = -62_135_500_000_000_000L, max = 253_402_200_000_000_000L)
          long expected,
      @ForAll @IntRange(min = -1400, max = 1400) int minutesEast) {
    ZoneOffset offset = ZoneOffset.ofHoursMinutes(minutesEast / 100, minutesEast % 100 % 60);
    LocalDateTime utc = LocalDateTime.of(1970, 1, 1, 0, 0).plus(expected, ChronoUnit.MICROS);
    String text =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'77'xxx")
            .format(utc.atOffset(ZoneOffset.UTC).withOffsetSameInstant(offset));
    assertEquals(expected, micros(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2018",
        "2018-09-17",
        "2018-09-17T09:06",
        "2018-09-17T09:06:05.",
        "2018-09-17T09:06:05.Z",
        "2018-09-17T09:06:05,123Z",
        "2018-09-17T09:06:60Z",
        "2018-09-17T24:00:00Z",
        "2018-13-17T09:06:05Z",
        "2018-00-17T09:06:05Z",
        "2018-02-29T09:06:05Z",
        "2100-02-29T09:06:05Z",
        "2018-09-31T09:06:05Z",
        "2018-09-17T09:06:05ZZ",
        "2018-09-17T09:06:05+",
        "2018-09-17T09:06:05+1",
        "2018-09-17T09:06:05+25:00",
        "2018-09-17T09:06:05+01:60",
        "2018-09-17T09:06:05+01:0",
        "2018-09-17T09:06:05 CET",
        "20180917T090605Z000",
        "0000-01-01T00:00:00Z",
        "17/Sep/2018:09:06:05"
      })
  void anythingElseIsNoTime(String text) {
    assertEquals(EventTime.NONE, micros(text));
  }

  private static long micros(String text) {
    byte[] bytes = ("9 " + text + " 9").getBytes(StandardCharsets.UTF_8);
    return EventTime.micros(bytes, 1, bytes.length - 1);
  }
}
