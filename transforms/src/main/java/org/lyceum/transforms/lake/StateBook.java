package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Row;

/**
 * {@code ops.state}: how far the lake holds each partition of each topic, and each listing of a
 * host that is read by time. It is small, and each commit that moves it writes it anew.
 */
public final class StateBook {
  private static final TableIdentifier ID = Books.STATE.identifier();

  /**
   * A partition, or what is read of a host.
   *
   * @param key topic, with the number of its series, and partition; or the listing's name
   */
  public record Key(String source, String feed, String key)
      implements Comparable<Key>, Serializable {
    @Override
    public int compareTo(Key other) {
      return (source + "\0" + feed + "\0" + key)
          .compareTo(other.source + "\0" + other.feed + "\0" + other.key);
    }
  }

  /**
   * How far a partition is held.
   *
   * @param end the first offset that the lake does not hold
   * @param topicId the broker's identity of the topic
   */
  public record Held(long end, String topicId) {}

  private final Map<Key, Row> rows = new TreeMap<>();
  private final List<DataFile> files = new ArrayList<>();
  private final TableCommits tables;

  private StateBook(TableCommits tables) {
    this.tables = tables;
  }

  static StateBook of(TableCommits tables) throws IOException {
    StateBook book = new StateBook(tables);
    for (TableCommits.Planned planned : tables.plan(ID)) {
      book.files.add(planned.file());
      for (Row row : DeliveryBook.rows(tables.table(ID), planned.file())) {
        book.rows.put(key(row), row);
      }
    }
    return book;
  }

  /** What the lake holds of topics now. */
  public static Map<Key, Held> read(RESTCatalog catalog) throws IOException {
    StateBook book = of(new TableCommits(catalog, "read"));
    Map<Key, Held> held = new TreeMap<>();
    for (Key key : book.rows.keySet()) {
      book.held(key).ifPresent(there -> held.put(key, there));
    }
    return held;
  }

  /** Up to when the lake holds what is read by time. */
  public static Map<Key, Instant> watermarks(RESTCatalog catalog) throws IOException {
    StateBook book = of(new TableCommits(catalog, "read"));
    Map<Key, Instant> watermarks = new TreeMap<>();
    for (Key key : book.rows.keySet()) {
      book.watermark(key).ifPresent(at -> watermarks.put(key, at));
    }
    return watermarks;
  }

  private static Key key(Row row) {
    return new Key(text(row, "source"), text(row, "feed"), text(row, "key"));
  }

  private static String text(Row row, String column) {
    Object value = row.get(Books.STATE.ordinal(column));
    return value == null ? null : value.toString();
  }

  Optional<Held> held(Key key) {
    return Optional.ofNullable(rows.get(key))
        .filter(row -> text(row, "topic_id") != null)
        .map(row -> new Held(Long.parseLong(text(row, "position")), text(row, "topic_id")));
  }

  /** What is no topic has no topic's identity. */
  Optional<Instant> watermark(Key key) {
    return Optional.ofNullable(rows.get(key))
        .filter(row -> text(row, "topic_id") == null)
        .map(row -> Instant.parse(text(row, "position")));
  }

  void set(Key key, Held held, String runId, long now) {
    set(key, LakeCommit.position(held.end), held.topicId, runId, now);
  }

  void set(Key key, Instant watermark, String runId, long now) {
    set(key, watermark.toString(), null, runId, now);
  }

  private void set(Key key, String position, String topicId, String runId, long now) {
    rows.put(
        key,
        new Books.Entry(Books.STATE)
            .set("source", key.source)
            .set("feed", key.feed)
            .set("key", key.key)
            .set("position", position)
            .set("topic_id", topicId)
            .set("run_id", runId)
            .set("updated_at", now)
            .row());
  }

  /** Writes all rows anew. */
  void write(String runId) {
    tables.change(
        ID,
        List.of(RowFiles.write(tables.table(ID), runId, new ArrayList<>(rows.values()))),
        files,
        List.of(),
        List.of());
  }
}
