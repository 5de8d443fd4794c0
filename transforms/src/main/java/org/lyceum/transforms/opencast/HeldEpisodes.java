package org.lyceum.transforms.opencast;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;

/** What the lake knows of episodes: of a feed's, for harvests that go on from there. */
public final class HeldEpisodes {
  private static final Contract EPISODE = Contracts.of("events.opencast_episode");
  private static final Contract ACTION = Contracts.of("events.opencast_useraction");

  /** Iceberg looks into no file's statistics for more. */
  private static final int MOST_IN_A_QUESTION = 200;

  private final RESTCatalog catalog;
  private final String feed;

  public HeldEpisodes(RESTCatalog catalog, String feed) {
    this.catalog = catalog;
    this.feed = feed;
  }

  /**
   * The rows of some episodes by their mpid; those that the lake does not hold are left out.
   *
   * @param readSince those that were read before are left out, too: the run that read a row says
   *     when it began
   */
  Map<String, Row> rows(Collection<String> mpids, Instant readSince) throws IOException {
    Map<String, Row> rows = new HashMap<>();
    List<String> all = new ArrayList<>(mpids);
    Table table = catalog.loadTable(EPISODE.identifier());
    for (int i = 0; i < all.size(); i += MOST_IN_A_QUESTION) {
      List<String> some = all.subList(i, Math.min(all.size(), i + MOST_IN_A_QUESTION));
      Expression asked = Expressions.and(ofFeed(), Expressions.in("position", some.toArray()));
      try (CloseableIterable<Record> records = IcebergGenerics.read(table).where(asked).build()) {
        for (Record record : records) {
          if (!startOf((String) record.getField("run_id")).isBefore(readSince)) {
            rows.put((String) record.getField("position"), row(record));
          }
        }
      }
    }
    return rows;
  }

  /** The media packages that were watched in a time, {@code [from, to)}. */
  public Set<String> watched(Instant from, Instant to) throws IOException {
    Set<String> mpids = new TreeSet<>();
    Table table = catalog.loadTable(ACTION.identifier());
    Expression asked =
        Expressions.and(
            ofFeed(),
            Expressions.greaterThanOrEqual("occurred_at", micros(from)),
            Expressions.lessThan("occurred_at", micros(to)));
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table).select("mpid").where(asked).build()) {
      for (Record record : records) {
        if (record.getField("mpid") != null) {
          mpids.add((String) record.getField("mpid"));
        }
      }
    }
    return mpids;
  }

  /**
   * The series of a year and term that have episodes, of all feeds, in order.
   *
   * @param year four digits, as a series begins with them
   * @param term the two digits behind them
   */
  public static SortedSet<String> series(RESTCatalog catalog, String year, String term)
      throws IOException {
    SortedSet<String> series = new TreeSet<>();
    Table table = catalog.loadTable(EPISODE.identifier());
    Expression asked =
        Expressions.and(Expressions.equal("year", year), Expressions.equal("term", term));
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table).select("series").where(asked).build()) {
      for (Record record : records) {
        series.add((String) record.getField("series"));
      }
    }
    return series;
  }

  private Expression ofFeed() {
    return Expressions.equal("feed", feed);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Ids of runs are UUIDs of version 7 (RFC 9562): they begin with the time, in milliseconds. */
  static Instant startOf(String runId) {
    return Instant.ofEpochMilli(UUID.fromString(runId).getMostSignificantBits() >>> 16);
  }

  /** As a parser would fill it. */
  private static Row row(Record record) {
    Row row = Row.of(EPISODE);
    for (int i = 0; i < EPISODE.columns().size(); i++) {
      Object value = record.getField(EPISODE.columns().get(i).name());
      row.set(i, value instanceof OffsetDateTime time ? micros(time.toInstant()) : value);
    }
    return row;
  }
}
