package org.lyceum.testdata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A value in, its text out, as a writer that knows only text has it. */
final class OpenStaxText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OpenStaxText() {}

  /** A map of lists is a query string, any other map JSON, anything else its own text. */
  static String of(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return value.toString();
    }
    if (map.values().stream().allMatch(each -> each instanceof List<?>)) {
      return query(map);
    }
    return json(map);
  }

  private static String query(Map<?, ?> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (name, values) -> {
          for (Object value : (List<?>) values) {
            query.append(query.isEmpty() ? "" : "&").append(name).append('=');
            query.append(encoded(value.toString()));
          }
        });
    return query.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
