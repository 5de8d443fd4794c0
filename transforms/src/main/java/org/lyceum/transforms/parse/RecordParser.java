package org.lyceum.transforms.parse;

import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/**
 * The bytes of one record in, one verdict out. An instance belongs to one thread, because it keeps
 * its buffers; it keeps nothing else from one record to the next.
 */
public interface RecordParser {

  /** The table that rows are shaped for. */
  Contract contract();

  /**
   * Rises whenever the same bytes give another row or another verdict; a rerun then reads unchanged
   * deliveries again.
   */
  int version();

  /**
   * Parses {@code buffer[offset, offset + length)}, one record without its line end. When it is
   * parsed, every column of {@code row} but feed, delivery, position and run_id is set (NULL
   * included). The row may point into {@code buffer}: it is good until the buffer changes or the
   * next call.
   */
  Verdict parse(byte[] buffer, int offset, int length, Row row);
}
