package org.lyceum.transforms.zoom;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.lyceum.transforms.lake.DayHarvest;

/**
 * Days, what Zoom lists of them, and what the lake knows of them in; which meetings are read, in
 * groups, out. What was never read goes first, then what a harvest left, then the days that were
 * harvested longest ago: so whatever limit ends a run, the next one gets further.
 */
public final class ZoomPlan {
  private final List<LocalDate> days;
  private final Map<LocalDate, List<ListedMeeting>> meetings = new TreeMap<>();
  private final TreeMap<String, DayHarvest> standing = new TreeMap<>();
  private final Instant at;
  private final Duration apart;
  private final String stopped;

  private ZoomPlan(List<LocalDate> days, Instant at, Duration apart, String stopped) {
    this.days = days;
    this.at = at;
    this.apart = apart;
    this.stopped = stopped;
  }

  /**
   * Zoom does not say what there is: days that were never harvested are to be known as open, so
   * that a later harvest reads them.
   *
   * @param stopped why, in one clear sentence
   */
  static ZoomPlan unread(
      Collection<LocalDate> wanted, Set<String> known, Instant at, Duration apart, String stopped) {
    List<LocalDate> days =
        wanted.stream().filter(day -> !known.contains(day.toString())).sorted().toList();
    ZoomPlan plan = new ZoomPlan(days, at, apart, stopped);
    for (LocalDate day : days) {
      plan.meetings.put(day, List.of());
      plan.standing.put(day.toString(), DayPass.begin(Optional.empty(), true, List.of(), at));
    }
    return plan;
  }

  /**
   * Compares.
   *
   * @param harvests how a day was last harvested
   * @param held containers that the lake holds something of, by day
   * @param isForced everything is read, whatever was
   */
  public static ZoomPlan of(
      Collection<LocalDate> wanted,
      MeetingList.Listed listed,
      Function<String, Optional<DayHarvest>> harvests,
      Map<String, Set<String>> held,
      boolean isForced,
      Instant at,
      Duration apart) {
    Comparator<LocalDate> lastHarvest =
        Comparator.comparing(day -> harvests.apply(day.toString()).map(ZoomPlan::turn).orElse(0L));
    List<LocalDate> days =
        wanted.stream().sorted(lastHarvest.thenComparing(Comparator.naturalOrder())).toList();
    ZoomPlan plan = new ZoomPlan(days, at, apart, null);
    Set<String> allHeld = new HashSet<>();
    held.values().forEach(allHeld::addAll);
    for (LocalDate day : days) {
      Optional<DayHarvest> before = harvests.apply(day.toString());
      boolean readsAll = DayPass.readsAll(before, apart, isForced);
      Set<String> left = new HashSet<>(before.map(DayHarvest::missing).orElse(List.of()));
      List<ListedMeeting> reads =
          listed.meetings().stream()
              .filter(meeting -> meeting.day().equals(day))
              .filter(
                  meeting ->
                      readsAll
                          || left.contains(meeting.name())
                          || !allHeld.contains(meeting.container()))
              .toList();
      Set<String> missing = new TreeSet<>();
      reads.forEach(meeting -> missing.add(meeting.name()));
      held.getOrDefault(day.toString(), Set.of()).stream()
          .filter(container -> !listed.containers().contains(container))
          .filter(container -> !ListedMeeting.isWithoutUuid(container))
          .forEach(container -> missing.add(ListedMeeting.name(container)));
      plan.meetings.put(day, reads);
      plan.standing.put(day.toString(), DayPass.begin(before, readsAll, missing, at));
    }
    return plan;
  }

  /** A day that a harvest left comes before those that were read to their end. */
  private static long turn(DayHarvest harvest) {
    return DayPass.isUnderWay(harvest) ? 1 : 1 + Math.max(1, harvest.at().getEpochSecond());
  }

  public int days() {
    return days.size();
  }

  /** How many are read. */
  public int meetings() {
    return meetings.values().stream().mapToInt(List::size).sum();
  }

  /**
   * The groups in their order, one at least. The first tells of all days, so that none is forgotten
   * when the run ends early.
   *
   * @param size most meetings of a group
   */
  public List<MeetingGroup> groups(int size) {
    List<ListedMeeting> all = new ArrayList<>();
    Map<String, Integer> lastOf = new TreeMap<>();
    for (LocalDate day : days) {
      all.addAll(meetings.get(day));
      lastOf.put(day.toString(), meetings.get(day).isEmpty() ? 0 : (all.size() - 1) / size);
    }
    List<MeetingGroup> groups = new ArrayList<>();
    for (int from = 0; from < all.size() || groups.isEmpty(); from += size) {
      List<ListedMeeting> some = all.subList(from, Math.min(all.size(), from + size));
      int number = groups.size();
      TreeMap<String, DayHarvest> concerned = new TreeMap<>(standing);
      if (number > 0) {
        Set<String> ofSome = new HashSet<>();
        some.forEach(meeting -> ofSome.add(meeting.day().toString()));
        concerned.keySet().retainAll(ofSome);
      }
      Set<String> ending = new TreeSet<>(concerned.keySet());
      ending.removeIf(day -> stopped != null || lastOf.get(day) != number);
      groups.add(new MeetingGroup(some, concerned, ending, standing.keySet(), at, apart, stopped));
    }
    return groups;
  }
}
