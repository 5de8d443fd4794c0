package org.lyceum.transforms.opencast;

import java.util.Set;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.JsonTape;

/**
 * An instance of a workflow in; when the episode was live, and since when it is available, out. The
 * operation capture stands for the live stream, retract-element for its end as one.
 */
final class WorkflowColumns {
  /** Fields that messages may name. */
  static final Set<String> NAMES = Set.of("id", "operations");

  private static final long MICROS_PER_MILLI = 1000;

  private final EpisodeValues values;
  private final int workflow;
  private final int liveStream;
  private final int liveStart;
  private final int liveEnd;
  private final int liveDuration;
  private final int available;

  WorkflowColumns(Contract contract, EpisodeValues values) {
    this.values = values;
    this.workflow = contract.ordinal("workflow");
    this.liveStream = contract.ordinal("live_stream");
    this.liveStart = contract.ordinal("live_start");
    this.liveEnd = contract.ordinal("live_end");
    this.liveDuration = contract.ordinal("live_duration");
    this.available = contract.ordinal("available");
  }

  void fill(Row row, JsonTape tape) {
    row.set(workflow, new Utf8(tape.jsonBytes(0)));
    int capture = operation(tape, "capture");
    row.set(liveStream, capture == EpisodeValues.NONE ? 0 : 1);
    Long started = time(tape, capture, "started");
    Long completed = time(tape, capture, "completed");
    row.set(liveStart, started);
    row.set(liveEnd, completed);
    row.set(
        liveDuration,
        started == null || completed == null ? null : (completed - started) / MICROS_PER_MILLI);
    row.set(available, time(tape, operation(tape, "retract-element"), "completed"));
  }

  /** The first operation of that name. */
  private int operation(JsonTape tape, String wanted) {
    int operations = values.member(tape, 0, "operations");
    int list = values.member(tape, operations, "operation");
    for (int operation : values.oneOrMany(tape, list)) {
      Utf8 id = values.text(tape, values.member(tape, operation, "id"));
      if (id != null && id.toString().equals(wanted)) {
        return operation;
      }
    }
    return EpisodeValues.NONE;
  }

  private Long time(JsonTape tape, int operation, String name) {
    return values.time(tape, values.member(tape, operation, name));
  }
}
