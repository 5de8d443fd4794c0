package org.lyceum.transforms.openstax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.TextBytes;

/**
 * A query string to the map that the server makes of it (Ruby's {@code CGI.parse}: pairs end at
 * {@code &} or {@code ;}, plus is a blank, a name without {@code =} has no value), and the map to a
 * query string that means the same.
 */
final class QueryString {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String HEX = "0123456789ABCDEF";

  private QueryString() {}

  static Map<String, List<String>> parse(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("[&;]", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        List<String> values = parameters.computeIfAbsent(name, any -> new ArrayList<>());
        if (equals >= 0) {
          values.add(decode(pair.substring(equals + 1)));
        }
      }
    }
    return parameters;
  }

  /**
   * Names without values and names with values in the map's order, all but RFC 3986's unreserved
   * percent-encoded.
   */
  static String build(Map<String, List<String>> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (name, values) -> {
          if (values.isEmpty()) {
            encode(name, query.append(query.isEmpty() ? "" : "&"));
          }
          for (String value : values) {
            encode(name, query.append(query.isEmpty() ? "" : "&"));
            encode(value, query.append('='));
          }
        });
    return query.toString();
  }

  /** The text as it is if its bytes would not be UTF-8. */
  private static String decode(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteBuilder decoded = new ByteBuilder();
    for (int i = 0; i < encoded.length; i++) {
      int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
      if (encoded[i] == '%' && high >= 0 && low >= 0) {
        decoded.append(16 * high + low);
        i += 2;
      } else {
        decoded.append(encoded[i] == '+' ? ' ' : encoded[i]);
      }
    }
    return TextBytes.isUtf8(decoded.array(), 0, decoded.length())
        ? new String(decoded.array(), 0, decoded.length(), StandardCharsets.UTF_8)
        : text;
  }

  private static void encode(String text, StringBuilder query) {
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(value) >= 0) {
        query.append((char) value);
      } else {
        query.append('%').append(HEX.charAt((value >> 4) & 0xF)).append(HEX.charAt(value & 0xF));
      }
    }
  }
}
