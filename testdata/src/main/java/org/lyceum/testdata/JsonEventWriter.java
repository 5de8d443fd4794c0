package org.lyceum.testdata;

/**
 * The events of one source: each is a function of seed and number, so that a copy is the number
 * written again, and an equal event in other bytes the number written in another style.
 */
interface JsonEventWriter {

  /**
   * An event that was written.
   *
   * @param name its event_name
   * @param topic where it goes; null for the source's own
   * @param isItsPlace whether it names neither itself nor its time, so that a copy is another event
   */
  record Written(String name, String topic, boolean isItsPlace) {
    static Written named(String name) {
      return new Written(name, null, false);
    }
  }

  /** Writes the event of this number. */
  Written write(JsonBytes out, long number, JsonBytes.Style style);

  /** Writes one that must fail as {@code bad_time}. */
  void writeBadTime(JsonBytes out);

  /** Writes one that must fail as {@link #keylessCode}. */
  void writeKeyless(JsonBytes out, long number);

  String keylessCode();
}
