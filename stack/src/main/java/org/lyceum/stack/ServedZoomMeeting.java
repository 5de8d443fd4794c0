package org.lyceum.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One instance of a meeting as {@link ZoomServer} tells of it: what it needs to find it, and the
 * JSON texts that it sends as they are.
 *
 * @param id the number that instances of a series, and those of a personal room, share
 * @param listedAt begins there for the lists, whatever the texts say
 * @param endedAt live before, past from then on
 * @param metrics as the dashboard has it
 * @param report as reports have it; empty for a meeting of fewer than two people, which have none
 * @param past as {@code /past_meetings/<uuid>} has it
 */
public record ServedZoomMeeting(
    String uuid,
    long id,
    String hostId,
    Instant listedAt,
    Instant endedAt,
    String metrics,
    String report,
    String past,
    List<String> metricsParticipants,
    List<String> reportParticipants) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public ServedZoomMeeting {
    metricsParticipants = List.copyOf(metricsParticipants);
    reportParticipants = List.copyOf(reportParticipants);
  }

  /** An object with a member for each component, named in snake_case, texts as JSON values. */
  public static ServedZoomMeeting read(String json) {
    JsonNode meeting;
    try {
      meeting = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A meeting is not JSON", e);
    }
    return new ServedZoomMeeting(
        meeting.path("uuid").asText(),
        meeting.path("id").asLong(),
        meeting.path("host_id").asText(),
        Instant.parse(meeting.path("listed_at").asText()),
        Instant.parse(meeting.path("ended_at").asText()),
        meeting.path("metrics").toString(),
        meeting.path("report").isObject() ? meeting.path("report").toString() : "",
        meeting.path("past").toString(),
        texts(meeting.path("metrics_participants")),
        texts(meeting.path("report_participants")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.toString()));
    return texts;
  }

  boolean isOnePerson() {
    return metricsParticipants.size() == 1;
  }
}
