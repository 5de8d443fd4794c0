package org.lyceum.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A host as {@link ZoomServer} tells of him.
 *
 * @param status active, inactive or pending: lists have one status each
 * @param json the text that is sent
 * @param scheduled texts of the meetings that he planned; personal rooms and instant meetings are
 *     not among them
 */
public record ServedZoomUser(String id, String status, String json, List<String> scheduled) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public ServedZoomUser {
    scheduled = List.copyOf(scheduled);
  }

  /** An object with {@code user}, as it is sent, and {@code scheduled}. */
  public static ServedZoomUser read(String json) {
    JsonNode both;
    try {
      both = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A user is not JSON", e);
    }
    JsonNode user = both.path("user");
    List<String> scheduled = new ArrayList<>();
    both.path("scheduled").forEach(meeting -> scheduled.add(meeting.toString()));
    return new ServedZoomUser(
        user.path("id").asText(), user.path("status").asText(), user.toString(), scheduled);
  }
}
