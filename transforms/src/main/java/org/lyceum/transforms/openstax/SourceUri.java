package org.lyceum.transforms.openstax;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a page in, the parts that the server takes of it out (Ruby's {@code URI}; the
 * expression is appendix B of RFC 3986). Fragment, user and port are left out, as there.
 *
 * @param query without the question mark; null without one
 */
record SourceUri(String scheme, String host, String path, String query) {
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?", Pattern.DOTALL);
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  static SourceUri split(String uri) {
    Matcher parts = PARTS.matcher(uri);
    if (!parts.matches()) {
      throw new IllegalStateException("the expression matches every text");
    }
    String scheme = parts.group(1) == null ? null : parts.group(1).toLowerCase(Locale.ROOT);
    String authority = parts.group(2);
    String path = parts.group(3);
    boolean isOpaque = scheme != null && authority == null && !path.startsWith("/");
    return new SourceUri(scheme, host(authority), isOpaque ? null : path, parts.group(4));
  }

  private static String host(String authority) {
    return authority == null
        ? null
        : PORT.matcher(authority.substring(authority.lastIndexOf('@') + 1)).replaceFirst("");
  }
}
