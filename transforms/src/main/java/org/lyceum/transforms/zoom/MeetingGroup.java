package org.lyceum.transforms.zoom;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.lyceum.transforms.lake.DayHarvest;

/**
 * Meetings that are read and committed together, each with its sessions.
 *
 * @param days how the days stand that are concerned
 * @param ending days of which nothing is left to be asked for after the group
 * @param wanted days that are harvested: what belongs to others is dropped after reading
 * @param at when it is read
 * @param apart how far apart harvests must be that agree
 * @param stopped why nothing can be asked for, in one clear sentence; null mostly
 */
public record MeetingGroup(
    List<ListedMeeting> meetings,
    SortedMap<String, DayHarvest> days,
    Set<String> ending,
    Set<String> wanted,
    Instant at,
    Duration apart,
    String stopped)
    implements Serializable {
  public MeetingGroup {
    meetings = List.copyOf(meetings);
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
    ending = Collections.unmodifiableSet(new TreeSet<>(ending));
    wanted = Collections.unmodifiableSet(new TreeSet<>(wanted));
  }

  /** The same, its days as they stand by now. */
  public MeetingGroup asOf(Function<String, DayHarvest> standing) {
    Map<String, DayHarvest> now = new TreeMap<>(days);
    now.replaceAll((day, before) -> standing.apply(day));
    return new MeetingGroup(meetings, new TreeMap<>(now), ending, wanted, at, apart, stopped);
  }
}
