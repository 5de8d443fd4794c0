package org.lyceum.transforms.opencast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.iceberg.StructLike;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.documents.RowFields;

/**
 * A row of {@code events.opencast_episode} in, the episode as the index {@code episodes} gets it
 * out. What an episode does not have is left out.
 */
public final class EpisodeDocument {
  private static final Contract EPISODE = Contracts.of("events.opencast_episode");
  private static final JsonMapper JSON = new JsonMapper();

  private EpisodeDocument() {}

  /** The document of an episode. */
  public static Document of(StructLike episode) {
    RowFields row = new RowFields(EPISODE, episode);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    row.putText(body, "title", "title");
    row.putText(body, "mpid", "mpid");
    row.putNumber(body, "duration", "duration");
    putTime(body, row, "start");
    putSeries(body, row, "crn");
    row.putText(body, "type", "type");
    row.putText(body, "description", "description");
    row.putText(body, "presenter_still", "presenter_still");
    row.putText(body, "presentation_still", "presentation_still");
    putSlides(body, row.text("slides"));
    row.putNumber(body, "live_stream", "live_stream");
    putTime(body, row, "live_start");
    putTime(body, row, "live_end");
    row.putNumber(body, "live_duration", "live_duration");
    putTime(body, row, "available");
    return new Document(OpencastPlaces.EPISODES, row.text("mpid"), body);
  }

  /**
   * Puts the course and what the series says of it.
   *
   * @param number name of the course's number: crn in episodes, cdn in actions
   */
  static void putSeries(ObjectNode body, RowFields episode, String number) {
    episode.putText(body, "course", "course");
    episode.putText(body, "series", "series");
    episode.putText(body, "year", "year");
    episode.putText(body, "term", "term");
    episode.putText(body, number, "crn");
  }

  private static void putTime(ObjectNode body, RowFields row, String column) {
    if (row.number(column) != null) {
      body.put(column, row.pythonTime(column));
    }
  }

  private static void putSlides(ObjectNode body, String slides) {
    if (slides != null) {
      try {
        body.set("slides", JSON.readTree(slides));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the column slides is no JSON", e);
      }
    }
  }
}
