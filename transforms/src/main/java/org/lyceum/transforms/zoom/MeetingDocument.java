package org.lyceum.transforms.zoom;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.apache.iceberg.StructLike;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.documents.RowFields;

/**
 * A row of {@code events.zoom_meeting} in, the meeting as {@code meetings-*} and standard output
 * get it out. What the row does not have is null, topic and host_id blank.
 */
public final class MeetingDocument {
  private static final Contract MEETING = Contracts.of("events.zoom_meeting");

  private MeetingDocument() {}

  /** The document of a meeting. */
  public static Document of(StructLike meeting) {
    RowFields row = new RowFields(MEETING, meeting);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("uuid", row.text("meeting_uuid"));
    body.put("meeting_series_id", row.number("series_id"));
    body.put("topic", first(row.text("topic"), row.text("series_topic")));
    ObjectNode host = body.putObject("host");
    host.put("host_id", first(row.text("host_id"), null));
    host.put("name", row.text("host_name"));
    host.put("email", row.text("host_email"));
    host.put("user_type", row.text("host_user_type"));
    body.put("start_time", row.time("occurred_at"));
    body.put("end_time", row.time("end_time"));
    body.put("duration", row.number("duration"));
    body.put("participant_sessions", row.number("participant_sessions"));
    Stream.of(
            "has_pstn",
            "has_voip",
            "has_3rd_party_audio",
            "has_video",
            "has_screen_share",
            "recording")
        .forEach(flag -> body.put(flag, row.flag(flag)));
    return new Document("meetings-" + row.indexDay("occurred_at"), row.text("meeting_uuid"), body);
  }

  /** What the old harvester did not find in the listing of the host was blank. */
  private static String first(String one, String other) {
    return one != null ? one : other != null ? other : "";
  }
}
