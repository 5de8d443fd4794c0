package org.lyceum.testdata;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A lecture that was recorded: its episode as both generations of the search endpoint give it, and
 * its workflows. Of eight lectures each is of another kind.
 *
 * @param day on which it was held, from 0
 */
record OpencastLecture(
    int number, String mpid, Kind kind, int day, ZonedDateTime start, int seconds) {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String WORKFLOW = "DCE-archive-publish-external";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What is special about an episode. */
  enum Kind {
    /** Live: was captured while it was watched; has stills and slides. */
    LIVE,
    /** On demand: has many attachments. */
    ON_DEMAND,
    /** The list of attachments is empty text. */
    EMPTY_ATTACHMENTS,
    /** There is no list of attachments. */
    NO_ATTACHMENTS,
    /** There is one attachment, so it is no array. */
    ONE_ATTACHMENT,
    /** The host does not have it. */
    MISSING,
    /** Elements of XML that hold nothing, and no workflow. */
    EMPTY_ELEMENTS,
    /** Belongs to no series, and its start is only in its Dublin Core. */
    NO_SERIES
  }

  static List<OpencastLecture> all(OpencastOptions options) {
    List<OpencastLecture> lectures = new ArrayList<>();
    Kind[] kinds = Kind.values();
    for (int i = 0; i < options.episodes(); i++) {
      int day = i / kinds.length % options.days();
      lectures.add(
          new OpencastLecture(
              i,
              "e0150000-0000-4000-8000-" + String.format(Locale.ROOT, "%012d", i + 1),
              kinds[i % kinds.length],
              day,
              options.firstDay().plusDays(day).atTime(10, 0).atZone(options.zone()),
              3600 + 60 * (i % 5)));
    }
    return lectures;
  }

  boolean isMissing() {
    return kind == Kind.MISSING;
  }

  boolean isLive() {
    return kind == Kind.LIVE;
  }

  boolean isAvailable() {
    return kind == Kind.LIVE || kind == Kind.ON_DEMAND;
  }

  boolean hasAttachments() {
    return kind != Kind.EMPTY_ATTACHMENTS && kind != Kind.NO_ATTACHMENTS;
  }

  int slides() {
    return switch (kind) {
      case LIVE, ON_DEMAND -> 3;
      case ONE_ATTACHMENT -> 1;
      case EMPTY_ATTACHMENTS, NO_ATTACHMENTS, MISSING, EMPTY_ELEMENTS, NO_SERIES -> 0;
    };
  }

  String oldResult() {
    ObjectNode result = JSON.objectNode();
    result.put("id", mpid);
    result.put("org", "mh_default_org");
    result.set("mediapackage", mediapackage());
    result.put("dcExtent", Long.toString(1000L * seconds));
    result.put("dcTitle", title());
    result.put("dcCreator", "Frieda");
    result.put("dcContributor", "");
    result.put("dcDescription", description());
    result.put("dcCreated", UTC.format(start));
    result.put("dcSpatial", "Hall 1");
    if (kind != Kind.NO_SERIES) {
      series(result, "dcIsPartOf");
    }
    if (kind != Kind.EMPTY_ELEMENTS) {
      result.put("dcType", "L01");
    }
    result.put("mediaType", "AudioVisual");
    result.put("keywords", "");
    result.put("modified", UTC.format(start.plusHours(3)));
    result.put("score", "1.0");
    return result.toString();
  }

  String newResult() {
    ObjectNode result = JSON.objectNode();
    result.set("mediapackage", mediapackage());
    result.set("acl", JSON.objectNode());
    result.put("org", "mh_default_org");
    result.put("modified", UTC.format(start.plusHours(3)));
    result.put("type", "episode");
    ObjectNode core = result.putObject("dc");
    core.putArray("title").add(title());
    core.putArray("creator").add("Frieda");
    core.putArray("created").add(UTC.format(start));
    core.putArray("identifier").add(mpid);
    if (!description().isEmpty()) {
      core.putArray("description").add(description());
    }
    if (kind != Kind.NO_SERIES) {
      core.putArray("isPartOf").add(Long.toString(seriesNumber()));
    }
    if (kind != Kind.EMPTY_ELEMENTS) {
      core.putArray("type").add("L01");
    }
    return result.toString();
  }

  /** Of a live lecture two, the later first, beside one that failed. */
  List<String> workflows() {
    long id = 5000L + 10L * number;
    return switch (kind) {
      case LIVE ->
          List.of(
              workflow(Long.toString(id + 10), "SUCCEEDED", WORKFLOW, true),
              workflow(Long.toString(id + 9), "SUCCEEDED", WORKFLOW, false),
              workflow(Long.toString(id + 11), "FAILED", WORKFLOW, false),
              workflow(Long.toString(id + 12), "SUCCEEDED", "DCE-retract", false));
      case ON_DEMAND, NO_SERIES, EMPTY_ATTACHMENTS, NO_ATTACHMENTS, ONE_ATTACHMENT ->
          List.of(workflow(Long.toString(id), "SUCCEEDED", WORKFLOW, false));
      case MISSING, EMPTY_ELEMENTS -> List.of();
    };
  }

  private String title() {
    return "Algebra I, lecture " + (number + 1) + ": \u201eB\u00e4ume\u201c";
  }

  private String description() {
    return kind == Kind.EMPTY_ELEMENTS ? "" : "Trees and their leaves.";
  }

  private long seriesNumber() {
    return 2026_02_29_900L + number % 3;
  }

  /** A series of digits alone comes as a number. */
  private void series(ObjectNode object, String name) {
    if (number % 2 == 0) {
      object.put(name, seriesNumber());
    } else {
      object.put(name, Long.toString(seriesNumber()));
    }
  }

  private ObjectNode mediapackage() {
    ObjectNode mediapackage = JSON.objectNode();
    mediapackage.put("id", mpid);
    mediapackage.put("duration", Long.toString(1000L * seconds));
    if (kind != Kind.NO_SERIES) {
      mediapackage.put("start", UTC.format(start));
    }
    mediapackage.put("title", title());
    if (kind != Kind.NO_SERIES) {
      series(mediapackage, "series");
      mediapackage.put("seriestitle", "Algebra I, 2026");
    }
    if (kind == Kind.EMPTY_ELEMENTS) {
      mediapackage.put("creators", "");
    } else {
      mediapackage.putObject("creators").put("creator", "Frieda");
    }
    ArrayNode tracks = mediapackage.putObject("media").putArray("track");
    for (String flavor : List.of("presenter/delivery", "presentation/delivery")) {
      tracks
          .addObject()
          .put("id", "track-" + tracks.size())
          .put("type", flavor)
          .put("url", url("track-" + tracks.size() + ".mp4"));
    }
    mediapackage
        .putObject("metadata")
        .putObject("catalog")
        .put("type", "dublincore/episode")
        .put("url", url("dublincore.xml"));
    attachments(mediapackage);
    mediapackage.put("publications", "");
    return mediapackage;
  }

  private void attachments(ObjectNode mediapackage) {
    switch (kind) {
      case NO_ATTACHMENTS, MISSING -> {}
      case EMPTY_ATTACHMENTS -> mediapackage.put("attachments", "");
      case ONE_ATTACHMENT -> mediapackage.putObject("attachments").set("attachment", slide(1));
      case LIVE, ON_DEMAND -> {
        ArrayNode many = mediapackage.putObject("attachments").putArray("attachment");
        many.add(attachment("presenter/player+preview", "presenter.jpg"));
        many.add(attachment("presentation/player+preview", "presentation.jpg"));
        many.add(slide(1)).add(slide(2)).add(slide(3));
      }
      case EMPTY_ELEMENTS, NO_SERIES -> {
        ArrayNode many = mediapackage.putObject("attachments").putArray("attachment");
        many.add(attachment("presenter/player+preview", "presenter.jpg"));
        many.add(attachment("presenter/search+preview", "search.jpg"));
      }
    }
  }

  private ObjectNode attachment(String type, String file) {
    return JSON.objectNode()
        .put("id", file)
        .put("type", type)
        .put("mimetype", "image/jpeg")
        .put("tags", "")
        .put("url", url(file));
  }

  private ObjectNode slide(int number) {
    return attachment("presentation/segment+preview", "slide-" + number + ".jpg")
        .put("ref", "track:track-1;time=T00:0" + number + ":33:0F1000");
  }

  private String url(String file) {
    return "https://engage.lyceum.example/static/" + mpid + "/" + file;
  }

  private String workflow(String id, String state, String template, boolean isLast) {
    ObjectNode workflow = JSON.objectNode();
    if (isLast || kind == Kind.LIVE) {
      workflow.put("id", id);
    } else {
      workflow.put("id", Long.parseLong(id));
    }
    workflow.put("state", state);
    workflow.put("template", template);
    workflow.put("title", "Publish");
    workflow.putObject("mediapackage").put("id", mpid);
    if (!isAvailable()) {
      workflow.putObject("operations").set("operation", operation("publish", 2, 3));
      return workflow.toString();
    }
    ArrayNode operations = workflow.putObject("operations").putArray("operation");
    if (isLast) {
      operations.add(operation("capture", 0, 1));
    }
    operations.add(operation("publish", 2, 3));
    operations.add(operation("retract-element", 3, 4));
    return workflow.toString();
  }

  /** An operation between two hours after the lecture's start. */
  private ObjectNode operation(String id, int from, int to) {
    return JSON.objectNode()
        .put("id", id)
        .put("state", "SUCCEEDED")
        .put("started", start.plusHours(from).toInstant().toEpochMilli())
        .put("completed", start.plusHours(to).toInstant().toEpochMilli())
        .put("job", Integer.toString(9000 + number));
  }
}
