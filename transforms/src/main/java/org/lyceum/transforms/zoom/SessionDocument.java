package org.lyceum.transforms.zoom;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.StructLike;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.documents.RowFields;

/**
 * Rows of {@code events.zoom_participant_session} and that of their meeting in, the sessions as
 * {@code sessions-*} and standard output get them out. What a row does not have is null.
 */
public final class SessionDocument {
  private static final Contract MEETING = Contracts.of("events.zoom_meeting");
  private static final Contract SESSION = Contracts.of("events.zoom_participant_session");

  private SessionDocument() {}

  /**
   * The documents of all sessions of a meeting, by when they began. Of sessions with the same
   * user_id the first has the documented id, uuid and user_id; those of rejoins have their
   * join_time behind it, so that they do not overwrite it.
   *
   * @param geoip where an address is; empty where that is not known, and the field is then absent
   */
  public static List<Document> of(
      StructLike meeting,
      List<? extends StructLike> sessions,
      Function<String, Optional<ObjectNode>> geoip) {
    String index = "sessions-" + new RowFields(MEETING, meeting).indexDay("occurred_at");
    List<RowFields> inOrder =
        sessions.stream()
            .map(session -> new RowFields(SESSION, session))
            .sorted(
                Comparator.comparing((RowFields row) -> row.number("occurred_at"))
                    .thenComparing(row -> row.text("user_id")))
            .toList();
    Set<String> taken = new HashSet<>();
    List<Document> documents = new ArrayList<>();
    for (RowFields row : inOrder) {
      String id = row.text("meeting_uuid") + row.text("user_id");
      documents.add(
          new Document(
              index, taken.add(id) ? id : id + "-" + row.time("occurred_at"), body(row, geoip)));
    }
    return documents;
  }

  private static ObjectNode body(RowFields row, Function<String, Optional<ObjectNode>> geoip) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("meeting", row.text("meeting_uuid"));
    String id = row.text("id");
    body.put("id", id == null ? row.text("participant_user_id") : id);
    Stream.of("user_id", "user_name", "device", "ip_address", "country", "city", "network_type")
        .forEach(name -> body.put(name, row.text(name)));
    body.put("join_time", row.time("join_time"));
    body.put("leave_time", row.time("leave_time"));
    body.put("duration", row.number("duration"));
    Stream.of("share_application", "share_desktop", "share_whiteboard", "recording")
        .forEach(name -> body.put(name, row.flag(name)));
    Optional.ofNullable(row.text("ip_address"))
        .flatMap(geoip)
        .ifPresent(place -> body.set("geoip", place));
    return body;
  }
}
