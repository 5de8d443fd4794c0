package org.lyceum.transforms.opencast;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.lyceum.transforms.parse.EventTime;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonValues;

/**
 * Nodes of an episode or workflow in, values out, whichever of its spellings the host chose: a list
 * of one as its element, a number as text and text as a number. No node gives no value. For one
 * thread.
 */
final class EpisodeValues {
  /** No such node. */
  static final int NONE = -1;

  /** The year 9999, as far as calendars of engines go. */
  private static final long LATEST_MILLIS = 253_402_300_799_999L;

  private final JsonValues values = new JsonValues();

  /** The member of an object; {@link #NONE} also of what is no object, or nothing. */
  int member(JsonTape tape, int object, String name) {
    return object == NONE ? NONE : tape.member(object, name);
  }

  /** The elements of a list; what is no list is its own only element. */
  List<Integer> oneOrMany(JsonTape tape, int node) {
    List<Integer> elements = new ArrayList<>();
    if (node != NONE && tape.type(node) == JsonTape.Type.ARRAY) {
      for (int child = node + 1; child < tape.after(node); child = tape.after(child)) {
        elements.add(child);
      }
    } else if (node != NONE) {
      elements.add(node);
    }
    return elements;
  }

  /** Whether there is nothing, null or a blank. */
  boolean isLeftOut(JsonTape tape, int node) {
    return node == NONE
        || tape.type(node) == JsonTape.Type.NULL
        || (tape.type(node) == JsonTape.Type.STRING && values.text(tape, node) == null);
  }

  /** Text that is not blank, or a number as written; null without. */
  Utf8 text(JsonTape tape, int node) {
    int one = first(tape, node);
    return one == NONE ? null : values.textOrNumber(tape, one);
  }

  Long integer(JsonTape tape, int node) {
    int one = first(tape, node);
    return one == NONE ? null : values.integer(tape, one);
  }

  /** Microseconds since 1970 of a time, or of a count of milliseconds; null without. */
  Long time(JsonTape tape, int node) {
    int one = first(tape, node);
    if (one == NONE) {
      return null;
    }
    long micros = EventTime.micros(tape, one);
    if (micros != EventTime.NONE) {
      return micros;
    }
    Long millis = values.integer(tape, one);
    return millis == null || millis < 0 || millis > LATEST_MILLIS
        ? null
        : Long.valueOf(1000 * millis);
  }

  private int first(JsonTape tape, int node) {
    List<Integer> elements = oneOrMany(tape, node);
    return elements.isEmpty() ? NONE : elements.get(0);
  }
}
