package org.lyceum.testdata;

/** Events of Gooru's log writer, each followed by a discrete event that the demux made of it. */
final class GooruWriterEventWriter implements JsonEventWriter {
  private static final String DEMUX = "org.gooru.da.sink.gep.";

  private final long seed;
  private final long started;
  private final Dice dice = new Dice();

  GooruWriterEventWriter(long seed, long startedMillis) {
    this.seed = seed;
    this.started = startedMillis;
  }

  @Override
  public Written write(JsonBytes out, long number, JsonBytes.Style style) {
    long origin = number / 2;
    boolean isDiscrete = number % 2 == 1;
    dice.start(seed, origin ^ 0x77726974L);
    boolean isResource = dice.perMille(500);
    String metric = isResource ? "question.timespent" : "assessment.score";
    String name =
        isDiscrete
            ? "usage." + metric
            : isResource ? "resource.performance" : "collection.performance";
    out.style(style).object();
    out.key("userId").text("u" + (4101 + dice.below(40)));
    out.key("activityTime").number(started + 3_400 * origin);
    out.key("eventId").text("w" + origin).key("eventName").text(name);
    out.key(isResource ? "resourceId" : "collectionId").text("é" + dice.below(300));
    out.key(isResource ? "resourceType" : "collectionType")
        .text(isResource ? "question" : "assessment");
    out.key("context").object().key("classId").text("class " + dice.below(9));
    out.key("pathId").number(dice.below(3)).key("tenantId").none().end();
    long score = dice.below(100_000_000L);
    long timeSpent = dice.below(600_000);
    out.key("result").object();
    if (!isDiscrete || !isResource) {
      out.key("score").decimal(score);
    }
    if (!isDiscrete || isResource) {
      out.key("timeSpent").number(timeSpent);
    }
    out.end().end();
    return new Written(name, isDiscrete ? DEMUX + metric : null, false);
  }

  @Override
  public void writeBadTime(JsonBytes out) {
    out.raw("{\"eventId\": \"e\", \"eventName\": \"collection.start\", \"activityTime\": {}}");
  }

  @Override
  public void writeKeyless(JsonBytes out, long number) {
    out.raw(
        "{\"eventId\": \"e\", \"eventName\": \"collection.start\", \"activityTime\": "
            + (started + number)
            + "}");
  }

  @Override
  public String keylessCode() {
    return "no_key";
  }
}
