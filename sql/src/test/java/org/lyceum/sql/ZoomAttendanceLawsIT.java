package org.lyceum.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The laws of {@code zoom.attendance} on real Trino, many meetings in one query: as long as seconds
 * counted one by one, never longer than the meeting; splitting a session changes nothing; order
 * does not matter.
 */
class ZoomAttendanceLawsIT {
  private static final Instant START = Instant.parse("2024-02-05T15:00:00Z");

  /** A few seconds before the meeting begins. */
  private static final int EARLIEST = -40;

  @BeforeContainer
  static void publish() throws Exception {
    try (Connection publisher = GivenLake.shared().trino(PublishViews.PUBLISHER)) {
      PublishViews.publish(publisher, GivenLake.shared().lake, Views.all());
    }
  }

  /**
   * @param from seconds after the meeting's start
   */
  record Stay(int person, int from, int seconds) {
    int to() {
      return from + seconds;
    }
  }

  /**
   * @param seconds length of the meeting; null where nothing says
   * @param hasEnd whether its end says so, and not its reported length
   */
  record Meeting(Integer seconds, boolean hasEnd, List<Stay> stays, long seed) {
    Meeting with(List<Stay> others) {
      return new Meeting(seconds, hasEnd, others, seed);
    }
  }

  /** What the view says of a person in a meeting. */
  record Attended(long seconds, String firstJoin, String lastLeave, long rejoins) {}

  @Provide
  Arbitrary<List<Meeting>> meetings() {
    Arbitrary<Stay> stay =
        Combinators.combine(
                Arbitraries.integers().between(0, 2),
                Arbitraries.integers().between(EARLIEST, 150),
                Arbitraries.integers().between(0, 80))
            .as(Stay::new);
    Arbitrary<Meeting> meeting =
        Combinators.combine(
                Arbitraries.integers().between(0, 120).injectNull(0.1),
                Arbitraries.of(true, false),
                stay.list().ofMinSize(1).ofMaxSize(9),
                Arbitraries.longs())
            .as(Meeting::new);
    return meeting.list().ofSize(60);
  }

  @Property(tries = 4, seed = "91", shrinking = ShrinkingMode.OFF)
  void attendanceIsTimeInTheMeeting(@ForAll("meetings") List<Meeting> meetings) throws Exception {
    Map<String, Meeting> given = new LinkedHashMap<>();
    Map<String, Meeting> origin = new HashMap<>();
    for (int i = 0; i < meetings.size(); i++) {
      Meeting meeting = meetings.get(i);
      Random random = new Random(meeting.seed());
      given.put("plain-" + i, meeting);
      given.put("split-" + i, meeting.with(split(meeting.stays(), random)));
      given.put("other-order-" + i, meeting.with(shuffled(meeting.stays(), random)));
      given.keySet().forEach(uuid -> origin.putIfAbsent(uuid, meeting));
    }
    give(given);

    Map<String, Attended> expected = new TreeMap<>();
    origin.forEach((uuid, meeting) -> expect(uuid, meeting, expected));
    Map<String, Attended> actual = ask(origin);
    assertEquals(lines(expected), lines(actual));
  }

  /** Every stay that can be is two, which touch. */
  private static List<Stay> split(List<Stay> stays, Random random) {
    List<Stay> parts = new ArrayList<>();
    for (Stay stay : stays) {
      if (stay.seconds() < 2) {
        parts.add(stay);
      } else {
        int first = 1 + random.nextInt(stay.seconds() - 1);
        parts.add(new Stay(stay.person(), stay.from(), first));
        parts.add(new Stay(stay.person(), stay.from() + first, stay.seconds() - first));
      }
    }
    return parts;
  }

  private static List<Stay> shuffled(List<Stay> stays, Random random) {
    List<Stay> shuffled = new ArrayList<>(stays);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static void give(Map<String, Meeting> meetings) throws Exception {
    List<Map<String, Object>> meetingRows = new ArrayList<>();
    List<Map<String, Object>> sessionRows = new ArrayList<>();
    meetings.forEach(
        (uuid, meeting) -> {
          Map<String, Object> row = new HashMap<>();
          row.put("meeting_uuid", uuid);
          row.put("occurred_at", START);
          if (meeting.seconds() != null && meeting.hasEnd()) {
            row.put("end_time", at(meeting.seconds()));
          } else if (meeting.seconds() != null) {
            row.put("duration", meeting.seconds());
          }
          meetingRows.add(row);
          int number = 0;
          for (Stay stay : meeting.stays()) {
            sessionRows.add(
                Map.of(
                    "meeting_uuid", uuid,
                    "user_id", Integer.toString(number++),
                    "person", person(stay.person()),
                    "occurred_at", at(stay.from()),
                    "join_time", at(stay.from()),
                    "leave_time", at(stay.to())));
          }
        });
    GivenLake.shared().give("events.zoom_meeting", meetingRows);
    GivenLake.shared().give("events.zoom_participant_session", sessionRows);
  }

  /** Counts the seconds one by one; being there is every half second from join to leave. */
  private static void expect(String uuid, Meeting meeting, Map<String, Attended> expected) {
    meeting.stays().stream()
        .collect(Collectors.groupingBy(Stay::person))
        .forEach(
            (person, stays) -> {
              BitSet seconds = new BitSet();
              BitSet halves = new BitSet();
              for (Stay stay : stays) {
                int end =
                    meeting.seconds() == null ? stay.to() : Math.min(stay.to(), meeting.seconds());
                IntStream.range(Math.max(stay.from(), 0), Math.max(end, 0)).forEach(seconds::set);
                halves.set(2 * (stay.from() - EARLIEST), 2 * (stay.to() - EARLIEST) + 1);
              }
              expected.put(
                  uuid + " " + person(person),
                  new Attended(
                      seconds.cardinality(),
                      at(stays.stream().mapToInt(Stay::from).min().getAsInt()).toString(),
                      at(stays.stream().mapToInt(Stay::to).max().getAsInt()).toString(),
                      runs(halves) - 1));
            });
  }

  private static long runs(BitSet bits) {
    return bits.stream().filter(bit -> bit == 0 || !bits.get(bit - 1)).count();
  }

  private static Map<String, Attended> ask(Map<String, Meeting> meetings) throws Exception {
    Map<String, Attended> actual = new TreeMap<>();
    try (Connection researcher = GivenLake.shared().trino("researcher");
        Statement statement = researcher.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT meeting_uuid, person, attended_seconds, to_unixtime(first_join_at),"
                    + " to_unixtime(last_leave_at), rejoin_count, duration FROM zoom.attendance")) {
      while (row.next()) {
        String uuid = row.getString(1);
        long seconds = row.getLong(3);
        Object duration = row.getObject(7);
        Integer length = meetings.get(uuid).seconds();
        assertEquals(length == null ? null : length.longValue(), duration, uuid);
        assertTrue(length == null || seconds <= length, uuid);
        actual.put(
            uuid + " " + row.getString(2),
            new Attended(
                seconds,
                Instant.ofEpochSecond((long) row.getDouble(4)).toString(),
                Instant.ofEpochSecond((long) row.getDouble(5)).toString(),
                row.getLong(6)));
      }
    }
    return actual;
  }

  private static String lines(Map<String, Attended> attended) {
    return attended.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static String person(int number) {
    return "z-410" + number;
  }
}
