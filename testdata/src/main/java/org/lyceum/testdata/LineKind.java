package org.lyceum.testdata;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a generated line is made to be. */
enum LineKind {
  /** An event that no line before it holds. */
  EVENT,
  /** The bytes of an earlier line of its file. */
  DUPLICATE,
  /** The bytes of a line of an earlier file. */
  SHARED,
  /** An earlier event in other bytes. */
  EQUAL,
  /** Blank, or a comment. */
  SKIPPED,

  NOT_UTF8,
  NO_JSON,
  TRUNCATED_JSON,
  INVALID_JSON,
  NESTING_TOO_DEEP,
  NO_TIME,
  BAD_TIME;

  /** Lines that must fail; these are named after the failure code that they earn. */
  static final Set<LineKind> BROKEN =
      Collections.unmodifiableSet(EnumSet.range(NOT_UTF8, BAD_TIME));

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LineKind broken(String code) {
    for (LineKind kind : BROKEN) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no lines can be generated for failure code " + code);
  }

  /** Every failure code with this share. */
  static SortedMap<String, Double> eachBroken(double share) {
    SortedMap<String, Double> shares = new TreeMap<>();
    for (LineKind kind : BROKEN) {
      shares.put(kind.code(), share);
    }
    return shares;
  }
}
