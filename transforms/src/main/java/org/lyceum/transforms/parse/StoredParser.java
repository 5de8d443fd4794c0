package org.lyceum.transforms.parse;

import java.util.Map;
import java.util.Optional;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/**
 * Logical records of stored objects in, rows of one event table or failures out. What an object's
 * path says of its records is told once, with {@link #start}. For one thread.
 */
public interface StoredParser {
  String source();

  Contract contract();

  /** Rises whenever the same record gives another row or another verdict. */
  int version();

  /** The type of event that a folder's name stands for, as deliveries are called; if any does. */
  Optional<String> event(String folder);

  /** Another object follows: its event's folder, the event that it stands for, its day. */
  void start(String folder, String event, String year, String month, String day);

  /**
   * One record, as {@link org.lyceum.transforms.io.ParquetRecords} gives it; it may be changed.
   * When it is parsed, every column of the row is set but feed, delivery, position and run_id.
   */
  Verdict parse(Map<String, Object> record, Row row);
}
