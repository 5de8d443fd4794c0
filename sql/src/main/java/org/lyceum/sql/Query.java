package org.lyceum.sql;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trino.jdbc.Row;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.lyceum.furniture.Csv;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * One query in, its answer out: the query stands in the environment as LYCEUM_SQL, so that no shell
 * touches it. Data goes to standard output as a table, CSV (RFC 4180) or a JSON object per line.
 */
public final class Query {
  /** Rows whose widths decide a table's layout: a longer answer is laid out in pieces. */
  private static final int TABLE_ROWS = 10_000;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final Writer out;

  private Query(Writer out) {
    this.out = out;
  }

  /** How the answer is laid out. */
  enum Format {
    table,
    csv,
    json
  }

  /** Runs the query of LYCEUM_SQL and prints its answer as FORMAT says. */
  public static void main(String[] args) {
    // JDBC reads times within lists by this machine's clock, which skips an hour in spring.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    Exit.with(
        () -> {
          int port = Trino.port(args, System.getenv());
          String sql = statement(System.getenv().getOrDefault("LYCEUM_SQL", ""));
          Format format = format(System.getenv().getOrDefault("FORMAT", ""));
          Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
          try (Connection trino = Trino.connect(port, System.getProperty("user.name"))) {
            long rows = run(trino, sql, format, out);
            return new Exit.Outcome(Exit.DONE, rows == 1 ? "1 row" : rows + " rows");
          } catch (SQLException e) {
            throw Trino.refusal(port, e);
          } finally {
            out.flush();
          }
        });
  }

  /** Returns how many rows the answer has. */
  static long run(Connection trino, String sql, Format format, Writer out)
      throws SQLException, IOException {
    try (Statement statement = trino.createStatement()) {
      if (!statement.execute(sql)) {
        return Math.max(0, statement.getLargeUpdateCount());
      }
      try (ResultSet row = statement.getResultSet()) {
        Query query = new Query(out);
        return switch (format) {
          case table -> query.table(row);
          case csv -> query.csv(row);
          case json -> query.json(row);
        };
      }
    }
  }

  static Format format(String name) {
    if (name.isBlank()) {
      return Format.table;
    }
    try {
      return Format.valueOf(name.strip().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Refusal(Exit.WRONG_USE, "FORMAT is table, csv or json, not " + name, e);
    }
  }

  /** The query without what ends it: Trino takes a bare statement. */
  static String statement(String text) {
    String sql = text.strip();
    while (sql.endsWith(";")) {
      sql = sql.substring(0, sql.length() - 1).strip();
    }
    if (sql.isEmpty()) {
      throw new Refusal(Exit.WRONG_USE, "no query: say make sql Q=\"SELECT ...\"");
    }
    return sql;
  }

  private long table(ResultSet row) throws SQLException, IOException {
    List<String> names = names(row);
    long rows = 0;
    List<List<String>> piece = new ArrayList<>();
    while (row.next()) {
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= names.size(); i++) {
        Object value = value(row, i);
        values.add(value == null ? "NULL" : oneLine(text(value)));
      }
      piece.add(values);
      rows++;
      if (piece.size() == TABLE_ROWS) {
        lay(names, piece);
        piece.clear();
      }
    }
    if (!piece.isEmpty() || rows == 0) {
      lay(names, piece);
    }
    return rows;
  }

  private void lay(List<String> names, List<List<String>> rows) throws IOException {
    int[] widths = names.stream().mapToInt(Query::width).toArray();
    for (List<String> row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], width(row.get(i))));
    }
    layRow(names, widths);
    layRow(Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
    for (List<String> row : rows) {
      layRow(row, widths);
    }
    out.flush();
  }

  private void layRow(List<String> values, int[] widths) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "" : "  ").append(values.get(i));
      line.append(" ".repeat(widths[i] - width(values.get(i))));
    }
    out.write(line.toString().stripTrailing() + "\n");
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String oneLine(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }

  private long csv(ResultSet row) throws SQLException, IOException {
    List<String> names = names(row);
    out.write(Csv.line(names));
    long rows = 0;
    while (row.next()) {
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= names.size(); i++) {
        Object value = value(row, i);
        values.add(value == null ? null : text(value));
      }
      out.write(Csv.line(values));
      rows++;
    }
    return rows;
  }

  private long json(ResultSet row) throws SQLException, IOException {
    List<String> names = names(row);
    for (String name : names) {
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new Refusal(
            Exit.WRONG_USE,
            "two columns are called %s, and a JSON object holds one: rename one with AS"
                .formatted(name));
      }
    }
    long rows = 0;
    while (row.next()) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (int i = 1; i <= names.size(); i++) {
        object.put(names.get(i - 1), value(row, i));
      }
      out.write(JSON.writeValueAsString(object) + "\n");
      rows++;
    }
    return rows;
  }

  private static List<String> names(ResultSet row) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      names.add(row.getMetaData().getColumnLabel(i));
    }
    return names;
  }

  /** Numbers and truth values as they are, lists and objects of such, anything else as text. */
  private static Object value(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    return value == null
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof Array
            || value instanceof Map
            || value instanceof Row
            || value instanceof byte[]
        ? PlainValue.of(value, row.getMetaData().getColumnTypeName(column))
        : row.getString(column);
  }

  private static String text(Object value) {
    if (value instanceof List || value instanceof Map) {
      try {
        return JSON.writeValueAsString(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
