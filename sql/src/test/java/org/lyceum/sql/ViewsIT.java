package org.lyceum.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.catalog.Contracts;

/** The views on real Trino: every worked example, and what every view owes its reader. */
class ViewsIT {
  private static final DateTimeFormatter TRINO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSSSSS] 'UTC'");
  private static Connection researcher;

  @BeforeAll
  static void publish() throws SQLException {
    try (Connection publisher = GivenLake.shared().trino(PublishViews.PUBLISHER)) {
      PublishViews.publish(publisher, GivenLake.shared().lake, Views.all());
    }
    researcher = GivenLake.shared().trino("researcher");
  }

  @AfterAll
  static void close() throws SQLException {
    researcher.close();
  }

  static List<Example> examples() {
    return Example.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void answersAsWorkedOutByHand(Example example) throws Exception {
    View view = view(example.view());
    assertEquals(
        Set.of(), minus(example.given().keySet(), view.reads()), "given, but the view reads not");
    for (String table : view.reads()) {
      GivenLake.shared().give(table, example.given().getOrDefault(table, List.of()));
    }

    List<String> columns = example.columns();
    List<String> expected =
        example.expected().stream().map(row -> line(columns, row)).sorted().toList();
    List<String> actual = new ArrayList<>();
    String selected =
        columns.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    try (Statement statement = researcher.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT " + (selected.isEmpty() ? "1" : selected) + " FROM " + view.name())) {
      while (row.next()) {
        Map<String, Object> values = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
          values.put(columns.get(i), value(row, i + 1));
        }
        actual.add(line(columns, values));
      }
    }
    assertEquals(
        String.join("\n", expected), actual.stream().sorted().collect(Collectors.joining("\n")));
  }

  static List<Documented> documented() {
    return Documented.all();
  }

  @ParameterizedTest
  @MethodSource("documented")
  void beginsWithTheDocumentedColumns(Documented documented) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = researcher.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT column_name, data_type FROM lake.information_schema.columns"
                    + " WHERE table_schema || '.' || table_name = '%s' ORDER BY ordinal_position"
                        .formatted(documented.view()))) {
      while (row.next()) {
        columns.add(row.getString(1) + " " + row.getString(2));
      }
    }
    int count = Math.min(documented.columns().size(), columns.size());
    assertEquals(
        String.join("\n", documented.columns()), String.join("\n", columns.subList(0, count)));
  }

  @Test
  void timesWithoutZoneAreUtcWhateverTheSessionsZone() throws Exception {
    GivenLake.shared()
        .give(
            "events.openstax_event",
            List.of(Map.of("event_type", "nudged", "occurred_at", "2026-01-05T23:30:00Z")));
    try (Connection elsewhere = GivenLake.shared().trino("researcher");
        Statement statement = elsewhere.createStatement()) {
      statement.execute("SET TIME ZONE 'Asia/Tokyo'");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT CAST(occurred_at AS varchar), CAST(occurred_date AS varchar)"
                  + " FROM openstax.nudged")) {
        assertTrue(row.next());
        assertEquals("2026-01-05 23:30:00.000000", row.getString(1));
        assertEquals("2026-01-05", row.getString(2));
      }
    }
  }

  @Test
  void everyColumnOfEveryViewHasAValueInAnExample() {
    Set<String> shown = new TreeSet<>();
    for (Example example : Example.all()) {
      for (Map<String, Object> row : example.expected()) {
        row.forEach(
            (column, value) -> {
              if (value != null) {
                shown.add(example.view() + " " + column);
              }
            });
      }
    }
    Set<String> described =
        Views.all().stream()
            .flatMap(view -> view.columns().stream().map(c -> view.name() + " " + c.name()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(described, shown);
  }

  @Test
  void everyViewAndEveryColumnHasItsComment() throws SQLException {
    for (View view : Views.all()) {
      Map<String, String> comments = new TreeMap<>();
      List<String> names = new ArrayList<>();
      try (Statement statement = researcher.createStatement();
          ResultSet row = statement.executeQuery("SHOW COLUMNS FROM " + view.name())) {
        while (row.next()) {
          names.add(row.getString("Column"));
          comments.put(row.getString("Column"), row.getString("Comment"));
        }
      }
      assertEquals(
          view.columns().stream().map(column -> column.name().toLowerCase(Locale.ROOT)).toList(),
          names,
          view.name());
      for (View.DescribedColumn column : view.columns()) {
        assertEquals(column.description(), comments.get(column.name().toLowerCase(Locale.ROOT)));
      }
      String comment = comments(view.schema()).get(view.name());
      assertTrue(comment.startsWith(view.grain()), comment);
    }
  }

  @Test
  void publishingAgainChangesNothing() throws SQLException {
    try (Connection publisher = GivenLake.shared().trino(PublishViews.PUBLISHER)) {
      assertEquals(
          List.of(), PublishViews.publish(publisher, GivenLake.shared().lake, Views.all()));
    }
  }

  @Test
  void whatChangedIsReplacedAndWhatIsGoneIsDropped() throws SQLException {
    View extra =
        new View(
            "learning.extra",
            "SELECT 1 AS one",
            "One row.",
            List.of(),
            List.of(new View.DescribedColumn("one", "It's one; never NULL.")));
    View other =
        new View(
            "learning.extra", "SELECT 2 AS one", extra.grain(), extra.reads(), extra.columns());
    List<View> with = new ArrayList<>(Views.all());
    with.add(extra);
    List<View> without = new ArrayList<>(Views.all());
    List<View> changed = new ArrayList<>(Views.all());
    changed.add(other);
    try (Connection publisher = GivenLake.shared().trino(PublishViews.PUBLISHER)) {
      assertEquals(
          List.of("view learning.extra created"),
          PublishViews.publish(publisher, GivenLake.shared().lake, with));
      assertEquals(
          List.of("view learning.extra replaced"),
          PublishViews.publish(publisher, GivenLake.shared().lake, changed));
      assertEquals(
          List.of("view learning.extra dropped"),
          PublishViews.publish(publisher, GivenLake.shared().lake, without));
    }
    assertFalse(comments("learning").containsKey("learning.extra"));
    assertTrue(comments("ops").containsKey("ops.delivery"), "a table is no view of ours");
  }

  @Test
  void aQueryNamesItsColumnsAndWhatItReads() {
    Set<String> tables =
        Contracts.all().stream().map(contract -> contract.table()).collect(Collectors.toSet());
    for (View view : Views.all()) {
      assertFalse(
          view.query().matches("(?is).*(select\\s+\\*|[a-z_]\\.\\*).*"), view.name() + " has a *");
      Set<String> read =
          tables.stream()
              .filter(table -> view.query().matches("(?s).*\\b" + table + "\\b.*"))
              .collect(Collectors.toSet());
      assertEquals(Set.copyOf(view.reads()), read, view.name());
    }
  }

  private static Map<String, String> comments(String schema) throws SQLException {
    Map<String, String> comments = new TreeMap<>();
    try (Statement statement = researcher.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT table_name, comment FROM system.metadata.table_comments"
                    + " WHERE catalog_name = 'lake' AND schema_name = '%s'".formatted(schema))) {
      while (row.next()) {
        comments.put(schema + "." + row.getString(1), row.getString(2));
      }
    }
    return comments;
  }

  private static View view(String name) {
    return Views.all().stream().filter(view -> view.name().equals(name)).findFirst().orElseThrow();
  }

  private static Set<String> minus(Set<String> all, List<String> less) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(less);
    return rest;
  }

  private static String line(List<String> columns, Map<String, Object> row) {
    return columns.stream()
        .map(column -> column + "=" + plain(row.get(column)))
        .collect(Collectors.joining("; "));
  }

  /** Numbers and maps as such, anything else as Trino writes it. */
  private static Object value(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    return value == null || value instanceof Number || value instanceof Map
        ? PlainValue.of(value, row.getMetaData().getColumnTypeName(column))
        : row.getString(column);
  }

  /**
   * Numbers by value, times by instant and maps in any order, so that an example can write them as
   * people do; text, digits too, as it stands.
   */
  private static String plain(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Map<?, ?> map) {
      return new TreeMap<>(map).toString();
    }
    String text = value.toString();
    if (value instanceof Number && text.matches("-?\\d+(\\.\\d+)?(E-?\\d+)?")) {
      return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }
    if (text.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{6})? UTC")) {
      Instant time = LocalDateTime.parse(text, TRINO_TIME).toInstant(ZoneOffset.UTC);
      return time.toString();
    }
    if (text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*")) {
      return OffsetDateTime.parse(text).toInstant().toString();
    }
    return text;
  }
}
