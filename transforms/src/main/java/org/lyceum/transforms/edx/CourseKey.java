package org.lyceum.transforms.edx;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Key of a course run or a content library, of both generations: {@code course-v1:ORG+COURSE+RUN},
 * {@code ccx-v1:ORG+COURSE+RUN+ccx@N}, {@code library-v1:ORG+LIBRARY}, and the old {@code
 * ORG/COURSE/RUN}. Where a log gives only a URL, the rules are those of edx-analytics-pipeline
 * (opaque_key_util): the key of a block after {@code /xblock/}, else what follows {@code
 * /courses/}.
 *
 * @param id the whole key as written
 * @param run null for a library; without the ccx part
 */
record CourseKey(String id, String org, String course, String run) {
  private static final String COURSE_V1 = "course-v1:";
  private static final String CCX_V1 = "ccx-v1:";
  private static final String LIBRARY_V1 = "library-v1:";
  private static final String COURSES = "/courses/";
  private static final String XBLOCK = "/xblock/";
  private static final String BLOCK_TYPE = "+type@";

  /** The key that is all of {@code text}, or null. */
  static CourseKey parse(String text) {
    if (text.startsWith(COURSE_V1)) {
      String[] parts = parts(text.substring(COURSE_V1.length()), '+', 3);
      return parts == null ? null : new CourseKey(text, parts[0], parts[1], parts[2]);
    }
    if (text.startsWith(CCX_V1)) {
      int ccx = text.indexOf("+ccx@");
      if (ccx < 0 || !isNumber(text, ccx + "+ccx@".length())) {
        return null;
      }
      String[] parts = parts(text.substring(CCX_V1.length(), ccx), '+', 3);
      return parts == null ? null : new CourseKey(text, parts[0], parts[1], parts[2]);
    }
    if (text.startsWith(LIBRARY_V1)) {
      String[] parts = parts(text.substring(LIBRARY_V1.length()), '+', 2);
      return parts == null ? null : new CourseKey(text, parts[0], parts[1], null);
    }
    String[] parts = parts(text, '/', 3);
    return parts == null ? null : new CourseKey(text, parts[0], parts[1], parts[2]);
  }

  /** The key that the path of a URL holds, or null. */
  static CourseKey inUrl(String whole) {
    String url = path(whole);
    int xblock = url.indexOf(XBLOCK);
    if (xblock >= 0) {
      CourseKey ofBlock = ofBlock(decoded(segment(url, xblock + XBLOCK.length())));
      if (ofBlock != null) {
        return ofBlock;
      }
    }
    for (int at = url.indexOf(COURSES); at >= 0; at = url.indexOf(COURSES, at + 1)) {
      CourseKey key = atStartOf(url, at + COURSES.length());
      if (key != null) {
        return key;
      }
    }
    return null;
  }

  private static String path(String url) {
    int end = 0;
    while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
      end++;
    }
    return url.substring(0, end);
  }

  private static CourseKey atStartOf(String url, int start) {
    String first = segment(url, start);
    if (first.equals("v1")) {
      return null; // the courses API, whose own path goes on like an old key
    }
    CourseKey key = parse(decoded(first));
    if (key != null || first.length() + start == url.length()) {
      return key;
    }
    int second = start + first.length();
    if (url.charAt(second) != '/') {
      return null;
    }
    int third = second + 1 + segment(url, second + 1).length();
    if (third >= url.length() || url.charAt(third) != '/') {
      return null;
    }
    int end = third + 1 + segment(url, third + 1).length();
    return parse(decoded(url.substring(start, end)));
  }

  /** The course that a block's key names: the key up to the block's type. */
  private static CourseKey ofBlock(String block) {
    int type = block.indexOf(BLOCK_TYPE);
    if (type < 0) {
      return null;
    }
    String course = block.substring(0, type);
    if (course.startsWith("block-v1:")) {
      return parse(COURSE_V1 + course.substring("block-v1:".length()));
    }
    if (course.startsWith("ccx-block-v1:")) {
      return parse(CCX_V1 + course.substring("ccx-block-v1:".length()));
    }
    if (course.startsWith("lib-block-v1:")) {
      return parse(LIBRARY_V1 + course.substring("lib-block-v1:".length()));
    }
    return null;
  }

  /** What stands before the next character that ends a part of a URL's path. */
  private static String segment(String url, int start) {
    int end = start;
    while (end < url.length() && "/&;\"' ".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return url.substring(start, end);
  }

  private static String decoded(String part) {
    if (part.indexOf('%') < 0) {
      return part;
    }
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part; // a stray percent sign
    }
  }

  /** The parts of a key, or null if they are not as many, or one of them cannot be a part. */
  private static String[] parts(String text, char separator, int count) {
    String[] parts = new String[count];
    int start = 0;
    for (int i = 0; i < count; i++) {
      int end = i == count - 1 ? text.length() : text.indexOf(separator, start);
      if (end < 0 || !isPart(text, start, end)) {
        return null;
      }
      parts[i] = text.substring(start, end);
      start = end + 1;
    }
    return parts;
  }

  private static boolean isPart(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char value = text.charAt(i);
      boolean isPlain = (value >= 'a' && value <= 'z') || value == '_';
      if (!isPlain && !Character.isLetterOrDigit(value) && "-.~".indexOf(value) < 0) {
        return false;
      }
    }
    return end > start;
  }

  private static boolean isNumber(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return start < text.length();
  }
}
