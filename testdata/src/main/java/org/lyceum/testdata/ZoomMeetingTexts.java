package org.lyceum.testdata;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * One instance of a meeting in every form that Zoom has for it, each a JSON text.
 *
 * @param id the number that instances of a series, and those of a personal room, share
 * @param listedAt Zoom's lists have it there, also when the texts do not say when it began
 * @param endedAt when it was over, also when the texts do not say so
 * @param metrics of the dashboard
 * @param report of the reports; empty where they have none, which is for fewer than two people
 * @param past of {@code /past_meetings/<uuid>}
 */
public record ZoomMeetingTexts(
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

  public ZoomMeetingTexts {
    metricsParticipants = List.copyOf(metricsParticipants);
    reportParticipants = List.copyOf(reportParticipants);
  }

  /** All of it as one JSON object in one line, members in snake_case. */
  public String line() {
    ObjectNode line =
        JSON.createObjectNode()
            .put("uuid", uuid)
            .put("id", id)
            .put("host_id", hostId)
            .put("listed_at", listedAt.toString())
            .put("ended_at", endedAt.toString());
    String head = line.toString();
    return "%s,\"metrics\":%s,\"report\":%s,\"past\":%s,\"metrics_participants\":[%s],\"report_participants\":[%s]}"
        .formatted(
            head.substring(0, head.length() - 1),
            metrics,
            report.isEmpty() ? "null" : report,
            past,
            String.join(",", metricsParticipants),
            String.join(",", reportParticipants));
  }
}
