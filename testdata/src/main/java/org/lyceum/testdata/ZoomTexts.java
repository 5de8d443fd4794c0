package org.lyceum.testdata;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A plan in; the same meeting and sessions as the dashboard and as the reports write them out. */
final class ZoomTexts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DEVICES = List.of("Windows", "iOS", "Mac", "Phone", "Android");
  private static final List<String> NETWORKS = List.of("Wifi", "Cellular", "Wired", "PPP", "Wifi");
  private static final List<String> PLACES =
      List.of("Boston (US)", "Lagos (NG)", "Zürich (CH)", "", "Pune (IN)");

  private ZoomTexts() {}

  static ZoomMeetingTexts of(ZoomPlan plan) {
    return new ZoomMeetingTexts(
        plan.uuid(),
        plan.id(),
        plan.host().id(),
        plan.start(),
        Instant.ofEpochSecond(plan.endsAt()),
        metrics(plan).toString(),
        plan.hasReport() ? report(plan).toString() : "",
        past(plan).toString(),
        plan.sessions().stream().map(s -> metricsParticipant(s).toString()).toList(),
        plan.hasReport()
            ? plan.sessions().stream().map(s -> reportParticipant(s).toString()).toList()
            : List.of());
  }

  private static ObjectNode metrics(ZoomPlan plan) {
    ObjectNode json = JSON.createObjectNode();
    json.put("uuid", plan.uuid());
    json.put("id", plan.id());
    json.put("topic", plan.topic());
    json.put("host", plan.host().name());
    json.put("email", plan.host().email());
    json.put("user_type", "Licensed");
    json.put("dept", "");
    putStart(json, plan);
    json.put("end_time", plan.hasEnd() ? time(plan.endsAt()) : "");
    json.put("duration", plan.hasEnd() ? clock(plan.endsAt() - plan.startsAt()) : "");
    json.put("participants", plan.sessions().size());
    json.put("has_pstn", plan.sessions().stream().anyMatch(s -> s.device() == 3));
    json.put("has_archiving", false);
    json.put("has_voip", true);
    json.put("has_3rd_party_audio", false);
    json.put("has_video", plan.sessions().size() > 2);
    json.put("has_screen_share", plan.type() == 8);
    json.put("has_recording", plan.type() == 8);
    json.put("has_sip", false);
    json.put("in_room_participants", 0);
    json.putArray("tracking_fields").addObject().put("field", "term").put("value", "2026_T1");
    json.put("audio_quality", "good");
    json.put("video_quality", "");
    json.put("screen_share_quality", "");
    return json;
  }

  private static ObjectNode report(ZoomPlan plan) {
    ObjectNode json = JSON.createObjectNode();
    json.put("uuid", plan.uuid());
    json.put("id", plan.id());
    json.put("type", plan.type());
    json.put("topic", plan.topic());
    json.put("user_name", plan.host().name());
    json.put("user_email", plan.host().email());
    putStart(json, plan);
    json.put("end_time", plan.hasEnd() ? time(plan.endsAt()) : "");
    json.put("duration", (plan.endsAt() - plan.startsAt() + 59) / 60);
    json.put("total_minutes", plan.sessions().size() * 10);
    json.put("participants_count", plan.people());
    json.put("source", "Zoom");
    return json;
  }

  private static ObjectNode past(ZoomPlan plan) {
    ObjectNode json = JSON.createObjectNode();
    json.put("uuid", plan.uuid());
    json.put("id", plan.id());
    json.put("host_id", plan.host().id());
    json.put("type", plan.type());
    json.put("topic", plan.topic());
    json.put("user_name", plan.host().name());
    json.put("user_email", plan.host().email());
    putStart(json, plan);
    json.put("end_time", plan.hasEnd() ? time(plan.endsAt()) : "");
    json.put("duration", (plan.endsAt() - plan.startsAt() + 59) / 60);
    json.put("participants_count", plan.people());
    return json;
  }

  /** Some of those without a start have an empty one, some none at all. */
  private static void putStart(ObjectNode json, ZoomPlan plan) {
    if (plan.hasStart()) {
      json.put("start_time", time(plan.startsAt()));
    } else if (plan.startsAt() % 2 == 0) {
      json.put("start_time", "");
    }
  }

  private static ObjectNode metricsParticipant(ZoomPlan.Session session) {
    int device = session.device();
    ObjectNode json = JSON.createObjectNode();
    json.put("id", session.person().id());
    json.put("user_id", Long.toString(session.userId()));
    json.put("participant_user_id", session.person().id());
    json.put("user_name", session.person().name());
    json.put("email", session.person().email());
    json.put("device", DEVICES.get(device));
    json.put("ip_address", "192.0.2." + (1 + session.userId() / 1024 % 250));
    json.putArray("internal_ip_addresses").add("192.0.2." + (251 + device % 4));
    json.put("location", PLACES.get(device));
    json.put("network_type", NETWORKS.get(device));
    json.put("microphone", device == 3 ? "" : "Built-in Microphone (Lyceum)");
    json.put("camera", "");
    json.put("data_center", "United States (Cloud Top)");
    json.put("connection_type", "UDP");
    json.put("join_time", time(session.joinedAt()));
    if (session.leftAt() != ZoomPlan.NEVER) {
      json.put("leave_time", time(session.leftAt()));
      json.put("leave_reason", session.person().name() + " left the meeting.<br>Reason: left");
    }
    json.put("share_application", false);
    json.put("share_desktop", device == 2);
    json.put("share_whiteboard", false);
    json.put("recording", false);
    json.put("status", "in_meeting");
    json.put("pc_name", "");
    json.put("version", "5.17.0.1234");
    json.put("registrant_id", "");
    json.put("role", "attendee");
    putBreakoutRoom(json, session);
    json.put("audio_quality", "");
    json.put("os", DEVICES.get(device));
    return json;
  }

  private static ObjectNode reportParticipant(ZoomPlan.Session session) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", session.person().id());
    json.put("user_id", Long.toString(session.userId()));
    json.put("name", session.person().name());
    json.put("user_email", session.person().email());
    json.put("join_time", time(session.joinedAt()));
    if (session.leftAt() != ZoomPlan.NEVER) {
      json.put("leave_time", time(session.leftAt()));
      json.put("duration", session.leftAt() - session.joinedAt());
    }
    json.put("registrant_id", "");
    json.put("failover", false);
    json.put("status", "in_meeting");
    putBreakoutRoom(json, session);
    return json;
  }

  private static void putBreakoutRoom(ObjectNode json, ZoomPlan.Session session) {
    if (!session.breakoutRoom().isEmpty()) {
      json.put("bo_mtg_id", session.breakoutRoom());
    }
  }

  /** As Zoom writes moments: seconds, in UTC. */
  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }

  /** {@code 16:08} is sixteen minutes and eight seconds; from an hour on {@code 01:02:03}. */
  private static String clock(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
