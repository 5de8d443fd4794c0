package org.lyceum.transforms.zoom;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.lake.DayHarvest;
import org.lyceum.transforms.lake.HarvestState;
import org.lyceum.transforms.lake.HeldPositions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked for, the lake and Zoom's lists in; the plan of a harvest out. */
public final class ZoomDays {
  private static final Logger LOG = LoggerFactory.getLogger(ZoomDays.class);
  private static final String MEETINGS = "events.zoom_meeting";

  private ZoomDays() {}

  /**
   * What a person asks for.
   *
   * @param from first UTC day; null for yesterday and every day that is open
   * @param to last UTC day; null with it
   * @param isForced everything is read, whatever was
   * @param apart how far apart harvests must be that agree
   */
  public record Asked(LocalDate from, LocalDate to, boolean isForced, Duration apart) {}

  /**
   * Plans; asks Zoom for its lists. Where it cannot be asked, the plan is to say so.
   *
   * @param catalog null without a lake: then days are asked for by name, and read in whole
   */
  public static ZoomPlan plan(
      RESTCatalog catalog, ZoomAccess access, String feed, Asked asked, Clock clock)
      throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    NavigableSet<LocalDate> days = new TreeSet<>();
    Map<String, DayHarvest> harvests = new TreeMap<>();
    Map<String, Set<String>> held = new TreeMap<>();
    if (asked.from() != null) {
      asked.from().datesUntil(asked.to().plusDays(1)).forEach(days::add);
    } else {
      days.add(today.minusDays(1));
    }
    if (catalog != null) {
      HarvestState state = HarvestState.read(catalog, ZoomStep.SOURCE, feed);
      if (asked.from() == null) {
        addOpen(state.open(), today, days);
      }
      for (LocalDate day : days) {
        state.harvest(day.toString()).ifPresent(last -> harvests.put(day.toString(), last));
      }
      held.putAll(held(catalog, feed, days));
    }
    MeetingList.Listed listed;
    try (ZoomClient client = access.open()) {
      listed = MeetingList.of(client, access.config(), days, today);
    } catch (HttpFailureException e) {
      LOG.debug("Zoom does not say what there is", e);
      return ZoomPlan.unread(
          days, harvests.keySet(), clock.instant(), asked.apart(), e.getMessage());
    }
    return ZoomPlan.of(
        days,
        listed,
        day -> Optional.ofNullable(harvests.get(day)),
        held,
        asked.isForced(),
        clock.instant(),
        asked.apart());
  }

  /** Zoom has the last six months only: what is older stays as it is. */
  private static void addOpen(Set<String> open, LocalDate today, Set<LocalDate> days) {
    Set<LocalDate> tooOld = new TreeSet<>();
    for (String name : open) {
      Optional<LocalDate> day = day(name);
      day.ifPresent(one -> (one.isAfter(today.minusMonths(6)) ? days : tooOld).add(one));
    }
    if (!tooOld.isEmpty()) {
      LOG.warn("{} are open and stay so: Zoom has the last six months only", tooOld);
    }
  }

  private static Optional<LocalDate> day(String delivery) {
    try {
      return Optional.of(LocalDate.parse(delivery));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Set<String>> held(
      RESTCatalog catalog, String feed, Set<LocalDate> days) {
    Set<String> deliveries =
        days.stream().map(LocalDate::toString).collect(Collectors.toCollection(TreeSet::new));
    deliveries.add(MeetingRecords.UNDATED);
    Map<String, Set<String>> held = new TreeMap<>();
    HeldPositions.of(catalog, MEETINGS, feed, deliveries)
        .forEach(
            (delivery, positions) ->
                held.put(
                    delivery,
                    positions.stream()
                        .map(ZoomPlaces::meetingUuid)
                        .collect(Collectors.toCollection(TreeSet::new))));
    return held;
  }
}
