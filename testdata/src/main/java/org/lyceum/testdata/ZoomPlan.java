package org.lyceum.testdata;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a generated meeting is, decided before anything of it is written. Moments are seconds since
 * 1970.
 *
 * @param type as Zoom counts: 1 instant, 2 scheduled, 4 personal room, 8 recurring
 * @param startsAt of the first who came; the texts may not say so
 */
record ZoomPlan(
    Kind kind,
    String uuid,
    long id,
    int type,
    Host host,
    String topic,
    long startsAt,
    long endsAt,
    List<Session> sessions) {

  /** Why a meeting was generated. */
  enum Kind {
    PLAIN,
    /** Four uuids: two that follow each other at once, one within the gap, one beyond it. */
    RECONNECT,
    OVER_MIDNIGHT,
    ONE_PERSON,
    /** {@code end_time} and {@code duration} are empty. */
    EMPTY_END,
    /** {@code start_time} is missing or empty: the first join counts. */
    NO_START,
    /** Neither a start nor anybody who joined. */
    NO_TIME,
    /** Some sessions without {@code leave_time}. */
    NO_LEAVE,
    BREAKOUT,
    /** People with two devices at once. */
    DEVICES,
    /** People without an account, most of them without an address. */
    GUESTS,
    /** More sessions than a page has. */
    LARGE,
    /** An instance of the weekly series of its weekday. */
    SERIES,
    /** In a personal room that is used twice a day. */
    PERSONAL
  }

  record Host(String id, String name, String email, long personalId) {}

  /**
   * @param id of the account; empty for guests
   */
  record Person(String id, String name, String email) {
    /** By account, else by address in lower case, else by name within the meeting. */
    String key() {
      if (!id.isEmpty()) {
        return id;
      }
      return email.isEmpty() ? "name:" + name : email.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One stay of one device.
   *
   * @param leftAt {@link #NEVER} where the record does not say
   * @param breakoutRoom empty in the main room
   */
  record Session(
      Person person, long userId, long joinedAt, long leftAt, int device, String breakoutRoom) {}

  static final long NEVER = -1;

  ZoomPlan {
    sessions = List.copyOf(sessions);
  }

  boolean hasStart() {
    return kind != Kind.NO_START && kind != Kind.NO_TIME;
  }

  boolean hasEnd() {
    return kind != Kind.EMPTY_END;
  }

  Instant start() {
    return Instant.ofEpochSecond(startsAt);
  }

  long people() {
    return sessions.stream().map(Session::person).distinct().count();
  }

  /** Whether there is a report: it takes two. */
  boolean hasReport() {
    return people() >= 2;
  }

  /** Collects the stays of a meeting, and how long people attended. */
  static final class Stays {
    private final List<Session> sessions = new ArrayList<>();
    private final List<ZoomTruth.Attendance> attended = new ArrayList<>();
    private long userId;

    Stays(long firstUserId) {
      userId = firstUserId;
    }

    /** Ids rise by 1,024 with every join. */
    long nextUserId() {
      userId += 1024;
      return userId;
    }

    void stay(Session session) {
      sessions.add(session);
    }

    void attended(String uuid, Person person, long seconds, int count) {
      attended.add(new ZoomTruth.Attendance(uuid, person.key(), seconds, count));
    }

    List<Session> sessions() {
      return sessions;
    }

    List<ZoomTruth.Attendance> attended() {
      return attended;
    }
  }
}
