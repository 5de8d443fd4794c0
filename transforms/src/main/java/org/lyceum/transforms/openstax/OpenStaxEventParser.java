package org.lyceum.transforms.openstax;

import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.ExtraFields;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonText;
import org.lyceum.transforms.parse.NotUtf8Exception;
import org.lyceum.transforms.parse.UnreadableJsonException;
import org.lyceum.transforms.parse.Verdict;

/**
 * One logical record in, one row of {@code events.openstax_event} or a failure out; the same for
 * stored Parquet, Avro messages and requests, so that copies make equal rows.
 *
 * <p>A record is a map from field to value: text as CharSequence (a Utf8 is checked, since it may
 * not be UTF-8), whole numbers as Integer or Long, Double, Boolean, a uuid as 16 bytes ({@code
 * byte[]} or ByteBuffer), UUID or text, maps, lists. Null and absent mean the same for a field that
 * has a column. For one thread.
 */
public final class OpenStaxEventParser {
  /** Rises whenever the same record gives another row or another verdict, in any of the parsers. */
  public static final int VERSION = 2;

  /** Milliseconds below this are seconds: the API wrote them until August 2021 (PR #53). */
  private static final long SECONDS_BELOW = 100_000_000_000L;

  /** As milliseconds these would lie after the year 5138: a file whose column says no unit. */
  private static final long MICROS_FROM = 100_000_000_000_000L;

  private static final long NANOS_FROM = 1_000 * MICROS_FROM;

  private final Contract contract = Contracts.of("events.openstax_event");
  private final EventKey key = new EventKey(contract.name());
  private final ExtraFields extra = new ExtraFields();
  private final EventColumns columns = new EventColumns(contract, extra);
  private final XapiColumns xapiColumns = new XapiColumns(contract, extra, key);
  private final JsonTape statement = new JsonTape();
  private final ByteBuilder json = new ByteBuilder();
  private final int eventId = contract.ordinal("event_id");
  private final int occurredAt = contract.ordinal("occurred_at");
  private final int sessionUuid = contract.ordinal("session_uuid");
  private final int sessionOrder = contract.ordinal("session_order");
  private final int extraColumn = contract.ordinal("extra");

  public Contract contract() {
    return contract;
  }

  /**
   * Parses a record that Avro or Parquet has carried. When it is parsed, every column of {@code
   * row} but feed, delivery, position and run_id is set (NULL included).
   */
  public Verdict parse(
      Map<String, ?> record, RecordType type, Circumstances circumstances, Row row) {
    begin();
    try {
      if (type.event() == EventType.XAPI_STATEMENT) {
        return parseStatement(record, circumstances, row);
      }
      columns.fill(record, type, circumstances, row);
      finish(row, type, storedTime(record.get("occurred_at"), circumstances));
      return Verdict.PARSED;
    } catch (FailedRecordException e) {
      return e.verdict();
    } catch (NotUtf8Exception e) {
      return Verdict.failed(FailureCode.NOT_UTF8, "The field occurred_at is not UTF-8.");
    }
  }

  /** Parses one statement of a tape. */
  Verdict parseStatement(JsonTape tape, int node, Circumstances circumstances, Row row) {
    begin();
    try {
      columns.start(RecordType.XAPI, circumstances, row);
      xapiColumns.fill(tape, node, circumstances, row);
      row.set(extraColumn, extra.column());
      return Verdict.PARSED;
    } catch (FailedRecordException e) {
      return e.verdict();
    }
  }

  /** Forgets the record before; what is put into the result is in the next row's extra. */
  ExtraFields begin() {
    extra.clear();
    return extra;
  }

  /**
   * Fills the row of an event of a request, whose extra has begun.
   *
   * @param record fields whose values give their columns; what does not fit stands in extra
   * @param micros when it happened
   */
  void fill(
      Map<String, ?> record, RecordType type, Circumstances circumstances, long micros, Row row)
      throws FailedRecordException {
    columns.fill(record, type, circumstances, row);
    finish(row, type, micros);
  }

  private Verdict parseStatement(Map<String, ?> record, Circumstances circumstances, Row row) {
    json.clear();
    try {
      JsonText.appendWithoutNulls(record, json);
      byte[] text = json.copy(0, json.length());
      statement.read(text, 0, text.length);
    } catch (NotUtf8Exception e) {
      return Verdict.failed(FailureCode.NOT_UTF8, "The statement holds text that is not UTF-8.");
    } catch (UnreadableJsonException e) {
      return Verdict.failed(e.code(), e.getMessage() + ".");
    }
    return parseStatement(statement, 0, circumstances, row);
  }

  private void finish(Row row, RecordType type, long micros) throws FailedRecordException {
    row.set(occurredAt, micros);
    row.set(extraColumn, extra.column());
    row.set(eventId, id(row, type.event()));
  }

  /** The type stands in every key, so that a session and its first event are two. */
  private UUID id(Row row, EventType type) throws FailedRecordException {
    Object session = row.get(sessionUuid);
    if (session == null) {
      throw new FailedRecordException(FailureCode.NO_KEY, "The field session_uuid is absent.");
    }
    if (type == EventType.STARTED_SESSION) {
      return key.id(session.toString(), type.column());
    }
    Object order = row.get(sessionOrder);
    if (order == null) {
      throw new FailedRecordException(FailureCode.NO_KEY, "The field session_order is absent.");
    }
    return key.id(session.toString(), type.column(), order.toString());
  }

  private long storedTime(Object value, Circumstances circumstances)
      throws FailedRecordException, NotUtf8Exception {
    if (value == null) {
      if (circumstances.received() == null) {
        throw new FailedRecordException(FailureCode.NO_TIME, "The field occurred_at is absent.");
      }
      extra.put("", "occurred_at", null); // so that the column is not taken for the record's
      return circumstances.received();
    }
    Long count =
        value instanceof CharSequence text ? WholeNumber.ofText(text) : WholeNumber.of(value);
    if (count == null) {
      return writtenTime(value);
    }
    TimeUnit unit = finer(count, circumstances.unit());
    boolean isSeconds = Math.abs(unit.toMillis(count)) < SECONDS_BELOW;
    boolean isCut = unit == TimeUnit.NANOSECONDS && count % 1_000 != 0;
    if (isSeconds || isCut || unit != circumstances.unit() || value instanceof CharSequence) {
      extra.put("", "occurred_at", value);
    }
    long micros =
        unit == TimeUnit.NANOSECONDS ? Math.floorDiv(count, 1_000L) : unit.toMicros(count);
    return isSeconds ? 1_000L * micros : micros;
  }

  /** The unit of a number that is said to be milliseconds, and of any other what is said. */
  private static TimeUnit finer(long count, TimeUnit said) {
    if (said != TimeUnit.MILLISECONDS || isWithin(count, MICROS_FROM)) {
      return said;
    }
    return isWithin(count, NANOS_FROM) ? TimeUnit.MICROSECONDS : TimeUnit.NANOSECONDS;
  }

  private static boolean isWithin(long count, long bound) {
    return -bound < count && count < bound;
  }

  private long writtenTime(Object value) throws FailedRecordException, NotUtf8Exception {
    BigDecimal seconds = value instanceof CharSequence text ? DateTimeText.seconds(text) : null;
    if (seconds == null) {
      throw new FailedRecordException(
          FailureCode.BAD_VALUE,
          "The field occurred_at is neither a whole number nor a date-time.");
    }
    extra.put("", "occurred_at", value);
    return DateTimeText.micros(seconds);
  }
}
