package org.lyceum.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DayBatchesTest {
  @Test
  void eventsAreAsManyAsMessagesLessCopies() {
    for (long messages : new long[] {1, 49, 50, 300, 5_000, 20_300}) {
      assertEquals(
          messages - DayBatches.copies(messages),
          LongStream.range(0, messages).map(DayBatches::event).distinct().count(),
          messages + " messages");
    }
  }

  @Test
  void aCopyRepeatsAnEventThatCameBefore() {
    assertEquals(12, DayBatches.event(49), "of a moment ago");
    assertEquals(1_997, DayBatches.event(1_997), "no copy");
    assertEquals(548, DayBatches.event(1_099), "of half the time ago");
    assertEquals(DayBatches.event(949), DayBatches.event(999), "a second copy");
  }
}
