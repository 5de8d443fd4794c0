package org.lyceum.transforms.openstax;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of records, and how the source spells them. */
public enum EventType {
  STARTED_SESSION("started_session"),
  INTERACTED_ELEMENT("interacted_element"),
  CREATED_HIGHLIGHT("created_highlight"),
  /** The API's schema says studyguide, the research docs and we say study_guide. */
  ACCESSED_STUDY_GUIDE("accessed_studyguide"),
  NUDGED("nudged"),
  CHANGED_STATE("changed_state"),
  XAPI_STATEMENT("xapi_statement");

  private final String nameInSchemas;

  EventType(String nameInSchemas) {
    this.nameInSchemas = nameInSchemas;
  }

  /** The value of the column {@code event_type}. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How the API's schemas and the folders of stored data spell it. */
  String nameInSchemas() {
    return nameInSchemas;
  }

  /** The type of either spelling. */
  static Optional<EventType> named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.nameInSchemas.equals(name) || type.column().equals(name))
        .findFirst();
  }
}
