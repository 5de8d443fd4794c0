package org.lyceum.testdata;

/** What messages are generated for. */
public enum JsonSource {
  /** Events of KinesinLMS, of the generations that name themselves and the one that does not. */
  KINESINLMS("kinesinlms_event", "kinesinlms_events"),
  /** Usage events for Gooru's log writer, mostly in arrays. */
  GOORU_USAGE("gooru_usage_event", "NILE-CONTENT-LOG"),
  /** Events of Gooru's log writer; discrete events made of them have topics of their own. */
  GOORU_WRITER("gooru_writer_event", "org.gooru.da.sink.logW.usage.events"),
  /** Lines of edX tracking logs. */
  EDX("edx_tracking_log", "edx_tracking");

  private final String table;
  private final String topic;

  JsonSource(String table, String topic) {
    this.table = table;
    this.topic = topic;
  }

  /** Name of the table that its rows belong to, and of its format. */
  public String table() {
    return table;
  }

  /** Where its messages go, unless what they hold has a topic of its own. */
  public String topic() {
    return topic;
  }
}
