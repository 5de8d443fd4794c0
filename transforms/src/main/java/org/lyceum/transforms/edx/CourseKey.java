package org.lyceum.transforms.edx;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.util.Utf8;

/**
 * A course key and its parts: {@code course-v1:ORG+COURSE+RUN}, the older {@code ORG/COURSE/RUN},
 * {@code ccx-v1:ORG+COURSE+RUN+ccx@N}, and {@code library-v1:ORG+LIBRARY}.
 *
 * @param run null for a library
 */
record CourseKey(Utf8 id, Utf8 org, Utf8 course, Utf8 run) {
  private static final String PART = "([\\w.\\-]+)";
  private static final Pattern NEW =
      Pattern.compile(
          "(?:course-v1:|ccx-v1:)" + PART + "\\+" + PART + "\\+" + PART + "(?:\\+ccx@\\d+)?",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern LIBRARY =
      Pattern.compile("library-v1:" + PART + "\\+" + PART, Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern OLD =
      Pattern.compile(PART + "/" + PART + "/" + PART, Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern BLOCK =
      Pattern.compile(
          "/xblock/(?:block-v1|ccx-block-v1):([^/?#&\\s]+?)\\+type@[^/?#\\s]*",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern IN_URL = Pattern.compile("/courses/([^?#\\s]+)");

  /** The key that a text is; null when it is none. The text is trimmed. */
  static CourseKey parse(String text) {
    String id = text.strip();
    Matcher matcher = NEW.matcher(id);
    if (matcher.matches()) {
      boolean isCcx = id.startsWith("ccx-v1:");
      return isCcx == id.contains("+ccx@")
          ? of(id, matcher.group(1), matcher.group(2), matcher.group(3))
          : null;
    }
    matcher = OLD.matcher(id);
    if (matcher.matches()) {
      return of(id, matcher.group(1), matcher.group(2), matcher.group(3));
    }
    matcher = LIBRARY.matcher(id);
    return matcher.matches() ? of(id, matcher.group(1), matcher.group(2), null) : null;
  }

  private static CourseKey of(String id, String org, String course, String run) {
    return new CourseKey(
        new Utf8(id), new Utf8(org), new Utf8(course), run == null ? null : new Utf8(run));
  }

  /**
   * The course that a URL or its path speaks of, null when it speaks of none: {@code /xblock/<block
   * key>} first, else {@code /courses/<id>} (edx-analytics-pipeline, opaque_key_util).
   */
  static CourseKey inUrl(String url) {
    if (!url.contains("/courses/") && !url.contains("/xblock/")) {
      return null;
    }
    String text = decoded(url);
    Matcher block = BLOCK.matcher(text);
    if (block.find()) {
      String prefix = block.group().contains("ccx-block-v1:") ? "ccx-v1:" : "course-v1:";
      CourseKey key = parse(prefix + block.group(1));
      if (key != null) {
        return key;
      }
    }
    Matcher course = IN_URL.matcher(text);
    while (course.find()) {
      String[] parts = course.group(1).split("/", -1);
      CourseKey key = null;
      if (parts[0].contains("+")) {
        key = parse(parts[0]);
      } else if (parts.length >= 3 && !parts[0].equals("v1")) {
        key = parse(parts[0] + "/" + parts[1] + "/" + parts[2]);
      }
      if (key != null) {
        return key;
      }
    }
    return null;
  }

  /** Percent escapes undone; a plus stays a plus, for it is part of the keys. */
  private static String decoded(String url) {
    if (url.indexOf('%') < 0) {
      return url;
    }
    try {
      return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return url; // not an escape after all
    }
  }
}
