package org.lyceum.transforms.opencast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionWindowTest {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  @ParameterizedTest
  @CsvSource({
    // winter and summer
    "America/New_York, 2026-03-02T15:00:00Z, 2026-03-02T16:00:00Z, 20260302095959, 20260302110001",
    "America/New_York, 2026-07-02T15:00:00.5Z, 2026-07-02T16:00:00.5Z, 20260702105959,"
        + " 20260702120001",
    "UTC, 2026-03-02T00:00:00Z, 2026-03-03T00:00:00Z, 20260301235959, 20260303000001",
    // 1 November 2026: from 01:00 to 02:00 New York's clocks show every time twice
    "America/New_York, 2026-11-01T05:30:00Z, 2026-11-01T06:30:00Z, 20261101002959,"
        + " 20261101023001",
    "America/New_York, 2026-11-01T06:30:00Z, 2026-11-01T07:30:00Z, 20261101002959,"
        + " 20261101023001",
    "America/New_York, 2026-11-01T04:30:00Z, 2026-11-01T05:30:00Z, 20261101002959,"
        + " 20261101023001",
    // half an hour only
    "Australia/Lord_Howe, 2026-04-04T14:45:00Z, 2026-04-04T20:00:00Z, 20260405011459,"
        + " 20260405063001",
  })
  void aHostIsAskedForMore(String zone, Instant from, Instant to, String start, String end) {
    ActionWindow window = new ActionWindow(from, to);
    assertEquals(start, window.askedStart(ZoneId.of(zone)));
    assertEquals(end, window.askedEnd(ZoneId.of(zone)));
  }

  /** However a host reads local times that come twice, it is asked for all of the window. */
  @Property(tries = 300)
  void whatIsAskedHoldsTheWindow(
      @ForAll @LongRange(min = 1_793_491_200, max = 1_793_577_600) long from,
      @ForAll @IntRange(min = 1, max = 10_000) int seconds,
      @ForAll boolean isLater) {
    ZoneId zone = ZoneId.of("America/New_York");
    ActionWindow window =
        new ActionWindow(Instant.ofEpochSecond(from), Instant.ofEpochSecond(from + seconds));
    assertTrue(read(window.askedStart(zone), zone, isLater).isBefore(window.from()));
    assertTrue(read(window.askedEnd(zone), zone, isLater).isAfter(window.to()));
  }

  @Test
  void itIsHalfOpen() {
    Instant from = Instant.parse("2026-03-02T15:00:00Z");
    ActionWindow window = new ActionWindow(from, from.plusSeconds(60));
    assertTrue(window.holds(from));
    assertTrue(window.holds(from.plusSeconds(59)));
    assertFalse(window.holds(from.plusSeconds(60)));
    assertFalse(window.holds(from.minusMillis(1)));
  }

  @Test
  void itEndsAfterItStarts() {
    Instant now = Instant.EPOCH;
    assertThrows(IllegalArgumentException.class, () -> new ActionWindow(now, now));
  }

  private static Instant read(String text, ZoneId zone, boolean isLater) {
    ZonedDateTime time = ZonedDateTime.of(LocalDateTime.parse(text, LOCAL), zone);
    return (isLater ? time.withLaterOffsetAtOverlap() : time.withEarlierOffsetAtOverlap())
        .toInstant();
  }
}
