package org.lyceum.transforms.openstax;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a record is.
 *
 * @param version variant of the event's schema, such as {@code v1}; null if unknown or none
 */
public record RecordType(EventType event, String version) {
  static final RecordType XAPI = new RecordType(EventType.XAPI_STATEMENT, null);
  private static final String XAPI_SCHEMA = "org.adlnet.xapi.Statement";
  private static final Pattern SCHEMA = Pattern.compile("org\\.openstax\\.ec\\.(\\w+)_(v\\d+)");
  private static final Pattern FOLDER = Pattern.compile("(\\w+?)(?:_v?(\\d+))?");

  /**
   * The type that a schema's full name says; nothing for a name that the API never had. In February
   * 2023 the schema of changed_state was named as that of interacted_element: its fields tell.
   */
  public static Optional<RecordType> ofSchema(String fullName, Set<String> fields) {
    if (fullName.equals(XAPI_SCHEMA)) {
      return Optional.of(XAPI);
    }
    return ofRequest(fullName)
        .map(
            type ->
                type.event == EventType.INTERACTED_ELEMENT
                        && fields.contains("previous")
                        && !fields.contains("target_id")
                    ? new RecordType(EventType.CHANGED_STATE, type.version)
                    : type);
  }

  /** The type that {@code type} in a request says. */
  static Optional<RecordType> ofRequest(String type) {
    Matcher name = SCHEMA.matcher(type);
    return name.matches() ? of(name.group(1), name.group(2)) : Optional.empty();
  }

  /**
   * The type that a topic or a folder of stored data says, {@code accessed_study_guide} as well as
   * {@code created_highlight_2}; without a number the version is unknown.
   */
  public static Optional<RecordType> ofFolder(String name) {
    Matcher folder = FOLDER.matcher(name);
    return folder.matches()
        ? of(folder.group(1), folder.group(2) == null ? null : "v" + folder.group(2))
        : Optional.empty();
  }

  private static Optional<RecordType> of(String name, String version) {
    return EventType.named(name)
        .filter(event -> version == null || hasVersion(event, version))
        .map(event -> new RecordType(event, version));
  }

  private static boolean hasVersion(EventType event, String version) {
    return event != EventType.XAPI_STATEMENT
        && (version.equals("v1") || (version.equals("v2") && event == EventType.CREATED_HIGHLIGHT));
  }
}
