package org.lyceum.testdata;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/** The kinds of records that OpenStax stores, each with a schema, a topic and a folder. */
public enum OpenStaxType {
  STARTED_SESSION("started_session", "started_session", "started_session_v1"),
  INTERACTED_ELEMENT("interacted_element", "interacted_element", "interacted_element_v1"),
  CHANGED_STATE("changed_state", "changed_state", "changed_state_v1"),
  CREATED_HIGHLIGHT_V1("created_highlight", "created_highlight", "created_highlight_v1"),
  CREATED_HIGHLIGHT_V2("created_highlight", "created_highlight_2", "created_highlight_v2"),
  NUDGED("nudged", "nudged", "nudged_v1"),
  ACCESSED_STUDYGUIDE("accessed_study_guide", "accessed_studyguide", "accessed_studyguide_v1"),
  XAPI_STATEMENT("xapi_statement", "xapi_statement", "xapi_statement");

  /**
   * What a session of twenty records consists of, most different first, so that a day of few files
   * has all types too.
   */
  static final List<OpenStaxType> SESSION =
      List.of(
          STARTED_SESSION,
          INTERACTED_ELEMENT,
          CHANGED_STATE,
          CREATED_HIGHLIGHT_V1,
          CREATED_HIGHLIGHT_V2,
          NUDGED,
          ACCESSED_STUDYGUIDE,
          XAPI_STATEMENT,
          INTERACTED_ELEMENT,
          INTERACTED_ELEMENT,
          CHANGED_STATE,
          INTERACTED_ELEMENT,
          INTERACTED_ELEMENT,
          INTERACTED_ELEMENT,
          CHANGED_STATE,
          INTERACTED_ELEMENT,
          INTERACTED_ELEMENT,
          INTERACTED_ELEMENT,
          INTERACTED_ELEMENT,
          CHANGED_STATE);

  private final String event;
  private final String topic;
  private final String file;

  @SuppressWarnings("ImmutableEnumChecker") // never changed once it is read
  private final Schema schema;

  OpenStaxType(String event, String topic, String file) {
    this.event = event;
    this.topic = topic;
    this.file = file;
    this.schema = schema(file);
  }

  /**
   * Its name to researchers: both highlights are one, the study guide in its documented spelling.
   */
  public String event() {
    return event;
  }

  /** The Kafka topic, which is also the folder of what is stored. */
  public String topic() {
    return topic;
  }

  /** The schema that the API writes with today. */
  public Schema schema() {
    return schema;
  }

  /** What a request body calls it. */
  String requestType() {
    return "org.openstax.ec." + file;
  }

  /** How many of them a session has. */
  int perSession() {
    return (int) SESSION.stream().filter(this::equals).count();
  }

  /** Schemas that the API wrote with once; a registry serves them still. */
  public static List<Schema> oldSchemas() {
    return List.of(
        schema("old/created_highlight_v1"),
        schema("old/nudged_v1"),
        schema("old/started_session_v1"),
        schema("old/changed_state_v1"),
        schema("old/changed_state_v1_misnamed"));
  }

  private static Schema schema(String file) {
    String name = "openstax/" + file + ".avsc";
    try (InputStream in = OpenStaxType.class.getResourceAsStream(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Schema.Parser().parse(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
