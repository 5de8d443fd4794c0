package org.lyceum.testdata;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Events of KinesinLMS: a week of two courses and their learners. */
final class KinesinlmsEventWriter implements JsonEventWriter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);
  private static final String VIDEO = "kinesinlms.course.video.activity";
  private static final String[] VIDEO_EVENTS = {
    "play", "pause", "end", "replay_clicked", "playback_rate_change", "playback_quality_change"
  };
  private static final String[] STATUSES = {
    "UNANSWERED", "INCOMPLETE", "COMPLETE", "CORRECT", "INCORRECT"
  };
  private static final String[] COURSES = {"ALG1", "GEO1"};

  private final long seed;
  private final long started;
  private final Dice dice = new Dice();

  KinesinlmsEventWriter(long seed, long startedMillis) {
    this.seed = seed;
    this.started = startedMillis;
  }

  @Override
  public Written write(JsonBytes out, long number, JsonBytes.Style style) {
    dice.start(seed, number ^ 0x6b696e65L);
    out.style(style).object();
    int kind = dice.below(10);
    boolean isPayload = kind == 9;
    boolean isLegacy = kind > 5 && !isPayload;
    int user = 4101 + dice.below(40);
    String type = isPayload ? VIDEO : type();
    String token = !isPayload && dice.perMille(100) ? "ALG1_2024_T1:" : "";
    out.key("event_type").text(token + type);
    if (!isPayload) {
      // The microseconds are the number's, so that no two events without uuid are equal.
      long micros = 1000 * (started + 1_700 * number) + number % 1000;
      out.key("time")
          .text(TIME.format(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000)));
      out.key("anon_username").text(new UUID(Dice.mix(seed, user), user).toString());
    }
    out.key("course_slug").text(dice.of(COURSES)).key("course_run").text("2024_T1");
    if (isLegacy) {
      out.key("module_id").text("m" + dice.below(5)).key("section_id").text("s" + dice.below(20));
      out.key("unit_id").text("u" + dice.below(80));
      out.key("page_url").text("https://courses.lyceum.example/courses/é/" + dice.below(9) + "/");
    } else {
      if (!isPayload) {
        out.key("uuid").text(new UUID(Dice.mix(seed, number), number).toString());
        out.key("user");
        if (dice.perMille(50)) {
          out.none();
        } else {
          out.number(user);
        }
      }
      out.key("unit_node_slug").text("unit-" + dice.below(80));
      out.key("course_unit_id").number(dice.below(500));
      out.key("course_unit_slug").text("lines-" + dice.below(80));
    }
    eventData(out, type);
    out.end();
    return new Written(type, null, isPayload);
  }

  private String type() {
    return switch (dice.below(5)) {
      case 0, 1 -> VIDEO;
      case 2 -> "kinesinlms.course.assessment.submitted";
      case 3 -> "kinesinlms.course.content.page_view";
      default -> "kinesinlms.course.bookmark.created";
    };
  }

  private void eventData(JsonBytes out, String type) {
    out.key("event_data");
    switch (type) {
      case VIDEO ->
          out.object()
              .key("video_id")
              .text("k519LgRBnE" + dice.below(10))
              .key("video_event_type")
              .text("kinesinlms.course.video." + dice.of(VIDEO_EVENTS))
              .end();
      case "kinesinlms.course.assessment.submitted" ->
          out.object()
              .key("assessment_id")
              .number(300 + dice.below(90))
              .key("assessment_type")
              .text("LONG_FORM_TEXT")
              .key("status")
              .text(dice.of(STATUSES))
              .key("attempts")
              .number(1 + dice.below(5))
              .key("json_content")
              .object()
              .key("answer")
              .text("x = é/" + dice.below(100))
              .end()
              .end();
      case "kinesinlms.course.content.page_view" ->
          out.object().key("unit_display_name").text("Lines and slopes").end();
      default -> out.none();
    }
  }

  @Override
  public void writeBadTime(JsonBytes out) {
    out.raw("{\"event_type\": \"kinesinlms.core.user.login\", \"time\": \"yesterday\"}");
  }

  @Override
  public void writeKeyless(JsonBytes out, long number) {
    out.raw("{\"event_type\": \"kinesinlms.core.user.login\", \"uuid\": " + number + "}");
  }

  @Override
  public String keylessCode() {
    return "no_key";
  }
}
