package org.lyceum.testdata;

import java.util.List;

/**
 * A file that is decided and not yet written.
 *
 * @param path below the root of what is stored
 * @param rows its rows in order; an event without key must fail
 * @param damage what is done to its bytes
 */
record OpenStaxFile(
    String path, OpenStaxType type, OpenStaxShape shape, List<OpenStaxEvent> rows, Damage damage) {

  enum Damage {
    NONE,
    /** Half of it, as an upload that broke off. */
    CUT,
    /** A page of an error instead of the file. */
    NO_PARQUET,
    /** No byte at all. */
    NOTHING
  }
}
