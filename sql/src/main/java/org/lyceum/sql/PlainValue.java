package org.lyceum.sql;

import io.trino.jdbc.Row;
import io.trino.jdbc.RowField;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value as JDBC gives it, and its type in Trino's words, in; plain numbers, truth values, text,
 * lists and objects out. The type decides about times: within a list, a map or a row JDBC gives
 * both kinds as {@link Timestamp}, without a zone.
 */
final class PlainValue {
  private static final Pattern TIMESTAMP =
      Pattern.compile("timestamp\\((\\d+)\\)( with time zone)?");

  /** A {@link Timestamp} holds no more digits of a second. */
  private static final int NANOSECONDS = 9;

  private PlainValue() {}

  static Object of(Object value, String type) throws SQLException {
    if (value instanceof Array array) {
      return of(Arrays.asList((Object[]) array.getArray()), type);
    }
    if (value instanceof List<?> list) {
      String element = arguments(type).get(0);
      List<Object> plain = new ArrayList<>();
      for (Object each : list) {
        plain.add(of(each, element));
      }
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      List<String> keyAndValue = arguments(type);
      Map<String, Object> plain = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Object key = of(entry.getKey(), keyAndValue.get(0));
        plain.put(String.valueOf(key), of(entry.getValue(), keyAndValue.get(1)));
      }
      return plain;
    }
    if (value instanceof Row row) {
      return fields(row, arguments(type));
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Timestamp time) {
      return time(time, type);
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  /** Fields without a name, or with that of another one, are called by their place, from 0. */
  private static Map<String, Object> fields(Row row, List<String> namedTypes) throws SQLException {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (RowField field : row.getFields()) {
      Optional<String> name = field.getName();
      String type = namedTypes.get(field.getOrdinal());
      if (name.isPresent()) {
        type = type.substring(name.get().length()).strip();
      }
      plain.put(
          name.filter(each -> !plain.containsKey(each)).orElse("field" + field.getOrdinal()),
          of(field.getValue(), type));
    }
    return plain;
  }

  /** As Trino writes it at the top level; what has a zone is told in UTC. */
  private static String time(Timestamp time, String type) {
    Matcher matcher = TIMESTAMP.matcher(type);
    if (!matcher.matches()) {
      return time.toString();
    }
    boolean hasZone = matcher.group(2) != null;
    LocalDateTime local =
        hasZone
            ? LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC)
            : time.toLocalDateTime();
    int digits = Math.min(Integer.parseInt(matcher.group(1)), NANOSECONDS);
    String pattern = "uuuu-MM-dd HH:mm:ss" + (digits == 0 ? "" : "." + "S".repeat(digits));
    return DateTimeFormatter.ofPattern(pattern).format(local) + (hasZone ? " UTC" : "");
  }

  /** What stands between a type's outer parentheses, parted at its outer commas. */
  static List<String> arguments(String type) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int begin = type.indexOf('(') + 1;
    for (int i = begin; i < type.length(); i++) {
      char c = type.charAt(i);
      if (depth == 0 && (c == ',' || c == ')')) {
        arguments.add(type.substring(begin, i).strip());
        begin = i + 1;
        if (c == ')') {
          break;
        }
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
    }
    return arguments;
  }
}
