package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OffsetsTest {
  @Test
  void aMessageBelongsToTheUtcDayOfItsTimestamp() {
    assertEquals("kafka/edx_tracking/2026-03-01", delivery("2026-03-01T00:00:00Z"));
    assertEquals("kafka/edx_tracking/2026-02-28", delivery("2026-02-28T23:59:59.999Z"));
  }

  private static String delivery(String instant) {
    return Offsets.delivery(
        "edx_tracking", TimeUnit.MILLISECONDS.toMicros(Instant.parse(instant).toEpochMilli()));
  }

  @Test
  void positionsSortAsTextAndGiveBackWhatTheyWereMadeOf() {
    assertTrue(Offsets.position(2, 99).compareTo(Offsets.position(10, 3)) < 0);
    assertTrue(Offsets.position(2, 99).compareTo(Offsets.position(2, 100)) < 0);
    String element = Offsets.element(Offsets.position(3, 42), 7);
    assertTrue(element.compareTo(Offsets.element(Offsets.position(3, 42), 11)) < 0);
    assertTrue(element.compareTo(Offsets.position(3, 43)) < 0);
    assertEquals(3, Offsets.partitionOf(element));
    assertEquals(42, Offsets.offsetOf(element));
  }

  @Test
  void theTopicIsReadFromItsDelivery() {
    assertEquals("a/b@2", Offsets.series("kafka/a/b@2/2026-03-01"));
    assertNull(Offsets.series("s3/bucket/nudged/2026-03-01"));
    assertNull(Offsets.series("kafka/2026-03-01"));
  }

  @Test
  void scopesAreWrittenAndRead() {
    Map<Integer, Offsets> ranges =
        new TreeMap<>(Map.of(1, new Offsets(3, 90), 0, new Offsets(12, 400)));
    assertEquals("offsets 0:[12,400) 1:[3,90)", Offsets.text(ranges));
    assertEquals(ranges, Offsets.parse(Offsets.text(ranges)));
    assertEquals(Map.of(), Offsets.parse("day"));
    assertEquals(Map.of(), Offsets.parse(null));
  }
}
