package org.lyceum.testdata;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What to generate for Opencast.
 *
 * @param firstDay of lectures and visits, in the zone
 * @param days how many
 * @param learners who come on seven days of ten
 * @param episodes that they watch, one of eight of which the host does not have
 * @param zone in which days begin, and in which the host writes its times
 */
public record OpencastOptions(
    long seed, LocalDate firstDay, int days, int learners, int episodes, ZoneId zone) {
  public OpencastOptions {
    if (days < 1 || learners < 1 || episodes < 1) {
      throw new IllegalArgumentException("days, learners and episodes begin at 1");
    }
  }

  /** Three days of five learners and eight episodes, one of each kind, in New York's spring. */
  public static OpencastOptions small(long seed) {
    return new OpencastOptions(
        seed, LocalDate.of(2026, 3, 2), 3, 5, 8, ZoneId.of("America/New_York"));
  }
}
