package org.lyceum.testdata;

/** Lines of edX logs as messages, with the events of {@link EdxEventWriter}. */
final class EdxLineWriter implements JsonEventWriter {
  private final EdxEventWriter events;

  EdxLineWriter(long seed, long lines) {
    events = new EdxEventWriter(EdxLogOptions.clean(lines).withSeed(seed));
  }

  /** A line that is not varied is written as edX writes it. */
  @Override
  public Written write(JsonBytes out, long number, JsonBytes.Style style) {
    return Written.named(events.write(out, number, style == JsonBytes.Style.VARIED));
  }

  @Override
  public void writeBadTime(JsonBytes out) {
    out.raw("{\"event_type\": \"page_close\", \"event\": \"{}\", \"time\": \"yesterday\"}");
  }

  @Override
  public void writeKeyless(JsonBytes out, long number) {
    out.raw("serial " + number);
  }

  /** A line is its own key; what it cannot do without is its object. */
  @Override
  public String keylessCode() {
    return "no_json";
  }
}
