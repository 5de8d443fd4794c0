package org.lyceum.transforms.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lyceum.transforms.lake.DayHarvest;
import org.lyceum.transforms.lake.Ledger;

class DayPassTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-02");
  private static final Instant MORNING_AFTER = Instant.parse("2026-03-03T06:00:00Z");
  private static final Duration APART = Duration.ofHours(24);
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger TWO = BigInteger.TWO;

  private static DayHarvest begin(DayHarvest before, List<String> missing, Instant at) {
    Optional<DayHarvest> known = Optional.ofNullable(before);
    return DayPass.begin(known, DayPass.readsAll(known, APART, false), missing, at);
  }

  private static DayHarvest after(
      DayHarvest day, Collection<String> read, BigInteger digest, boolean isEnd) {
    return DayPass.after(day, DAY, read, digest, isEnd, day.at());
  }

  private static Ledger.Status status(DayHarvest day) {
    return DayPass.standing(DAY.toString(), day, APART).status();
  }

  /** A harvest of a and b in one go. */
  private static DayHarvest whole(DayHarvest before, BigInteger digest, Instant at) {
    return after(begin(before, List.of("a", "b"), at), List.of("a", "b"), digest, true);
  }

  @Test
  void aDayClosesWhenTwoHarvestsAgreeThatAreFarEnoughApart() {
    DayHarvest first = whole(null, ONE, MORNING_AFTER);
    assertEquals(Ledger.Status.open, status(first));
    DayHarvest soon = whole(first, ONE, MORNING_AFTER.plus(Duration.ofHours(23)));
    assertEquals(Ledger.Status.open, status(soon));
    assertEquals(
        Ledger.Status.complete, status(whole(soon, ONE, MORNING_AFTER.plus(Duration.ofDays(1)))));
    assertEquals(
        Ledger.Status.open, status(whole(soon, TWO, MORNING_AFTER.plus(Duration.ofDays(2)))));
  }

  @Test
  void aHarvestThatStopsGoesOnWithWhatIsMissingAndStillAgrees() {
    DayHarvest first = whole(null, ONE.add(TWO), MORNING_AFTER);
    Instant later = MORNING_AFTER.plus(Duration.ofHours(30));
    DayHarvest stopped = after(begin(first, List.of("a", "b"), later), List.of("a"), ONE, false);
    assertEquals(List.of("b"), stopped.missing());
    assertEquals(Ledger.Status.open, status(stopped));
    assertFalse(DayPass.readsAll(Optional.of(stopped), APART, false));
    assertTrue(DayPass.readsAll(Optional.of(stopped), APART, true), "unless it is forced");
    DayHarvest again = begin(stopped, List.of("b"), later.plus(Duration.ofHours(24)));
    DayHarvest done = after(again, List.of("b"), TWO, true);
    assertEquals(first.since(), done.since());
    assertEquals(Ledger.Status.complete, status(done));
  }

  @Test
  void aHarvestBeforeTheDayIsOverCountsForNothing() {
    DayHarvest early = whole(null, ONE, Instant.parse("2026-03-02T12:00:00Z"));
    DayHarvest first = whole(early, ONE, Instant.parse("2026-03-03T12:00:00Z"));
    assertEquals(Ledger.Status.open, status(first));
    assertEquals(
        Ledger.Status.complete, status(whole(first, ONE, Instant.parse("2026-03-04T12:00:00Z"))));
  }

  @Test
  void aMeetingThatIsNeverFinishedKeepsTheDayOpenAndOnlyItIsAskedFor() {
    DayHarvest first =
        after(begin(null, List.of("a", "b"), MORNING_AFTER), List.of("a"), ONE, true);
    assertTrue(DayPass.readsAll(Optional.of(first), APART, false), "a may still change");
    Instant later = MORNING_AFTER.plus(Duration.ofHours(24));
    DayHarvest second = after(begin(first, List.of("a", "b"), later), List.of("a"), ONE, true);
    assertEquals(Ledger.Status.open, status(second));
    assertFalse(DayPass.readsAll(Optional.of(second), APART, false), "a has settled");
    Instant last = later.plus(Duration.ofHours(24));
    DayHarvest third = after(begin(second, List.of("b"), last), List.of("b"), TWO, true);
    assertEquals(List.of(), third.missing());
    assertEquals(Ledger.Status.open, status(third), "b may still change");
    assertEquals(
        Ledger.Status.complete,
        status(whole(third, ONE.add(TWO), last.plus(Duration.ofHours(24)))));
  }

  @Test
  void digestsOfRecordsDoNotDependOnTheirOrder() {
    BigInteger one = Digests.of("a", new byte[] {1});
    BigInteger other = Digests.of("a", new byte[] {2}, null);
    assertEquals(
        Digests.sum(Digests.sum(BigInteger.ZERO, one), other),
        Digests.sum(Digests.sum(BigInteger.ZERO, other), one));
    assertEquals("0".repeat(31) + "1", Digests.text(ONE));
    assertEquals(32, Digests.text(ONE.shiftLeft(128).subtract(ONE)).length());
    assertFalse(
        Digests.of("a", new byte[] {1, 2}).equals(Digests.of("a", new byte[] {1}, new byte[] {2})));
  }
}
