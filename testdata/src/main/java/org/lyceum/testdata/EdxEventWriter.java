package org.lyceum.testdata;

import org.lyceum.testdata.EdxCourse.Unit;
import org.lyceum.testdata.JsonBytes.Style;

/**
 * The number of an event in, its line out, as edX platforms write it. The event depends on seed,
 * number and size of the log alone, so that a copy is made by writing the number again, and the
 * same event in other bytes by writing it in another style.
 */
final class EdxEventWriter {
  /** Visits that go on at the same time. */
  private static final int SEATS = 64;

  /** Events of a visit, on average. */
  private static final int STAY = 48;

  private static final String[] CHOICES = {"choice_0", "choice_1", "choice_2", "choice_3"};
  private static final String[] SENTENCES = {
    "I do not see why the second term vanishes. Is it the symmetry, or did we drop it in week 2?",
    "Try to draw it first: the picture explains \"why\" better than the formula does.",
    "La démonstration de la page 12 me paraît incomplète — il manque le cas n = 0.",
    "谢谢，这个解释很清楚。第三题的答案是不是写错了？",
    "Thanks a lot! 🎉 That was the hint I needed 👍",
    "Where do I find the slides of the second lecture? The link under C:\\week2 is dead.\nI looked everywhere.",
    "Ответ в задаче 4 не принимается, хотя я считаю так же, как в лекции.",
    "Same here: my browser shows <em>nothing</em> below the video since yesterday evening."
  };
  private static final String[] FORUM = {
    "edx.forum.thread.created", "edx.forum.response.created", "edx.forum.comment.created",
    "edx.forum.thread.viewed", "edx.forum.thread.viewed", "edx.forum.thread.voted"
  };
  private static final String[] PAGES = {
    "/dashboard", "/jsi18n/", "/i18n/js/", "/user_api/v1/account/login_session/", "/heartbeat"
  };
  private static final String[][] MOBILE = {
    {"edx.video.played", "play_video"},
    {"edx.video.paused", "pause_video"},
    {"edx.video.played", "play_video"},
    {"edx.video.paused", "pause_video"},
    {"edx.video.stopped", "stop_video"},
    {"edx.video.loaded", "load_video"},
    {"edx.video.position.changed", "seek_video"},
    {"edx.video.transcript.shown", "show_transcript"}
  };
  private static final String[][] DEVICES = {
    {"edx.mobileapp.android", "4.2.1", "Android", "13", "Pixel 7a", "google"},
    {"edx.mobileapp.android", "3.2.4", "Android", "10", "moto g(8) power", "motorola"},
    {"edx.mobileapp.iOS", "4.2.0", "iOS", "17.2.1", "iPhone14,5", "Apple"},
    {"edx.mobileapp.iOS", "2.26.3", "iPhone OS", "15.8", "iPhone9,3", "Apple"}
  };

  private final long seed;
  private final int population;
  private final long lines;
  private final EdxClock clock;
  private final EdxEnvelope envelope;
  private final Dice dice = new Dice();
  private final JsonBytes inner = new JsonBytes(16_384).style(Style.BROWSER);
  private final EdxVisit[] visits = new EdxVisit[4 * SEATS];

  private EdxVisit visit;
  private EdxCourse course;
  private Unit unit;
  private int progress;
  private long number;
  private long at;

  EdxEventWriter(EdxLogOptions options) {
    seed = options.seed();
    lines = options.lines();
    population = (int) Math.max(40, Math.min(200_000, lines / 150));
    clock = new EdxClock(seed, lines, options.days());
    envelope = new EdxEnvelope(clock);
  }

  /** Writes the event and returns its resolved name; empty when it has none. */
  String write(JsonBytes out, long number, boolean isVaried) {
    begin(number);
    Style plain = dice.perMille(200) ? Style.PYTHON_UTF8 : Style.PYTHON;
    out.style(isVaried ? Style.VARIED : plain);
    envelope.begin(out, visit, dice, number, at);
    if (dice.perMille(4)) {
      return odd(out);
    }
    return switch (visit.learner().habit().pick(dice)) {
      case REQUEST -> request();
      case VIDEO -> video();
      case SEQUENCE -> sequence();
      case PAGE_CLOSE -> pageClose();
      case PROBLEM -> problem(out);
      case FORUM -> forum(out);
      case NAVIGATION -> navigation();
      case ENROLLMENT -> enrollment(out);
      case MOBILE_VIDEO -> mobileVideo(out);
    };
  }

  /** Where a letter stands, in a string of the event written last, that could be any byte. */
  int letterAt() {
    return envelope.agentAt();
  }

  /** A shipper's words before the JSON of this event; empty but for the given share. */
  String prefix(long number, double share) {
    dice.start(seed, number ^ 0x707265666978L);
    if (share <= 0 || dice.below(1_000_000) >= share * 1_000_000) {
      return "";
    }
    String time = clock.text(clock.at(number), ' ').substring(0, 19);
    return switch (dice.below(3)) {
      case 0 ->
          "Feb  3 09:06:05 ip-10-0-12-7 [service_variant=lms][tracking][env:prod-edx] INFO [ip-10-0-12-7  1453] [logger.py:41] - ";
      case 1 -> time + ",461 INFO 20 [tracking] [user None] [ip None] logger.py:41 - ";
      default -> "[tracking] INFO " + time + " ";
    };
  }

  private void begin(long number) {
    this.number = number;
    dice.start(seed, number);
    int seat = (int) (Dice.mix(seed, number ^ 0x73656174L) & (SEATS - 1));
    long shifted = number + (long) seat * STAY;
    long stay = shifted / (SEATS * STAY);
    long key = stay * SEATS + seat;
    int slot = (int) (key & (visits.length - 1));
    if (visits[slot] == null || visits[slot].key() != key) {
      int percent = (int) Math.min(99, stay * SEATS * STAY * 100 / Math.max(1, lines));
      visits[slot] = EdxVisit.of(seed, key, population, percent);
    }
    visit = visits[slot];
    course = visit.course();
    progress = (int) (shifted % (SEATS * STAY) / SEATS);
    unit = course.units().get((visit.firstUnit() + progress / 16) % course.units().size());
    at = clock.at(number);
  }

  private String request() {
    int kind = dice.below(100);
    inner.cut(0);
    String type;
    String place = course.key();
    if (kind < 30) {
      type = unit.gotoPath();
      getAndPost()
          .key("position")
          .list()
          .text(String.valueOf(1 + progress % 9))
          .endList()
          .end()
          .end();
    } else if (kind < 52) {
      type = unit.path();
      getAndPost().end().end();
    } else if (kind < 62) {
      type = unit.transcriptPath();
      inner.object().key("POST").object().end();
      inner.key("GET").object().key("videoId").list().text(unit.youTube()).endList().end().end();
    } else if (kind < 74) {
      type = unit.checkPath();
      getAndPost();
      for (int part = 2; part <= 4; part++) {
        inner.key(input(part)).list().text(dice.of(CHOICES)).endList();
      }
      inner.end().end();
    } else if (kind < 84) {
      type = "/event";
      getAndPost();
      inner
          .key("event")
          .list()
          .text(
              "{\"id\":\""
                  + unit.videoId()
                  + "\",\"currentTime\":"
                  + 37 * progress
                  + ",\"code\":\""
                  + unit.youTube()
                  + "\"}")
          .endList();
      inner.key("event_type").list().text("play_video").endList();
      inner.key("page").list().text(unit.page()).endList();
      inner.key("courserun_key").list().text(course.key()).endList().end().end();
    } else if (kind < 92) {
      type = course.threads().get(dice.below(course.threads().size()));
      inner.object().key("POST").object().end();
      inner.key("GET").object().key("ajax").list().text("1").endList();
      inner
          .key("resp_skip")
          .list()
          .text("0")
          .endList()
          .key("resp_limit")
          .list()
          .text("25")
          .endList();
      inner.end().end();
    } else if (kind < 95) {
      type = "/courses/" + course.key() + "/progress";
      getAndPost().end().end();
    } else {
      type = dice.of(PAGES);
      place = "";
      getAndPost();
      if (type.startsWith("/user_api")) {
        inner.key("email").list().text(visit.learner().username() + "@example.org").endList();
        inner.key("password").list().text("********").endList();
      }
      inner.end().end();
    }
    envelope.openServer(type, dice.perMille(500) ? unit.page() : null);
    envelope.session();
    envelope.event().text(inner, Math.min(inner.size(), 512));
    envelope.closeServer(place, type, null, null);
    return type;
  }

  private JsonBytes getAndPost() {
    return inner.object().key("GET").object().end().key("POST").object();
  }

  private String video() {
    String type =
        switch (dice.below(20)) {
          case 0, 1, 2, 3, 4, 5, 6 -> "play_video";
          case 7, 8, 9, 10 -> "pause_video";
          case 11, 12, 13 -> "seek_video";
          case 14 -> "speed_change_video";
          case 15 -> "stop_video";
          case 16 -> "show_transcript";
          case 17 -> "hide_transcript";
          default -> "load_video";
        };
    envelope.openBrowser(type, dice.perMille(700) ? type : null);
    inner.cut(0);
    videoPayload(inner, type, unit.youTube(), "currentTime");
    inner.end();
    JsonBytes out = envelope.event();
    if (dice.perMille(5)) {
      // Platforms write NaN now and then, and the text null for a length that they do not know.
      out.object().key("id").text(unit.videoId()).key("current_time").literal("NaN");
      out.key("duration").text("null").end();
    } else {
      out.text(inner);
    }
    envelope.closeBrowser(unit.page());
    return type;
  }

  private void videoPayload(JsonBytes out, String type, String code, String currentTime) {
    long position = (progress % 16 + 1L) * unit.seconds() * 1_000_000L / 17 + dice.below(900_000);
    out.object();
    if (!type.equals("load_video")) {
      out.key("duration").decimal(unit.seconds() * 1_000_000L + 64_000);
    }
    out.key("code")
        .text(code)
        .key("id")
        .text(dice.perMille(3) ? "\n" + unit.videoId() : unit.videoId());
    switch (type) {
      case "seek_video" -> {
        out.key("old_time").decimal(position);
        out.key("new_time").decimal(dice.below(unit.seconds()) * 1_000_000L);
        out.key("type").text(dice.perMille(700) ? "onSlideSeek" : "onCaptionSeek");
      }
      case "speed_change_video" -> {
        out.key("current_time").decimal(position);
        out.key("old_speed")
            .text("1.0")
            .key("new_speed")
            .text(dice.perMille(500) ? "1.25" : "1.50");
      }
      case "load_video" -> {}
      default -> out.key(currentTime).decimal(position);
    }
  }

  private String sequence() {
    int kind = dice.below(3);
    String name =
        kind == 0
            ? "edx.ui.lms.sequence.next_selected"
            : kind == 1
                ? "edx.ui.lms.sequence.previous_selected"
                : "edx.ui.lms.sequence.tab_selected";
    String legacy = kind == 0 ? "seq_next" : kind == 1 ? "seq_prev" : "seq_goto";
    int old = 2 + progress % 7;
    boolean isInside = dice.perMille(850);
    envelope.openBrowser(isInside ? legacy : name, name);
    inner.cut(0);
    inner.object().key("current_tab").number(old).key("id").text(unit.sequence());
    inner
        .key("tab_count")
        .number(9)
        .key("widget_placement")
        .text(dice.perMille(700) ? "top" : "bottom");
    if (isInside) {
      inner
          .key("old")
          .number(old)
          .key("new")
          .number(kind == 0 ? old + 1 : kind == 1 ? old - 1 : 1 + dice.below(9));
    }
    inner.end();
    envelope.event().text(inner);
    envelope.closeBrowser(unit.page());
    return name;
  }

  private String pageClose() {
    envelope.openBrowser("page_close", null);
    envelope.event().text(dice.perMille(400) ? "{}" : "");
    envelope.closeBrowser(unit.page());
    return "page_close";
  }

  private String problem(JsonBytes out) {
    int kind = dice.below(100);
    if (kind < 19) {
      return problemCheck(out);
    }
    if (kind < 62) {
      String type = kind < 56 ? "problem_check" : kind < 59 ? "problem_save" : "problem_reset";
      envelope.openBrowser(type, dice.perMille(500) ? type : null);
      String form = form();
      if (dice.perMille(700)) {
        inner.cut(0);
        inner.text(form);
        envelope.event().text(inner);
      } else {
        envelope.event().text(form);
      }
      envelope.closeBrowser(unit.page());
      return type;
    }
    if (kind < 84) {
      envelope.openBrowser("problem_graded", "problem_graded");
      String html =
          "<div class=\"problem\">\n  <h3>"
              + unit.title()
              + "</h3>\n  <p>"
              + dice.of(SENTENCES)
              + "</p>\n  <span class=\"status correct\" id=\"status_"
              + unit.input()
              + "\">✓</span>\n</div>";
      if (dice.perMille(750)) {
        inner.cut(0);
        inner.list().text(form()).text(html).endList();
        envelope.event().text(inner);
      } else {
        envelope.event().list().text(form()).text(html).endList();
      }
      envelope.closeBrowser(unit.page());
      return "problem_graded";
    }
    if (kind < 90) {
      envelope.openBrowser("problem_show", "problem_show");
      inner.cut(0);
      inner.object().key("problem").text(unit.problem()).end();
      envelope.event().text(inner);
      envelope.closeBrowser(unit.page());
      return "problem_show";
    }
    envelope.openServer("showanswer", unit.page());
    out.key("name").text("showanswer");
    envelope.event().object().key("problem_id").text(unit.problem()).end();
    envelope.closeServer(unit.problemPath() + "problem_show", unit.title(), unit.problem());
    return "showanswer";
  }

  private String problemCheck(JsonBytes out) {
    int attempts = 1 + progress % 4;
    int parts = 1 + dice.below(3);
    boolean isCorrect = dice.perMille(300 + 150 * attempts);
    String choice = dice.of(CHOICES);
    envelope.openServer("problem_check", unit.page());
    out.key("name").text("problem_check");
    envelope.session();
    envelope.event().object();
    out.key("attempts").number(attempts);
    out.key("problem_id").text(unit.problem());
    out.key("success").text(isCorrect ? "correct" : "incorrect");
    out.key("grade").number(isCorrect ? parts : 0).key("max_grade").number(parts);
    answers(out.key("answers"), parts, choice);
    correctMap(out.key("correct_map"), parts, isCorrect);
    out.key("state").object().key("seed").number(1).key("done");
    if (attempts == 1) {
      out.none().key("student_answers").object().end().key("correct_map").object().end();
    } else {
      out.flag(true);
      answers(out.key("student_answers"), parts, "choice_1");
      correctMap(out.key("correct_map"), parts, false);
    }
    out.key("input_state").object();
    for (int part = 2; part < 2 + parts; part++) {
      out.key(field(part)).object().end();
    }
    out.end().end();
    out.key("submission").object();
    for (int part = 2; part < 2 + parts; part++) {
      out.key(field(part)).object();
      out.key("question")
          .text("Which of these holds? (part " + (part - 1) + " of “" + unit.title() + "”)");
      out.key("answer")
          .text("The " + choice + " one")
          .key("response_type")
          .text("multiplechoiceresponse");
      out.key("input_type").text("choicegroup").key("correct").flag(isCorrect);
      out.key("variant").text("").key("group_label").text("").end();
    }
    out.end();
    out.end();
    envelope.closeServer(unit.checkPath(), unit.title(), unit.problem());
    return "problem_check";
  }

  private void answers(JsonBytes out, int parts, String choice) {
    out.object();
    for (int part = 2; part < 2 + parts; part++) {
      out.key(field(part));
      if (part == 4) {
        out.list().text(choice).text("choice_0").endList();
      } else {
        out.text(choice);
      }
    }
    out.end();
  }

  private void correctMap(JsonBytes out, int parts, boolean isCorrect) {
    out.object();
    for (int part = 2; part < 2 + parts; part++) {
      out.key(field(part)).object().key("hint").text("").key("hintmode").none();
      out.key("correctness").text(isCorrect ? "correct" : "incorrect");
      out.key("npoints").none().key("msg").text("").key("queuestate").none();
      out.key("answervariable").none().end();
    }
    out.end();
  }

  private String form() {
    return input(2)
        + "="
        + dice.of(CHOICES)
        + "&"
        + input(3)
        + "=x%5E2%20%2B%20"
        + dice.below(100)
        + "%C3%A9";
  }

  private String input(int part) {
    return "input_" + field(part);
  }

  private String field(int part) {
    return unit.input() + "_" + part + "_1";
  }

  private String forum(JsonBytes out) {
    String type = dice.of(FORUM);
    int thread = dice.below(course.threads().size());
    String url = course.threads().get(thread);
    String id = url.substring(url.length() - 24);
    envelope.openServer(type, unit.page());
    out.key("name").text(type);
    envelope.event().object();
    boolean isCreated = type.endsWith("created");
    if (isCreated) {
      out.key("body")
          .text(dice.of(SENTENCES) + " " + dice.of(SENTENCES))
          .key("truncated")
          .flag(false);
      out.key("options").object().key("followed").flag(dice.perMille(500)).end();
    } else {
      out.key("target_username").text(EdxLearner.of(seed, dice.below(population)).username());
    }
    out.key("commentable_id").text("topic-" + thread / 8).key("id").text(id);
    out.key("category_id")
        .text("topic-" + thread / 8)
        .key("category_name")
        .text("Week " + (1 + thread / 8) + " / Questions");
    if (type.equals("edx.forum.thread.voted")) {
      out.key("vote_value").text("up").key("undo_vote").flag(dice.perMille(50));
    } else if (type.startsWith("edx.forum.thread")) {
      out.key("title").text("Exercise " + (1 + thread / 4) + ": “" + dice.of(SENTENCES) + "”");
      out.key("title_truncated").flag(false);
    } else {
      out.key("discussion").object().key("id").text(id).end();
    }
    out.key("team_id").none().key("url").text("https://" + EdxCourse.HOST + url);
    out.key("user_course_roles").list().endList();
    out.key("user_forums_roles").list().text("Student").endList().end();
    envelope.closeServer(url + (isCreated ? "/reply" : ""), null, null);
    return type;
  }

  private String navigation() {
    int kind = dice.below(6);
    inner.cut(0);
    inner.object();
    String type;
    switch (kind) {
      case 0 -> {
        type = "edx.ui.lms.link_clicked";
        inner.key("current_url").text(unit.page());
        inner
            .key("target_url")
            .text("https://" + EdxCourse.HOST + "/courses/" + course.key() + "/progress");
      }
      case 1 -> {
        type = "edx.ui.lms.outline.selected";
        inner
            .key("current_url")
            .text("https://" + EdxCourse.HOST + "/courses/" + course.key() + "/course/");
        inner.key("target_url").text(unit.page()).key("target_name").text(unit.title());
        inner.key("widget_placement").text("accordion");
      }
      case 2 -> {
        type = "textbook.pdf.page.scrolled";
        inner.key("chapter").text("/static/kapitel_2.pdf").key("name").text(type);
        inner.key("page").number(1 + dice.below(300)).key("direction").text("down");
      }
      case 3 -> {
        type = "edx.course.student_notes.added";
        inner
            .key("note_id")
            .text(visit.session().substring(0, 20))
            .key("component_usage_id")
            .text(unit.problem());
        inner
            .key("note_text")
            .text(dice.of(SENTENCES))
            .key("highlighted_content")
            .text(dice.of(SENTENCES));
        inner.key("tags").list().text("exam").endList().key("truncated").list().endList();
      }
      case 4 -> {
        type = "edx.bookmark.accessed";
        inner.key("bookmark_id").text(visit.learner().username() + "," + unit.sequence());
        inner
            .key("component_type")
            .text("sequential")
            .key("component_usage_id")
            .text(unit.sequence());
      }
      default -> {
        type = "edx.ui.lms.jump_nav.selected";
        inner
            .key("target_name")
            .text("Week " + (1 + dice.below(12)))
            .key("id")
            .text(unit.sequence());
        inner.key("current_id").text(unit.sequence()).key("widget_placement").text("top");
      }
    }
    inner.end();
    envelope.openBrowser(type, type);
    if (dice.perMille(60)) {
      envelope
          .event()
          .object()
          .key("current_url")
          .text(unit.page())
          .key("target_url")
          .text("#")
          .end();
    } else {
      envelope.event().text(inner);
    }
    envelope.closeBrowser(unit.page());
    return type;
  }

  private String enrollment(JsonBytes out) {
    boolean isStaff = visit.learner().habit() == EdxLearner.Habit.STAFF;
    int kind = dice.below(isStaff ? 10 : 8);
    if (kind >= 8) {
      return task(out);
    }
    if (kind >= 5) {
      return grade(out);
    }
    String type =
        kind < 3
            ? "edx.course.enrollment.activated"
            : kind == 3
                ? "edx.course.enrollment.deactivated"
                : "edx.course.enrollment.mode_changed";
    envelope.openServer(type, null);
    out.key("name").text(type);
    envelope.session();
    int affected =
        isStaff ? EdxLearner.of(seed, dice.below(population)).id() : visit.learner().id();
    envelope.event().object().key("course_id").text(course.key());
    out.key("user_id")
        .number(affected)
        .key("mode")
        .text(kind == 4 ? "verified" : dice.perMille(700) ? "audit" : "honor");
    out.end();
    // A tool outside the course leaves the context without one.
    boolean isOutside = dice.perMille(100);
    envelope.closeServer(
        isOutside ? null : isStaff ? course.key() : "",
        isStaff
            ? "/courses/" + course.key() + "/instructor/api/students_update_enrollment"
            : "/change_enrollment",
        null,
        null);
    return type;
  }

  private String grade(JsonBytes out) {
    String type = "edx.grades.problem.submitted";
    envelope.openServer(type, null);
    out.key("name").text(type);
    envelope
        .event()
        .object()
        .key("course_id")
        .text(course.key())
        .key("problem_id")
        .text(unit.problem());
    out.key("user_id").text(Integer.toString(visit.learner().id()));
    out.key("event_transaction_id").text(EdxCourse.hex(seed, number));
    out.key("event_transaction_type").text(type);
    out.key("weight").none().key("weighted_earned").decimal(500_000L * dice.below(5));
    out.key("weighted_possible").decimal(2_000_000).end();
    envelope.closeServer(unit.checkPath(), null, null);
    return type;
  }

  private String task(JsonBytes out) {
    out.object();
    out.key("username").text(visit.learner().username()).key("event_type").text("problem_rescore");
    out.key("name").text("problem_rescore").key("ip").text("unknown");
    out.key("agent").text("unknown").key("host").text("unknown");
    envelope.event().object().key("problem_id").text(unit.problem());
    out.key("attempts")
        .number(1 + dice.below(5))
        .key("orig_score")
        .number(0)
        .key("orig_total")
        .number(2);
    out.key("new_score")
        .number(dice.below(3))
        .key("new_total")
        .number(2)
        .key("success")
        .text("correct");
    out.key("student").text(EdxLearner.of(seed, dice.below(population)).username());
    correctMap(out.key("correct_map"), 2, true);
    out.key("state").object().key("seed").number(1).key("done").flag(true).end();
    out.key("task_id").text(EdxCourse.hex(seed, number ^ 0x7461736bL)).end();
    out.key("event_source").text(EdxEnvelope.SOURCES[3]);
    envelope.context(course.key(), "");
    out.end();
    envelope.time();
    out.key("page").none();
    out.end();
    return "problem_rescore";
  }

  private String mobileVideo(JsonBytes out) {
    String[] names = MOBILE[dice.below(MOBILE.length)];
    String[] device = DEVICES[visit.device()];
    out.object();
    out.key("username").text(visit.learner().username());
    out.key("event_type").text(names[1]).key("name").text(names[0]).key("ip").text("");
    out.key("agent")
        .text("Dalvik/2.1.0 (Linux; U; " + device[2] + " " + device[3] + "; " + device[4] + ")");
    out.key("host").text(EdxCourse.HOST).key("session").text("");
    out.key("event");
    boolean isText = dice.perMille(150);
    JsonBytes to = isText ? inner : out;
    if (isText) {
      inner.cut(0);
    }
    videoPayload(to, names[1], "mobile", "current_time");
    if (names[1].equals("seek_video")) {
      to.key("requested_skip_interval").decimal(-30_000_000);
    }
    to.end();
    if (isText) {
      out.text(inner);
    }
    out.key("event_source").text(EdxEnvelope.SOURCES[2]);
    envelope.context(course.key(), "/segmentio/event");
    out.key("application")
        .object()
        .key("name")
        .text(device[0])
        .key("version")
        .text(device[1])
        .end();
    out.key("component").text("videoplayer").key("open_in_browser_url").text(unit.page() + "1");
    out.key("client").object();
    out.key("library")
        .object()
        .key("name")
        .text(device[2].equals("Android") ? "analytics-android" : "analytics-ios")
        .key("version")
        .text("4.1.6")
        .end();
    out.key("app")
        .object()
        .key("name")
        .text("edX")
        .key("namespace")
        .text("org.edx.mobile")
        .key("version")
        .text(device[1])
        .end();
    out.key("device")
        .object()
        .key("manufacturer")
        .text(device[5])
        .key("model")
        .text(device[4])
        .key("id")
        .text(visit.session())
        .end();
    out.key("os").object().key("name").text(device[2]).key("version").text(device[3]).end();
    out.key("screen")
        .object()
        .key("width")
        .number(1080)
        .key("height")
        .number(2400)
        .key("density")
        .decimal(2_625_000)
        .end();
    out.key("network").object().key("wifi").flag(true).key("cellular").flag(false).end();
    out.key("locale").text("en-US").key("timezone").text("Europe/Vienna").end();
    // The moment of receipt is the unique one: what was recorded offline may fall together.
    out.key("received_at");
    if (dice.perMille(900)) {
      out.text(clock.text(at));
    } else {
      out.decimal(at * 1000);
    }
    out.end();
    long moment = at - visit.offlineMicros();
    int nanos = dice.below(1000);
    out.key("time")
        .text(
            dice.perMille(60)
                ? clock.text(moment, 'T') + (nanos + 1000 + "Z").substring(1)
                : clock.text(moment));
    out.key("page").text(unit.page());
    out.end();
    return names[0];
  }

  /** What is rare, and yet met in real logs. */
  private String odd(JsonBytes out) {
    String type = "edx.bi.dashboard.opened";
    switch (dice.below(8)) {
      case 0 -> {
        out.object().key("username").text(visit.learner().username());
        out.key("time").text(clock.text(at)).end();
        return "";
      }
      case 1 -> {
        out.object()
            .key("username")
            .text(visit.learner().username())
            .key("event_type")
            .text("edx.tags.assigned");
        envelope.context(course.key(), "");
        out.end().key("time").text(clock.text(at)).end();
        return "edx.tags.assigned";
      }
      case 2 -> {
        type = "edx.course.home.upgrade_verified.clicked";
        out.object().key("name").text(type).key("timestamp").text(clock.text(at));
        out.key("data").object().key("location").text("sidebar").end();
        envelope.context(course.key(), unit.path());
        out.end().end();
        return type;
      }
      case 3 -> {
        type = "speed_change_video";
        envelope.openBrowser(type, type);
        envelope
            .event()
            .object()
            .key("id")
            .text(unit.videoId())
            .key("old_speed")
            .decimal(1_000_000);
        out.key("new_speed").literal("NaN").end();
        envelope.closeBrowser(unit.page());
      }
      case 4 -> {
        envelope
            .openServer(type, null)
            .key("label")
            .text(course.key())
            .key("nonInteraction")
            .number(1);
        envelope.event().text("");
        envelope.closeServer("/dashboard", null, null);
      }
      case 5 -> {
        envelope.openServer(type, null);
        envelope.event().number(dice.below(100));
        envelope.closeServer("/dashboard", null, null);
      }
      case 6 -> {
        envelope.openServer(type, null);
        envelope.event().none();
        envelope.closeServer("/dashboard", null, null);
      }
      default -> {
        envelope.openServer(type, null).key("roles").list().text("edxapp").endList();
        envelope
            .event()
            .object()
            .key("child-id")
            .text(unit.sequence())
            .key("i4x.state")
            .object()
            .end();
        out.key("deep").list().list().list().number(1).endList().endList().endList().end();
        envelope.closeServer("/dashboard", null, null);
      }
    }
    return type;
  }
}
