package org.lyceum.transforms.edx;

import java.util.Set;
import org.lyceum.transforms.parse.JsonTape;

/** Where the outermost fields stand that decide about a line; {@link #NONE} for those it lacks. */
final class LineFields {
  static final int NONE = -1;

  /** Names of those fields. */
  static final Set<String> NAMES =
      Set.of(
          "context",
          "data",
          "event",
          "event_source",
          "event_type",
          "originalTimestamp",
          "properties",
          "receivedAt",
          "time",
          "timestamp",
          "userId");

  int context;
  int data;
  int event;
  int eventSource;
  int eventType;
  int originalTimestamp;
  int properties;
  int receivedAt;
  int time;
  int timestamp;
  int userId;

  // Members of properties; looked for in a segment line only.
  int propertiesContext;
  int propertiesData;
  int propertiesName;

  void find(JsonTape line) {
    context = NONE;
    data = NONE;
    event = NONE;
    eventSource = NONE;
    eventType = NONE;
    originalTimestamp = NONE;
    properties = NONE;
    receivedAt = NONE;
    time = NONE;
    timestamp = NONE;
    userId = NONE;
    for (int child = 1; child < line.after(0); child = line.after(child)) {
      switch (line.name(child)) {
        case "context" -> context = child;
        case "data" -> data = child;
        case "event" -> event = child;
        case "event_source" -> eventSource = child;
        case "event_type" -> eventType = child;
        case "originalTimestamp" -> originalTimestamp = child;
        case "properties" -> properties = child;
        case "receivedAt" -> receivedAt = child;
        case "time" -> time = child;
        case "timestamp" -> timestamp = child;
        case "userId" -> userId = child;
        default -> {}
      }
    }
    findInProperties(line);
  }

  private void findInProperties(JsonTape line) {
    propertiesContext = NONE;
    propertiesData = NONE;
    propertiesName = NONE;
    if (!isObject(line, properties)) {
      return;
    }
    int end = line.after(properties);
    for (int child = properties + 1; child < end; child = line.after(child)) {
      switch (line.name(child)) {
        case "context" -> propertiesContext = child;
        case "data" -> propertiesData = child;
        case "name" -> propertiesName = child;
        default -> {}
      }
    }
  }

  /** What wraps the event. */
  Envelope envelope(JsonTape line) {
    boolean hasProperties =
        propertiesContext != NONE || propertiesData != NONE || propertiesName != NONE;
    if (hasProperties && !isGiven(line, eventType) && !isGiven(line, eventSource)) {
      return Envelope.SEGMENT;
    }
    return data != NONE && event == NONE ? Envelope.DATA : Envelope.TRACKING;
  }

  /** The node of the payload. */
  int payload(Envelope envelope) {
    return switch (envelope) {
      case TRACKING -> event;
      case SEGMENT -> propertiesData;
      case DATA -> data;
    };
  }

  static boolean isObject(JsonTape line, int node) {
    return node != NONE && line.type(node) == JsonTape.Type.OBJECT;
  }

  private static boolean isGiven(JsonTape line, int node) {
    return node != NONE && line.type(node) != JsonTape.Type.NULL;
  }
}
