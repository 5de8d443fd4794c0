package org.lyceum.testdata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Learners who watch lectures, and what their player sends: a beat every half minute, and what they
 * press in between. One of seventy actions is broken.
 */
final class OpencastVisits {
  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
  private static final String[] BUTTONS = {
    "RESIZE-TO-1280x720",
    "RESIZE-TO-640x360",
    "paella:button:action;edu.harvard.dce.paella.viewModeTogglePlugin",
    "paella:button:action;es.upv.paella.playbackRatePlugin",
    "paella:caption:enabled;en"
  };
  private static final String[] AGENTS = {
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Linux; Android 14) \u00dcbungs-Player/1.0"
  };

  /** The cast of README.md; further learners follow from 5001 on. */
  private static final String[] CAST = {"4101", "4102", "4103", "4104", "4105"};

  private static final int BROKEN = 14;
  private static final int BEAT_SECONDS = 30;
  private static final long FIRST_ID = 100_001;

  /**
   * An action and what is true of it.
   *
   * @param code why it must fail; null if it must not
   */
  record Made(
      Instant created,
      String json,
      String code,
      String type,
      OpencastLecture lecture,
      boolean isLive,
      boolean hasUser) {
    boolean isBroken() {
      return code != null;
    }
  }

  /** An action before it has an id. */
  private record Draft(Instant created, ObjectNode json, String type, Visit visit) {}

  /**
   * @param style how numbers and flags are written: 0 with flags as booleans, 1 as text, else as
   *     numbers
   */
  private record Visit(
      OpencastLecture lecture, boolean isLive, boolean hasUser, int style, ObjectNode session) {}

  private final OpencastOptions options;
  private final Dice dice = new Dice();
  private final List<Draft> drafts = new ArrayList<>();

  private OpencastVisits(OpencastOptions options) {
    this.options = options;
  }

  /** All actions, by time of creation. */
  static List<Made> all(OpencastOptions options, List<OpencastLecture> lectures) {
    OpencastVisits visits = new OpencastVisits(options);
    for (int day = 0; day < options.days(); day++) {
      for (int learner = 0; learner < options.learners(); learner++) {
        visits.dice.start(options.seed(), 1_000_003L * day + learner);
        if (visits.dice.perMille(700)) {
          visits.visit(day, learner, lectures.get(visits.dice.below(lectures.size())));
        }
      }
    }
    visits.drafts.sort(Comparator.comparing(Draft::created)); // stable
    List<Made> made = new ArrayList<>();
    for (Draft draft : visits.drafts) {
      made.add(visits.finish(draft, made.size()));
    }
    return made;
  }

  private void visit(int day, int learner, OpencastLecture lecture) {
    boolean isLive = lecture.isLive() && lecture.day() == day;
    ZonedDateTime start =
        isLive
            ? lecture.start().plusSeconds(dice.below(600))
            : options
                .firstDay()
                .plusDays(day)
                .atStartOfDay(options.zone())
                .plusHours(7)
                .plusSeconds(dice.below(15 * 3600));
    boolean hasUser = !dice.perMille(60);
    int style = dice.below(10);
    ObjectNode session = session(day, learner, hasUser);
    Visit visit = new Visit(lecture, isLive, hasUser, style, session);
    Instant now = start.toInstant();
    int position = isLive ? (int) (now.getEpochSecond() - lecture.start().toEpochSecond()) : 0;
    boolean isPlaying = true;
    int from = position;
    add(visit, now, "PLAY", position, position, true);
    int beats = 4 + dice.below(40);
    for (int beat = 0; beat < beats; beat++) {
      now = now.plusSeconds(BEAT_SECONDS);
      position += isPlaying ? BEAT_SECONDS : 0;
      add(visit, now, "HEARTBEAT", position, position, isPlaying);
      int press = dice.below(1000);
      if (press < 60) {
        isPlaying = !isPlaying;
        add(visit, now, isPlaying ? "PLAY" : "PAUSE", position, position, isPlaying);
      } else if (press < 100 && !isLive) {
        int to = dice.below(lecture.seconds());
        add(visit, now, "SEEK", position, to, isPlaying);
        position = to;
        from = to;
      } else if (press < 160) {
        add(visit, now, dice.of(BUTTONS), position, position, isPlaying);
      }
    }
    add(visit, now.plusSeconds(1), "FOOTPRINT", from, Math.max(from, position), false);
  }

  private ObjectNode session(int day, int learner, boolean hasUser) {
    ObjectNode session = JsonNodeFactory.instance.objectNode();
    session.put("sessionId", "5e550000-" + day + "-" + learner);
    String user = learner < CAST.length ? CAST[learner] : Integer.toString(5001 + learner);
    if (hasUser) {
      session.put("userId", dice.perMille(100) ? "anonymous" : user);
    }
    String address = "192.0.2." + (1 + learner % 200);
    switch (dice.below(10)) {
      case 0 -> session.put("userIp", "-omitted-");
      case 1 -> session.put("userIp", address + ", 192.0.2.201");
      case 2 -> session.put("userIp", address + ",192.0.2.201, 192.0.2.202");
      default -> session.put("userIp", address);
    }
    if (!dice.perMille(50)) {
      session.put("userAgent", dice.of(AGENTS));
    }
    return session;
  }

  private void add(
      Visit visit, Instant created, String type, int inpoint, int outpoint, boolean isPlaying) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("mediapackageId", visit.lecture.mpid());
    json.set("sessionId", visit.session);
    number(json, "inpoint", inpoint, visit);
    number(json, "outpoint", outpoint, visit);
    number(json, "length", outpoint - inpoint, visit);
    json.put("type", type);
    int playing = !isPlaying ? 0 : visit.isLive ? 2 : 1;
    if (visit.style == 0 && !visit.isLive) {
      json.put("isPlaying", isPlaying);
    } else {
      number(json, "isPlaying", playing, visit);
    }
    json.put("created", CREATED.format(created.atZone(options.zone())));
    drafts.add(new Draft(created, json, type, visit));
  }

  private static void number(ObjectNode json, String name, long value, Visit visit) {
    if (visit.style == 1) {
      json.put(name, Long.toString(value));
    } else {
      json.put(name, value);
    }
  }

  /** Gives a draft its id, or breaks it. */
  private Made finish(Draft draft, int index) {
    dice.start(options.seed(), 0x61637473L ^ ((long) index << 20));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    number(json, "id", FIRST_ID + index, draft.visit);
    json.setAll(draft.json);
    String code = null;
    String text = null;
    if (dice.perMille(BROKEN)) {
      switch (dice.below(4)) {
        case 0 -> {
          json.remove("id");
          code = "no_key";
        }
        case 1 -> {
          json.remove("created");
          code = "no_time";
        }
        case 2 -> {
          json.put("created", "yesterday");
          code = "bad_time";
        }
        default -> {
          text = TextNode.valueOf(draft.type).toString();
          code = "bad_value";
        }
      }
    }
    Visit visit = draft.visit;
    return new Made(
        draft.created,
        text == null ? json.toString() : text,
        code,
        draft.type,
        visit.lecture,
        visit.isLive && json.path("isPlaying").asInt() == 2,
        visit.hasUser);
  }
}
