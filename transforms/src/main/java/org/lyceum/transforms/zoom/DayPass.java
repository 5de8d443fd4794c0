package org.lyceum.transforms.zoom;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.lyceum.transforms.lake.DayHarvest;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.lake.RestCommit;

/**
 * A harvest of a day that may take several commits and several runs: how the day stood in, how it
 * stands out. While it is under way the fingerprint is that of the last whole harvest, a slash, and
 * that of what was read so far; what is missing was not asked for yet, or is not finished.
 */
final class DayPass {
  private static final char UNDER_WAY = '/';
  private static final String NONE = "none";
  private static final String DIGEST = "[0-9a-f]{32}";

  private DayPass() {}

  /**
   * Whether every meeting of the day is read: not where a harvest is under way, which goes on where
   * it stopped, nor where only what is missing keeps the day open.
   *
   * @param isForced everything is read, whatever was
   */
  static boolean readsAll(Optional<DayHarvest> before, Duration apart, boolean isForced) {
    return isForced
        || before.isEmpty()
        || !(isUnderWay(before.get()) || isAgreed(before.get(), apart));
  }

  static boolean isUnderWay(DayHarvest day) {
    return day.fingerprint().indexOf(UNDER_WAY) >= 0;
  }

  /** Whether what was read has been the same for long enough, and only something is missing. */
  private static boolean isAgreed(DayHarvest day, Duration apart) {
    return !day.missing().isEmpty() && !day.at().isBefore(day.since().plus(apart));
  }

  /**
   * A harvest begins, or goes on.
   *
   * @param missing what is to be read, and what is not in Zoom's list any more
   */
  static DayHarvest begin(
      Optional<DayHarvest> before, boolean readsAll, Collection<String> missing, Instant at) {
    String whole = before.map(DayPass::whole).orElse(NONE);
    BigInteger part = readsAll || before.isEmpty() ? BigInteger.ZERO : part(before.get());
    return new DayHarvest(
        underWay(whole, part),
        before.map(DayHarvest::since).orElse(at),
        at,
        List.copyOf(new TreeSet<>(missing)));
  }

  /**
   * Some of the day was read.
   *
   * @param read names of meetings
   * @param digest of what they gave
   * @param isEnd whether all was asked for; what was read before the day was over counts for
   *     nothing then
   */
  static DayHarvest after(
      DayHarvest day,
      LocalDate date,
      Collection<String> read,
      BigInteger digest,
      boolean isEnd,
      Instant at) {
    Set<String> missing = new LinkedHashSet<>(day.missing());
    missing.removeAll(read);
    String whole = whole(day);
    BigInteger part = Digests.sum(part(day), digest);
    if (!isEnd) {
      return new DayHarvest(underWay(whole, part), day.since(), at, List.copyOf(missing));
    }
    Instant over = date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    boolean agrees = whole.equals(Digests.text(part)) && !day.since().isBefore(over);
    return new DayHarvest(Digests.text(part), agrees ? day.since() : at, at, List.copyOf(missing));
  }

  /** How the day's delivery stands: open at least until the harvest is not under way. */
  static RestCommit.Standing standing(String delivery, DayHarvest day, Duration apart) {
    RestCommit.Standing standing = day.standing(delivery, apart);
    return isUnderWay(day)
        ? new RestCommit.Standing(
            delivery, Ledger.Status.open, standing.scope(), standing.fingerprint())
        : standing;
  }

  private static String underWay(String whole, BigInteger part) {
    return whole + UNDER_WAY + Digests.text(part);
  }

  private static String whole(DayHarvest day) {
    int end = day.fingerprint().indexOf(UNDER_WAY);
    return end < 0 ? day.fingerprint() : day.fingerprint().substring(0, end);
  }

  /** Of what was read so far; of a harvest that is not under way, of all. */
  private static BigInteger part(DayHarvest day) {
    String text = day.fingerprint().substring(day.fingerprint().indexOf(UNDER_WAY) + 1);
    return text.matches(DIGEST) ? new BigInteger(text, 16) : BigInteger.ZERO;
  }
}
