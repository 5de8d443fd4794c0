package org.lyceum.testdata;

/**
 * Writes the fields that all events of a log share, around a payload: open, then the payload, then
 * close. One event at a time.
 */
final class EdxEnvelope {
  static final String[] SOURCES = {"server", "browser", "mobile", "task"};

  private final EdxClock clock;
  private JsonBytes out;
  private EdxVisit visit;
  private Dice dice;
  private long number;
  private long at;
  private int agentAt;

  EdxEnvelope(EdxClock clock) {
    this.clock = clock;
  }

  void begin(JsonBytes out, EdxVisit visit, Dice dice, long number, long at) {
    this.out = out;
    this.visit = visit;
    this.dice = dice;
    this.number = number;
    this.at = at;
    agentAt = out.size() + 2;
  }

  /** Where a letter of the line stands that could be any byte, in a string. */
  int agentAt() {
    return agentAt;
  }

  String course() {
    return visit.course().key();
  }

  /** A server's event; with a page it comes from the handler of a component. */
  JsonBytes openServer(String eventType, String referer) {
    open(eventType);
    if (referer != null) {
      out.key("referer").text(referer);
      out.key("accept_language").text(visit.language());
    }
    return out;
  }

  JsonBytes openBrowser(String eventType, String name) {
    open(eventType);
    if (name != null) {
      out.key("name").text(name);
    }
    out.key("referer").text("https://" + EdxCourse.HOST + "/dashboard");
    out.key("accept_language").text(visit.language());
    session();
    return out;
  }

  private void open(String eventType) {
    out.object();
    out.key("username").text(username());
    out.key("event_type").text(eventType);
    out.key("ip").text(visit.ip());
    out.key("agent");
    agentAt = out.size() + 1;
    out.text(visit.agent());
    out.key("host").text(EdxCourse.HOST);
  }

  /** Where the payload goes. */
  JsonBytes event() {
    return out.key("event");
  }

  /** Context, time and page of a request or of a server's event. */
  void closeServer(String path, String module, String usageKey) {
    closeServer(course(), path, module, usageKey);
  }

  void closeServer(String course, String path, String module, String usageKey) {
    out.key("event_source").text(SOURCES[0]);
    context(course, path);
    if (module != null) {
      out.key("module").object().key("display_name").text(module).key("usage_key").text(usageKey);
      if (visit.course().key().startsWith("ccx")) {
        out.key("original_usage_key").text(usageKey.replace("ccb-v1:", "block-v1:"));
        out.key("original_usage_version").text(visit.session().substring(0, 24));
      }
      out.end();
    }
    out.end();
    time();
    out.key("page");
    if (module != null) {
      out.text("x_module");
    } else {
      out.none();
    }
    out.end();
  }

  void closeBrowser(String page) {
    out.key("event_source").text(SOURCES[1]);
    context(course(), "/event");
    out.end();
    time();
    out.key("page").text(page);
    out.end();
  }

  /** Writes the context and leaves it open. */
  void context(String course, String path) {
    out.key("context").object();
    out.key("course_user_tags").object();
    if (visit.tags() != null) {
      out.key("xblock.partition_service.partition_1812").text(visit.tags());
    }
    out.end();
    userId();
    out.key("org_id").text(course == null || course.isEmpty() ? "" : visit.course().org());
    out.key("course_id");
    if (course == null) {
      out.none();
    } else {
      out.text(!course.isEmpty() && dice.perMille(2) ? course + "\n" : course);
    }
    out.key("path").text(path);
    if (visit.isWide()) {
      out.key("username").text(username());
      out.key("session").text(visit.session());
      out.key("ip").text(visit.ip());
      out.key("host").text(EdxCourse.HOST);
      out.key("agent").text(visit.agent());
    }
  }

  void userId() {
    switch (visit.userIdForm()) {
      case NUMBER -> out.key("user_id").number(visit.learner().id());
      case TEXT -> out.key("user_id").text(Integer.toString(visit.learner().id()));
      case BLANK -> out.key("user_id").text("");
      case NULL -> out.key("user_id").none();
      case ABSENT -> {}
    }
  }

  /** The moment of the event in one of the spellings that platforms use; never the same twice. */
  void time() {
    int form = dice.below(1000);
    if (form < 8) {
      out.key("time").text(clock.text(at, 'T'));
    } else if (form < 14) {
      out.key("time").text(clock.text(at, 'T') + "Z");
    } else if (form < 18) {
      out.key("time").text(clock.text(at, ' ') + "+00:00");
    } else if (form < 22) {
      out.key("time").text(clock.text(at + 19_800_000_000L, 'T') + "+05:30");
    } else if (form < 27) {
      // Cut to the second it is no longer unique: the name of the shipper's worker is.
      out.key("time").text(clock.text(at, 'T').substring(0, 19) + "+00:00");
      out.key("minion_id").text("edxapp-worker-" + number);
      out.key("environment").text("production");
    } else {
      out.key("time").text(clock.text(at));
    }
  }

  void session() {
    int form = dice.below(1000);
    if (form < 940) {
      out.key("session").text(visit.session());
    } else if (form < 980) {
      out.key("session").text("");
    } else if (form < 990) {
      out.key("session").none();
    }
  }

  private String username() {
    if (visit.userIdForm().isAnonymous()) {
      return "";
    }
    String username = visit.learner().username();
    return dice.perMille(2) ? username + "\n" : username;
  }
}
