package org.lyceum.transforms.zoom;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ContractFields;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonRecord;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.Verdict;

/**
 * One participant of Zoom's metrics or reports in, who joined once and left once; a row of {@code
 * events.zoom_participant_session} out. For one thread.
 */
public final class ZoomParticipantSessionParser {
  private static final int VERSION = 1;

  /** {@code Cambridge (US)}. */
  private static final Pattern LOCATION = Pattern.compile("(.*?)\\s*\\(\\s*([A-Za-z]{2})\\s*\\)");

  private static final long MICROS_PER_SECOND = 1_000_000;

  private final Contract contract = Contracts.of("events.zoom_participant_session");
  private final Map<ZoomForm, ContractFields> fields = new EnumMap<>(ZoomForm.class);
  private final JsonRecord record;
  private final EventKey key = new EventKey(contract.name());

  private final int eventId = contract.ordinal("event_id");
  private final int occurredAt = contract.ordinal("occurred_at");
  private final int meetingColumn = contract.ordinal("meeting_uuid");
  private final int formColumn = contract.ordinal("form");
  private final int person = contract.ordinal("person");
  private final int id = contract.ordinal("id");
  private final int userId = contract.ordinal("user_id");
  private final int participantUserId = contract.ordinal("participant_user_id");
  private final int userName = contract.ordinal("user_name");
  private final int email = contract.ordinal("email");
  private final int location = contract.ordinal("location");
  private final int city = contract.ordinal("city");
  private final int country = contract.ordinal("country");
  private final int joinTime = contract.ordinal("join_time");
  private final int leaveTime = contract.ordinal("leave_time");
  private final int duration = contract.ordinal("duration");
  private final int reportedDuration = contract.ordinal("reported_duration");

  public ZoomParticipantSessionParser() {
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
   * @param participant as sent
   * @param meetingUuid of the meeting that was asked for
   * @param meetingStart microseconds since 1970, which stand for a join_time that is left out; null
   *     where the meeting does not say
   */
  public Verdict parse(byte[] participant, String meetingUuid, Long meetingStart, Row row) {
    Verdict read = record.read(participant, 0, participant.length);
    if (read.kind() != Verdict.Kind.PARSED) {
      return read;
    }
    JsonTape tape = record.tape();
    ZoomForm form = ZoomForm.ofSession(tape);
    ContractFields ours = fields.get(form);
    ours.fill(row, tape);
    row.set(meetingColumn, new Utf8(meetingUuid));
    row.set(formColumn, form.text());
    fillPerson(row);
    fillPlace(row);
    Long join = (Long) row.get(joinTime);
    boolean hasJoin = !ours.isLeftOut(tape, joinTime);
    Long when = hasJoin ? join : meetingStart;
    if (when == null) {
      return hasJoin
          ? Verdict.failed(FailureCode.BAD_TIME, "No time can be read from the field join_time.")
          : Verdict.failed(
              FailureCode.NO_TIME,
              "The field join_time is left out, and the meeting has no start.");
    }
    Object user = row.get(userId);
    if (user == null || user.toString().indexOf(0) >= 0) {
      return Verdict.failedAt(
          when, FailureCode.NO_KEY, "The field user_id is no text that can be a key.");
    }
    row.set(occurredAt, when);
    row.set(eventId, key.id(meetingUuid, user.toString(), ZoomPlaces.joinText(join)));
    row.set(duration, seconds(row, join));
    return Verdict.PARSED;
  }

  private void fillPerson(Row row) {
    if (row.get(participantUserId) != null) {
      row.set(person, row.get(participantUserId));
    } else if (row.get(id) != null) {
      row.set(person, row.get(id));
    } else if (row.get(email) != null) {
      row.set(person, new Utf8(row.get(email).toString().strip().toLowerCase(Locale.ROOT)));
    } else if (row.get(userName) != null) {
      row.set(person, new Utf8("name:" + row.get(userName)));
    }
  }

  private void fillPlace(Row row) {
    Object place = row.get(location);
    Matcher parts = LOCATION.matcher(place == null ? "" : place.toString().strip());
    if (parts.matches()) {
      row.set(city, parts.group(1).isEmpty() ? null : new Utf8(parts.group(1)));
      row.set(country, new Utf8(parts.group(2).toUpperCase(Locale.ROOT)));
    }
  }

  private Object seconds(Row row, Long join) {
    Long leave = (Long) row.get(leaveTime);
    return join != null && leave != null && leave >= join
        ? (Long) ((leave - join) / MICROS_PER_SECOND)
        : row.get(reportedDuration);
  }
}
