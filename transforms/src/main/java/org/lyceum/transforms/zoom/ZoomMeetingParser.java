package org.lyceum.transforms.zoom;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ContractFields;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonRecord;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonValues;
import org.lyceum.transforms.parse.Verdict;

/**
 * One past meeting of Zoom's metrics or reports in, a row of {@code events.zoom_meeting} out. For
 * one thread.
 */
public final class ZoomMeetingParser {
  private static final int VERSION = 1;

  private static final Set<String> SERIES_NAMES = Set.of("id", "host_id", "topic");
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final Contract contract = Contracts.of("events.zoom_meeting");
  private final Map<ZoomForm, ContractFields> fields = new EnumMap<>(ZoomForm.class);
  private final JsonRecord record;
  private final JsonRecord listed = new JsonRecord(SERIES_NAMES);
  private final JsonValues values = new JsonValues();
  private final EventKey key = new EventKey(contract.name());

  private final int eventId = contract.ordinal("event_id");
  private final int occurredAt = contract.ordinal("occurred_at");
  private final int meetingUuid = contract.ordinal("meeting_uuid");
  private final int formColumn = contract.ordinal("form");
  private final int hostId = contract.ordinal("host_id");
  private final int startTime = contract.ordinal("start_time");
  private final int endTime = contract.ordinal("end_time");
  private final int duration = contract.ordinal("duration");
  private final int reportedDuration = contract.ordinal("reported_duration");
  private final int seriesTopic = contract.ordinal("series_topic");
  private final int seriesColumn = contract.ordinal("series");

  public ZoomMeetingParser() {
    for (ZoomForm form : ZoomForm.values()) {
      fields.put(form, new ContractFields(form.of(contract)));
    }
    record = new JsonRecord(fields.get(ZoomForm.METRICS).names());
  }

  public Contract contract() {
    return contract;
  }

  /** Rises whenever the same bytes give another row or another verdict. */
  public int version() {
    return VERSION;
  }

  /**
   * When it is parsed, every column of the row is set (NULL included) but feed, delivery, position
   * and run_id.
   *
   * @param meeting as sent
   * @param series the meeting's series as the listing of its host has it, for topic and host; null
   *     without
   * @param firstJoin when the first participant joined, microseconds since 1970, which stands for a
   *     start_time that is left out; null without participants
   */
  public Verdict parse(byte[] meeting, byte[] series, Long firstJoin, Row row) {
    Verdict read = record.read(meeting, 0, meeting.length);
    if (read.kind() == Verdict.Kind.PARSED && series != null) {
      read = listed.read(series, 0, series.length);
    }
    if (read.kind() != Verdict.Kind.PARSED) {
      return read;
    }
    JsonTape tape = record.tape();
    ZoomForm form = ZoomForm.ofMeeting(tape);
    ContractFields ours = fields.get(form);
    ours.fill(row, tape);
    row.set(formColumn, form.text());
    row.set(hostId, text(tape, "host_id"));
    if (series != null) {
      fillSeries(row, listed.tape());
    }
    Long start = ours.isLeftOut(tape, startTime) ? firstJoin : (Long) row.get(startTime);
    if (start == null) {
      return ours.isLeftOut(tape, startTime)
          ? Verdict.failed(
              FailureCode.NO_TIME,
              "The field start_time is left out, and no participant says join_time.")
          : Verdict.failed(FailureCode.BAD_TIME, "No time can be read from the field start_time.");
    }
    Object uuid = row.get(meetingUuid);
    if (uuid == null || !ZoomPlaces.isUuid(uuid.toString())) {
      return Verdict.failedAt(
          start, FailureCode.NO_KEY, "The field uuid is no text that can be a key.");
    }
    row.set(occurredAt, start);
    row.set(eventId, key.id(uuid.toString()));
    row.set(duration, seconds(row, start, form));
    return Verdict.PARSED;
  }

  private void fillSeries(Row row, JsonTape series) {
    row.set(seriesColumn, new Utf8(series.jsonBytes(0)));
    row.set(seriesTopic, text(series, "topic"));
    if (row.get(hostId) == null) {
      row.set(hostId, text(series, "host_id"));
    }
  }

  private Long seconds(Row row, long start, ZoomForm form) {
    Long end = (Long) row.get(endTime);
    if (end != null && end >= start) {
      return (end - start) / MICROS_PER_SECOND;
    }
    Object reported = row.get(reportedDuration);
    return reported == null ? null : ReportedDuration.seconds(reported.toString(), form);
  }

  private Utf8 text(JsonTape tape, String name) {
    int node = tape.member(0, name);
    return node < 0 ? null : values.textOrNumber(tape, node);
  }
}
