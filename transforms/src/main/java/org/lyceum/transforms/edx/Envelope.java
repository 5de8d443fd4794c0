package org.lyceum.transforms.edx;

import java.util.Locale;

/** What wraps an event in its line; names stand in the column in lower case. */
enum Envelope {
  /** The envelope of edX: the payload is {@code /event}. */
  TRACKING(""),
  /** A line of the mobile apps' collector: the payload is {@code /properties/data}. */
  SEGMENT("/properties"),
  /** An event before edX wraps it: the payload is {@code /data}. */
  DATA("");

  private final String column = name().toLowerCase(Locale.ROOT);
  private final String payloadParent;

  Envelope(String payloadParent) {
    this.payloadParent = payloadParent;
  }

  String column() {
    return column;
  }

  /** Pointer to the object that has the payload as a member. */
  String payloadParent() {
    return payloadParent;
  }
}
