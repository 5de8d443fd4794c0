package org.lyceum.testdata;

import java.util.UUID;

/** Usage events of Gooru: plays of collections and resources with start and stop, and reactions. */
final class GooruUsageEventWriter implements JsonEventWriter {
  private static final String[] COLLECTION_TYPES = {
    "collection", "assessment", "collection-external", "assessment-external", "offline-activity"
  };
  private static final String[] STATUSES = {"correct", "incorrect", "skipped", "attempted"};

  private final long seed;
  private final long started;
  private final Dice dice = new Dice();

  GooruUsageEventWriter(long seed, long startedMillis) {
    this.seed = seed;
    this.started = startedMillis;
  }

  /** Two numbers are one play, its start and its stop; of a reaction the second is one more. */
  @Override
  public Written write(JsonBytes out, long number, JsonBytes.Style style) {
    long play = number / 2;
    boolean isStop = number % 2 == 1;
    dice.start(seed, play ^ 0x75736167L);
    int kind = dice.below(8);
    String name =
        kind == 0 ? "reaction.create" : kind < 4 ? "collection.play" : "collection.resource.play";
    long start = started + 1_700 * number;
    // Ids are not all UUIDs.
    String id = dice.perMille(100) ? "M1k" + play : new UUID(Dice.mix(seed, play), play).toString();
    out.style(style).object();
    out.key("eventId").text(kind == 0 && isStop ? id + "-2" : id);
    out.key("eventName").text(name);
    out.key("session").object().key("apiKey").text("lyceum").key("sessionId").text("s" + play % 97);
    out.end();
    out.key("startTime").number(start);
    out.key("endTime");
    if (kind == 0) {
      out.none();
    } else {
      out.number(isStop ? start + dice.below(600_000) : start);
    }
    out.key("user").object().key("gooruUId").text("u" + (4101 + dice.below(40))).end();
    out.key("context").object();
    if (kind != 0) {
      out.key("type").text(isStop ? "stop" : "start");
    }
    out.key("contentGooruId").text((kind < 4 ? "c" : "12aef4JuLy") + dice.below(300));
    out.key("classGooruId").text("class é " + dice.below(9)).key("pathId").number(dice.below(3));
    if (kind == 0) {
      out.key("reactionType");
      int reaction = dice.below(6);
      if (dice.perMille(500)) {
        out.number(reaction);
      } else {
        out.text("" + reaction);
      }
    } else if (kind < 4) {
      out.key("collectionType").text(dice.of(COLLECTION_TYPES));
    } else {
      out.key("resourceType").text(dice.perMille(500) ? "question" : "resource");
    }
    out.end();
    out.key("metrics").object().key("score").decimal(dice.below(100_000_000L)).end();
    out.key("payLoadObject").object();
    out.key("gradingType").text(dice.perMille(500) ? "System" : "system");
    if (kind >= 4) {
      out.key("questionType").text(dice.perMille(200) ? "OE" : "MC");
      out.key("attemptStatus").text(dice.of(STATUSES));
      out.key("answerObject").list().object().key("text").text("1/" + dice.below(9)).end();
      out.endList();
    }
    out.key("taxonomyIds").object().end();
    out.end().end();
    return Written.named(name);
  }

  @Override
  public void writeBadTime(JsonBytes out) {
    out.raw("{\"eventId\": \"e\", \"eventName\": \"collection.play\", \"endTime\": \"now\"}");
  }

  @Override
  public void writeKeyless(JsonBytes out, long number) {
    out.raw("{\"eventName\": \"collection.play\", \"endTime\": " + (started + number) + "}");
  }

  @Override
  public String keylessCode() {
    return "no_key";
  }
}
