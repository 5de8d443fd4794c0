package org.lyceum.transforms.zoom;

import org.lyceum.transforms.parse.EventTime;

/** Where rows of Zoom say they belong: deliveries and positions, from what a row says. */
public final class ZoomPlaces {
  private static final char SEPARATOR = ':';

  private ZoomPlaces() {}

  /** The delivery of a meeting and its sessions: the UTC day on which the meeting started. */
  public static String delivery(long meetingStart) {
    return EventTime.day(meetingStart);
  }

  /** The position of a meeting. */
  public static String meetingPosition(String meetingUuid) {
    return meetingUuid;
  }

  /**
   * The position of a session: {@code uuid:user_id:join_time}.
   *
   * @param joinTime microseconds since 1970; null where the session does not say
   */
  public static String sessionPosition(String meetingUuid, String userId, Long joinTime) {
    return meetingUuid + SEPARATOR + userId + SEPARATOR + joinText(joinTime);
  }

  /** The meeting of a position: what stands before the first colon, which no uuid has. */
  public static String meetingUuid(String position) {
    int end = position.indexOf(SEPARATOR);
    return end < 0 ? position : position.substring(0, end);
  }

  /** A join_time as keys and positions have it; empty without. */
  static String joinText(Long joinTime) {
    return joinTime == null ? "" : EventTime.text(joinTime);
  }

  /** Whether a uuid can be told from what follows it in a position. */
  static boolean isUuid(String uuid) {
    return !uuid.isEmpty() && uuid.indexOf(SEPARATOR) < 0 && uuid.indexOf(0) < 0;
  }
}
