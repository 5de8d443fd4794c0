package org.lyceum.transforms.zoom;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * A past meeting of days that are harvested, as Zoom's list has it.
 *
 * @param container what its rows stand in: its uuid; where that can be no key, a name made of its
 *     bytes
 * @param hasUuid whether its participants can be asked for
 * @param day of the harvest that it is read in: that of its start; where the list does not say it,
 *     one near its end
 * @param endDay null where the list does not say it
 * @param json byte by byte as it was sent
 * @param series in the listing of its host; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; its bytes are what is wanted
public record ListedMeeting(
    String container, boolean hasUuid, LocalDate day, LocalDate endDay, byte[] json, byte[] series)
    implements Serializable {
  private static final char NO_UUID = '#';

  /** As names of missing meetings stand in the books: a uuid, which has no blank. */
  static String name(String container) {
    return container.replaceAll("\\s", "%20");
  }

  String name() {
    return name(container);
  }

  /** The container of a meeting that cannot be told by its uuid; no other looks like it. */
  static String containerWithoutUuid(String list, String digest) {
    return list + NO_UUID + digest;
  }

  static boolean isWithoutUuid(String container) {
    return container.indexOf(NO_UUID) >= 0;
  }

  ListedMeeting withSeries(byte[] ofHost) {
    return new ListedMeeting(container, hasUuid, day, endDay, json, ofHost);
  }
}
