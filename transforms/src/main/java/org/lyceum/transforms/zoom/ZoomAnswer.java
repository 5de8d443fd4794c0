package org.lyceum.transforms.zoom;

/** What Zoom says of one meeting: all of it, or that it is too early to ask. */
public sealed interface ZoomAnswer<T> {

  /** All that there is at this moment. */
  record Whole<T>(T value) implements ZoomAnswer<T> {}

  /**
   * Nothing that may be kept: the meeting is known, but Zoom has not finished it, or changes it
   * while it is read. Ask again later; some minutes are usual, hours happen.
   *
   * @param reason a sentence that holds no value of the meeting's
   */
  record Unfinished<T>(String reason) implements ZoomAnswer<T> {}
}
