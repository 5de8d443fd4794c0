package org.lyceum.transforms.edx;

import java.util.Locale;

/** How the payload of an event came; names stand in the column in lower case. */
enum EventShape {
  OBJECT,
  LIST,
  NUMBER,
  BOOLEAN,
  NULL,
  ABSENT,
  /** A string of nothing but white space. */
  BLANK,
  /** A string that is no JSON. */
  TEXT,
  /** A string that is no JSON but, having an equals sign and no brace, a form. */
  FORM,
  /** JSON in a string: an object. */
  STRING_OBJECT,
  /** JSON in a string: a list. */
  STRING_LIST,
  /** JSON in a string: a string again, of text. */
  STRING_TEXT,
  /** JSON in a string: a string again, of a form. */
  STRING_FORM,
  /** JSON in a string: a string again, of nothing but white space. */
  STRING_BLANK,
  /** JSON in a string: a number, true, false or null. */
  STRING_OTHER;

  private final String column = name().toLowerCase(Locale.ROOT);

  String column() {
    return column;
  }
}
