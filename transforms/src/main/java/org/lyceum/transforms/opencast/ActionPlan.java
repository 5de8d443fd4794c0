package org.lyceum.transforms.opencast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * What a person asks for, the host's own time and how far the lake goes in; the windows to harvest,
 * one after the other, out.
 *
 * @param isNewWatermark whether their end becomes the watermark where there is none: they go up to
 *     the host's own time
 */
public record ActionPlan(List<ActionWindow> windows, boolean isNewWatermark) {

  /**
   * What a person asks for.
   *
   * @param from null to go on where the lake ends
   * @param to null for the host's own time
   * @param interval to go back from it where there is nothing to go on from
   * @param overlap to go back from where the lake ends, for actions that the host stores late, or
   *     merges
   * @param mostSpan longest time to harvest; null for any
   */
  public record Asked(
      Instant from,
      Instant to,
      Duration interval,
      Duration overlap,
      Duration window,
      Duration mostSpan) {}

  public ActionPlan {
    windows = List.copyOf(windows);
  }

  /**
   * The windows.
   *
   * @param now the host's own time
   * @param watermark up to when the lake holds the host's actions
   * @param stored where a harvester before this one ended
   * @throws Refusal if there is nothing between start and end, or more than may be
   */
  public static ActionPlan of(
      Asked asked, Instant now, Optional<Instant> watermark, Optional<Instant> stored) {
    Instant to = asked.to == null || asked.to.isAfter(now) ? now : asked.to;
    Instant begin =
        Optional.ofNullable(asked.from)
            .or(() -> watermark)
            .or(() -> stored)
            .orElse(now.minus(asked.interval));
    boolean goesOn = asked.from == null && watermark.isPresent();
    Instant start = goesOn ? begin.minus(asked.overlap) : begin;
    if (!start.isBefore(to)) {
      throw new Refusal(Exit.FAILED, nothingBetween(asked, start, now, watermark));
    }
    long span = Duration.between(begin, to).toSeconds();
    if (asked.mostSpan != null && span > asked.mostSpan.toSeconds()) {
      throw new Refusal(
          Exit.FAILED,
          "Start-End time span "
              + span
              + " is larger than "
              + asked.mostSpan.toSeconds()
              + " (MAX_START_END_SPAN); with DISABLE_START_END_SPAN_CHECK=1 it is harvested window"
              + " by window");
    }
    return new ActionPlan(
        new ActionWindow(start, to).split(asked.window), !now.isAfter(to));
  }

  private static String nothingBetween(
      Asked asked, Instant start, Instant now, Optional<Instant> watermark) {
    String host = "by its own clock it is " + now + " at the host";
    return asked.from != null
        ? "FROM=" + start + ": there is nothing to harvest, " + host
        : "the lake holds the host's actions until "
            + watermark.map(Instant::toString).orElse("now")
            + " and "
            + host
            + ": its clock went back; say FROM=<when it did>";
  }
}
