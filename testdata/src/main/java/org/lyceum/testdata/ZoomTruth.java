package org.lyceum.testdata;

import java.util.List;
import java.util.SortedMap;

/**
 * What is true of generated meetings, known because they were made so.
 *
 * @param meetings instances, that is uuids, with and without a time
 * @param failed meetings that must fail, by failure code; codes without one are left out
 * @param parsed meetings that must parse: meetings = parsed + failed
 * @param sessions participants' sessions of all of them; every one has its join
 * @param meetingsByDay meetings that parse, by UTC date of their start, {@code 2026-03-02}; where
 *     they have no start, of their first join
 * @param sessionsByDay sessions by that date of their meeting
 * @param reportMeetings meetings that the reports know, all of which parse
 * @param reportSessions their sessions
 * @param meetingGroups meetings that parse, those counted as one that follow each other under one
 *     id with a gap of 15 minutes at most
 * @param attendance where the records say enough: each person's time in the meeting, the union of
 *     the stays within its start and end
 */
public record ZoomTruth(
    long meetings,
    SortedMap<String, Long> failed,
    long parsed,
    long sessions,
    SortedMap<String, Long> meetingsByDay,
    SortedMap<String, Long> sessionsByDay,
    long reportMeetings,
    long reportSessions,
    long meetingGroups,
    List<Attendance> attendance) {

  public ZoomTruth {
    attendance = List.copyOf(attendance);
  }

  /**
   * One person in one meeting.
   *
   * @param person account id, else address in lower case, else {@code name:} and the name
   */
  public record Attendance(String uuid, String person, long seconds, int sessions) {}
}
