package org.lyceum.transforms.parse;

import java.util.List;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/**
 * One message in, the verdicts of its records out: one for a message that is a record, one for each
 * element of a message that is an array. An instance belongs to one thread, because it keeps its
 * buffers; it keeps nothing else from one message to the next.
 */
public interface MessageParser {

  /** Index of a record that is a message of its own, not an element of one. */
  int WHOLE = -1;

  /** The source that the records belong to. */
  String source();

  /** The tables that rows are shaped for. */
  List<Contract> contracts();

  /**
   * Rises whenever the same message gives another row or another verdict; a rerun then reads
   * unchanged deliveries again.
   */
  int version();

  /** Tells every record's verdict, in the order of the records; at least one. */
  void parse(Message message, Verdicts out);

  /**
   * Hears of each record. What it is given is good until the call returns.
   *
   * @see #WHOLE
   */
  interface Verdicts {
    /** The row has every column set (NULL included) but feed, delivery, position and run_id. */
    void parsed(int index, Contract contract, Row row);

    void skipped(int index);

    /** The record's bytes as they came are {@code buffer[offset, offset + length)}. */
    void failed(int index, Verdict verdict, byte[] buffer, int offset, int length);
  }
}
