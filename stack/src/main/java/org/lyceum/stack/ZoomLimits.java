package org.lyceum.stack;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** How many requests Zoom answers, by the server's clock: none are limited until told. */
final class ZoomLimits {
  private final InstantSource clock;
  private int perDay = Integer.MAX_VALUE;
  private int perSecond = Integer.MAX_VALUE;
  private LocalDate day = LocalDate.MIN;
  private long second = Long.MIN_VALUE;
  private int today;
  private int thisSecond;

  ZoomLimits(InstantSource clock) {
    this.clock = clock;
  }

  void perDay(int requests) {
    perDay = requests;
  }

  void perSecond(int requests) {
    perSecond = requests;
  }

  int perDay() {
    return perDay;
  }

  /**
   * Counts a request; the refusal if it is one too many.
   *
   * @param isHeavy reports and metrics count for the day, all count for the second
   */
  Optional<ZoomReply> refused(boolean isHeavy) {
    Instant now = clock.instant();
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      thisSecond = 0;
    }
    if (!LocalDate.ofInstant(now, ZoneOffset.UTC).equals(day)) {
      day = LocalDate.ofInstant(now, ZoneOffset.UTC);
      today = 0;
    }
    if (++thisSecond > perSecond) {
      return Optional.of(ZoomReply.perSecondLimit());
    }
    return isHeavy && ++today > perDay
        ? Optional.of(ZoomReply.dailyLimit(perDay, now))
        : Optional.empty();
  }
}
