package org.lyceum.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values within lists, maps and rows, whose types JDBC forgets. */
class PlainValueTest {
  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void restoreTimeZone() {
    TimeZone.setDefault(before);
  }

  @Test
  void aTimeWithZoneInAListIsUtcWhereverTheMachineStands() throws Exception {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    assertEquals(
        List.of("2026-01-02 03:04:05.123400 UTC"),
        PlainValue.of(
            List.of(Timestamp.from(Instant.parse("2026-01-02T03:04:05.123400Z"))),
            "array(timestamp(6) with time zone)"));
  }

  @Test
  void aTimeWithoutZoneStaysWithout() throws Exception {
    assertEquals(
        Map.of("2026-01-02 03:04:05", List.of("2026-01-02 03:04:05.100")),
        PlainValue.of(
            Map.of(
                Timestamp.valueOf(LocalDateTime.parse("2026-01-02T03:04:05")),
                List.of(Timestamp.valueOf(LocalDateTime.parse("2026-01-02T03:04:05.1")))),
            "map(timestamp(0), array(timestamp(3)))"));
  }

  @Test
  void bytesAreHexadecimal() throws Exception {
    assertEquals(
        List.of("0aff"), PlainValue.of(List.of(new byte[] {10, (byte) 255}), "array(varbinary)"));
  }

  @Test
  void aTypeIsPartedAtItsOuterCommas() {
    assertEquals(
        List.of("a decimal(7,2)", "b c array(row(x bigint, y double))"),
        PlainValue.arguments("row(a decimal(7,2),b c array(row(x bigint, y double)))"));
  }
}
