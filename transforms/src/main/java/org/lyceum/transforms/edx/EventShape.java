package org.lyceum.transforms.edx;

import org.apache.avro.util.Utf8;

/** How the payload of a line came; the values of column event_shape. */
enum EventShape {
  OBJECT("object"),
  LIST("list"),
  NUMBER("number"),
  BOOLEAN("boolean"),
  NULL("null"),
  ABSENT("absent"),
  BLANK("blank"),
  TEXT("text"),
  FORM("form"),
  STRING_OBJECT("string_object"),
  STRING_LIST("string_list"),
  STRING_TEXT("string_text"),
  STRING_FORM("string_form"),
  STRING_BLANK("string_blank"),
  STRING_OTHER("string_other");

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
  private final Utf8 label;

  EventShape(String label) {
    this.label = new Utf8(label);
  }

  /** Whether the payload is JSON in a string. */
  boolean isEncoded() {
    return name().startsWith("STRING_");
  }

  Utf8 label() {
    return label;
  }
}
