package org.lyceum.transforms.opencast;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.land.LandHarvest;
import org.lyceum.transforms.parse.Verdict;

/**
 * The actions of a window in, as its listing gives them; rows and failed records of the window
 * alone out, each id as read last. For one thread.
 *
 * <p>An action that says no time has that of the one before it in the listing, else the window's
 * start: hosts list actions as they stored them.
 */
final class ActionReading implements ActionSink {
  private final ActionWindow window;
  private final String url;
  private final OpencastActionParser parser;
  private final int occurredAt;
  private final int actionId;
  private final int mpid;
  private final Map<String, Read> reads = new LinkedHashMap<>();
  private long listed;
  private long before;

  /**
   * An action of the window.
   *
   * @param row only if it is parsed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Read(long at, Verdict verdict, Row row, byte[] json) {
    boolean isParsed() {
      return verdict.kind() == Verdict.Kind.PARSED;
    }
  }

  /**
   * Nothing of the window yet.
   *
   * @param url that it is listed at, by which an action without an id is known
   */
  ActionReading(ActionWindow window, String url, OpencastActionParser parser) {
    this.window = window;
    this.url = url;
    this.parser = parser;
    this.occurredAt = parser.contract().ordinal("occurred_at");
    this.actionId = parser.contract().ordinal("action_id");
    this.mpid = parser.contract().ordinal("mpid");
    startAgain();
  }

  @Override
  public void startAgain() {
    reads.clear();
    listed = 0;
    before = ChronoUnit.MICROS.between(Instant.EPOCH, window.from());
  }

  @Override
  public void action(byte[] json) {
    Row row = Row.of(parser.contract());
    Verdict verdict = parser.parse(json, 0, json.length, row);
    Long said =
        verdict.kind() == Verdict.Kind.PARSED ? (Long) row.get(occurredAt) : verdict.occurredAt();
    long at = said == null ? before : said;
    before = at;
    String position = position(row, listed++);
    reads.remove(position);
    if (window.holds(Instant.EPOCH.plus(at, ChronoUnit.MICROS))) {
      reads.put(position, new Read(at, verdict, row, json));
    }
  }

  private String position(Row row, long index) {
    Long id = (Long) row.get(actionId);
    return id == null || id < 0
        ? url + String.format(Locale.ROOT, "#%09d", index)
        : OpencastPlaces.actionPosition(id);
  }

  /** The media packages of its rows. */
  Set<String> mpids() {
    Set<String> mpids = new TreeSet<>();
    for (Row row : rows()) {
      if (mpid(row) != null) {
        mpids.add(mpid(row));
      }
    }
    return mpids;
  }

  /** The media package of a row; null if it names none. */
  String mpid(Row row) {
    Object value = row.get(mpid);
    return value == null ? null : value.toString();
  }

  /** Its rows, in the order of reading. */
  Collection<Row> rows() {
    return reads.values().stream().filter(Read::isParsed).map(Read::row).toList();
  }

  /** Gives all to a landing. */
  void to(LandHarvest landing) {
    reads.forEach(
        (position, read) -> {
          String delivery = OpencastPlaces.actionDelivery(read.at);
          if (read.isParsed()) {
            landing.parsed(delivery, position, parser.contract(), read.row, read.json);
          } else {
            Verdict timed =
                Verdict.failedAt(read.at, read.verdict.code(), read.verdict.message());
            landing.failed(delivery, position, timed, read.json);
          }
        });
  }
}
