package org.lyceum.transforms.opencast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

class ActionPlanTest {
  private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Optional<Instant> NONE = Optional.empty();

  private static ActionPlan.Asked asked(String from, String to, Duration mostSpan) {
    return new ActionPlan.Asked(
        from == null ? null : Instant.parse(from),
        to == null ? null : Instant.parse(to),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
        DAY,
        mostSpan);
  }

  private static ActionWindow window(String from, String to) {
    return new ActionWindow(Instant.parse(from), Instant.parse(to));
  }

  @Test
  void withoutFromItGoesOnWhereTheLakeEndsAndALittleBefore() {
    ActionPlan plan =
        ActionPlan.of(asked(null, null, null), NOW, Optional.of(NOW.minusSeconds(120)), NONE);
    assertEquals(
        List.of(window("2026-03-05T11:48:00Z", "2026-03-05T12:00:00Z")), plan.windows());
    assertTrue(plan.isNewWatermark());
  }

  @Test
  void withoutAWatermarkItBeginsWhereTheOtherHarvesterEndedOrAnIntervalAgo() {
    assertEquals(
        List.of(window("2026-03-05T11:58:00Z", "2026-03-05T12:00:00Z")),
        ActionPlan.of(asked(null, null, null), NOW, NONE, NONE).windows());
    assertEquals(
        List.of(window("2026-03-05T11:00:00Z", "2026-03-05T12:00:00Z")),
        ActionPlan.of(
                asked(null, null, null), NOW, NONE, Optional.of(NOW.minus(Duration.ofHours(1))))
            .windows());
  }

  @Test
  void whatIsLongIsSplitAtTheEndsOfDays() {
    ActionPlan plan =
        ActionPlan.of(asked("2026-03-03T10:00:00Z", null, null), NOW, Optional.of(NOW), NONE);
    assertEquals(
        List.of(
            window("2026-03-03T10:00:00Z", "2026-03-04T00:00:00Z"),
            window("2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z"),
            window("2026-03-05T00:00:00Z", "2026-03-05T12:00:00Z")),
        plan.windows());
  }

  @Test
  void itNeverEndsAfterTheHostsOwnTime() {
    ActionPlan plan =
        ActionPlan.of(
            asked("2026-03-05T10:00:00Z", "2026-03-09T00:00:00Z", null), NOW, NONE, NONE);
    assertEquals(
        List.of(window("2026-03-05T10:00:00Z", "2026-03-05T12:00:00Z")), plan.windows());
    assertTrue(plan.isNewWatermark());
    assertFalse(
        ActionPlan.of(
                asked("2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z", null), NOW, NONE, NONE)
            .isNewWatermark(),
        "what lies after it was not harvested");
  }

  /** The old harvester took 25 hours for one. */
  @Test
  void aSpanThatIsLongerThanMayBeIsRefusedAlsoOverADay() {
    Optional<Instant> watermark = Optional.of(NOW.minus(Duration.ofHours(25)));
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> ActionPlan.of(asked(null, null, Duration.ofHours(2)), NOW, watermark, NONE));
    assertEquals(Exit.FAILED, refusal.exit());
    assertTrue(
        refusal.getMessage().startsWith("Start-End time span 90000 is larger than 7200"),
        refusal.getMessage());
    assertEquals(
        3, ActionPlan.of(asked(null, null, null), NOW, watermark, NONE).windows().size());
  }

  @Test
  void theOverlapDoesNotCountAsSpan() {
    Optional<Instant> watermark = Optional.of(NOW.minusSeconds(120));
    assertEquals(
        1,
        ActionPlan.of(asked(null, null, Duration.ofSeconds(120)), NOW, watermark, NONE)
            .windows()
            .size());
  }

  @Test
  void aClockThatWentBackIsTold() {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                ActionPlan.of(
                    asked(null, null, null), NOW, Optional.of(NOW.plusSeconds(3600)), NONE));
    assertTrue(refusal.getMessage().contains("its clock went back"), refusal.getMessage());
  }
}
