package org.lyceum.transforms.opencast;

import java.util.Locale;
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
 * One result of {@code search/episode.json}, of the old or new generation, and the workflow that
 * published it in; a row of {@code events.opencast_episode} out. What was searched is the record;
 * its fields are in columns of their own, its originals in mediapackage, dc and extra. For one
 * thread.
 */
public final class OpencastEpisodeParser {
  private static final int VERSION = 1;

  private static final Verdict NO_TIME =
      Verdict.failed(
          FailureCode.NO_TIME,
          "The fields start, dcCreated (dc.created) and modified are absent, null or blank.");
  private static final Verdict BAD_TIME =
      Verdict.failed(
          FailureCode.BAD_TIME,
          "No time can be read from the fields start, dcCreated (dc.created) and modified.");

  private static final Utf8 OLD = new Utf8("old");
  private static final Utf8 NEW = new Utf8("new");

  private final String feed;
  private final Contract contract = Contracts.of("events.opencast_episode");
  private final ContractFields fields = new ContractFields(contract);
  private final JsonRecord result = new JsonRecord(fields.names());
  private final JsonRecord workflow = new JsonRecord(WorkflowColumns.NAMES);
  private final EventKey key = new EventKey(contract.name());
  private final EpisodeValues values = new EpisodeValues();
  private final AttachmentColumns attachments = new AttachmentColumns(contract, values);
  private final WorkflowColumns operations = new WorkflowColumns(contract, values);

  private final int eventId = contract.ordinal("event_id");
  private final int occurredAt = contract.ordinal("occurred_at");
  private final int mpid = contract.ordinal("mpid");
  private final int generation = contract.ordinal("generation");
  private final int title = contract.ordinal("title");
  private final int duration = contract.ordinal("duration");
  private final int start = contract.ordinal("start");
  private final int course = contract.ordinal("course");
  private final int series = contract.ordinal("series");
  private final int year = contract.ordinal("year");
  private final int term = contract.ordinal("term");
  private final int crn = contract.ordinal("crn");
  private final int type = contract.ordinal("type");
  private final int description = contract.ordinal("description");

  /** Episodes of a feed, which is part of their key. */
  public OpencastEpisodeParser(String feed) {
    this.feed = feed;
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
   * @param found one result of the search, as sent
   * @param published the workflow that published the episode, as sent; null if none was found
   */
  public Verdict parse(byte[] found, byte[] published, Row row) {
    Verdict read = result.read(found, 0, found.length);
    if (read.kind() == Verdict.Kind.PARSED && published != null) {
      read = workflow.read(published, 0, published.length);
    }
    if (read.kind() != Verdict.Kind.PARSED) {
      return read;
    }
    JsonTape episode = result.tape();
    fields.fill(row, episode);
    int media = values.member(episode, 0, "mediapackage");
    fillEpisode(row, episode, media);
    attachments.fill(row, episode, media);
    if (published != null) {
      operations.fill(row, workflow.tape());
    }
    return place(row, episode, media);
  }

  private void fillEpisode(Row row, JsonTape episode, int media) {
    int dc = values.member(episode, 0, "dc");
    row.set(generation, dc == EpisodeValues.NONE ? OLD : NEW);
    row.set(mpid, first(text(episode, media, "id"), text(episode, 0, "id")));
    row.set(title, first(text(episode, media, "title"), dublinCore(episode, "dcTitle")));
    row.set(duration, values.integer(episode, values.member(episode, media, "duration")));
    row.set(
        start,
        first(
            values.time(episode, values.member(episode, media, "start")),
            values.time(episode, dublinCoreNode(episode, "dcCreated"))));
    row.set(course, text(episode, media, "seriestitle"));
    Utf8 code = first(text(episode, media, "series"), dublinCore(episode, "dcIsPartOf"));
    row.set(series, code);
    row.set(year, part(code, 0, 4));
    row.set(term, part(code, 4, 6));
    row.set(crn, part(code, 6, 11));
    row.set(type, dublinCore(episode, "dcType"));
    row.set(description, dublinCore(episode, "dcDescription"));
  }

  private Verdict place(Row row, JsonTape episode, int media) {
    int modified = values.member(episode, 0, "modified");
    Long micros = first((Long) row.get(start), values.time(episode, modified));
    if (micros == null) {
      boolean isLeftOut =
          values.isLeftOut(episode, modified)
              && values.isLeftOut(episode, values.member(episode, media, "start"))
              && values.isLeftOut(episode, dublinCoreNode(episode, "dcCreated"));
      return isLeftOut ? NO_TIME : BAD_TIME;
    }
    Utf8 id = (Utf8) row.get(mpid);
    if (id == null || id.toString().indexOf(0) >= 0) {
      return Verdict.failedAt(
          micros, FailureCode.NO_KEY, "The field id is no text that can be a key.");
    }
    row.set(occurredAt, micros);
    row.set(eventId, key.id(feed, id.toString()));
    return Verdict.PARSED;
  }

  private Utf8 text(JsonTape tape, int object, String name) {
    return values.text(tape, values.member(tape, object, name));
  }

  private Utf8 dublinCore(JsonTape episode, String name) {
    return values.text(episode, dublinCoreNode(episode, name));
  }

  /** The old generation has {@code dcTitle}, the new one {@code title} in {@code dc}. */
  private int dublinCoreNode(JsonTape episode, String name) {
    String term = name.substring(2, 3).toLowerCase(Locale.ROOT) + name.substring(3);
    int node = values.member(episode, values.member(episode, 0, "dc"), term);
    return node == EpisodeValues.NONE ? values.member(episode, 0, name) : node;
  }

  private static <T> T first(T one, T other) {
    return one == null ? other : one;
  }

  /** Some of a text's characters, as far as it goes; null for none. */
  private static Utf8 part(Utf8 text, int from, int to) {
    String whole = text == null ? "" : text.toString();
    return whole.length() <= from
        ? null
        : new Utf8(whole.substring(from, Math.min(to, whole.length())));
  }
}
