package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.AvroRecords;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.UnreadableAvroException;
import org.lyceum.transforms.parse.Verdict;

/** Records as stored Parquet gives them; those of messages are in OpenStaxAvroParserTest. */
class OpenStaxEventParserTest {
  private static final UUID SESSION = UUID.fromString("5e550000-0000-4000-8000-000000000001");
  private static final long AT = 1_707_123_965_123L;
  private static final RecordType NUDGED = new RecordType(EventType.NUDGED, null);

  private final OpenStaxEventParser parser = new OpenStaxEventParser();
  private final Row row = Row.of(parser.contract());

  @Test
  void aRecordOfParquetIsARow() {
    Map<String, Object> record = record();
    record.put("session_uuid", ByteBuffer.wrap(bytes(SESSION)).asReadOnlyBuffer());
    record.put("device_uuid", SESSION.toString());
    record.put("session_order", 4L);
    record.put("app", java.nio.CharBuffer.wrap("rex"));
    record.put("query", Map.of(new Utf8("flag"), List.of()));
    assertEquals(Verdict.PARSED, parse(record, TimeUnit.MILLISECONDS));
    assertEquals(SESSION, column("session_uuid"));
    assertEquals(SESSION, column("device_uuid"));
    assertEquals(4, column("session_order"));
    assertEquals("rex", column("app").toString());
    assertEquals("flag", column("query").toString());
    assertEquals("2021", column("year").toString());
    assertEquals("2", column("month").toString());
    assertNull(column("schema_version"));
    assertNull(column("extra"));
  }

  @ParameterizedTest
  @CsvSource({
    "MILLISECONDS, 1707123965123, 1707123965123000",
    "MICROSECONDS, 1707123965123456, 1707123965123456",
    "NANOSECONDS, 1707123965123456789, 1707123965123456",
    "MILLISECONDS, 1612137600, 1612137600000000",
    "MICROSECONDS, 1612137600000, 1612137600000000",
    "NANOSECONDS, 1612137600000000, 1612137600000000",
    "MILLISECONDS, 99999999999, 99999999999000000",
    "MILLISECONDS, 100000000000, 100000000000000",
    "MILLISECONDS, 99999999999999, 99999999999999000",
    "MILLISECONDS, 1707123965123456, 1707123965123456",
    "MILLISECONDS, 1707123965123456789, 1707123965123456",
    "MILLISECONDS, -9223372036854775808, -9223372036854776",
    "MILLISECONDS, -5, -5000000",
    "MILLISECONDS, -200000000000, -200000000000000"
  })
  void timesCountWhatTheCallerSays(TimeUnit unit, long stored, long micros) {
    Map<String, Object> record = record();
    record.put("occurred_at", stored);
    assertEquals(Verdict.PARSED, parse(record, unit));
    assertEquals(micros, column("occurred_at"));
    boolean isWhole = unit.convert(micros, TimeUnit.MICROSECONDS) == stored;
    assertEquals(isWhole ? null : Map.of("/occurred_at", number(stored)), extra());
  }

  @Property(seed = "41")
  void recentMillisecondsAreTakenAsTheyAre(
      @ForAll @LongRange(min = 100_000_000_000L, max = 9_000_000_000_000L) long millis) {
    Map<String, Object> record = record();
    record.put("occurred_at", millis);
    parse(record, TimeUnit.MILLISECONDS);
    assertEquals(1000 * millis, column("occurred_at"));
  }

  @Test
  void whatHasNoKeyOrTimeFails() {
    fails(FailureCode.NO_KEY, "session_uuid", null);
    fails(FailureCode.BAD_VALUE, "session_uuid", "none");
    fails(FailureCode.BAD_VALUE, "session_uuid", new byte[15]);
    fails(FailureCode.NO_KEY, "session_order", null);
    fails(FailureCode.BAD_VALUE, "session_order", "3rd");
    fails(FailureCode.BAD_VALUE, "session_order", 3.5);
    fails(FailureCode.BAD_VALUE, "session_order", Double.NaN);
    fails(FailureCode.BAD_VALUE, "session_order", new BigDecimal("3.5"));
    fails(FailureCode.BAD_VALUE, "session_order", 1L << 31);
    fails(FailureCode.NO_TIME, "occurred_at", null);
    fails(FailureCode.BAD_VALUE, "occurred_at", "2024-02-05");
    fails(FailureCode.BAD_VALUE, "occurred_at", 1707123965123.5);
    fails(FailureCode.NOT_UTF8, "app", new Utf8(new byte[] {(byte) 0xE9}));
    fails(FailureCode.NOT_UTF8, "app", "\ud83d");
    fails(FailureCode.NOT_UTF8, "unknown", new Utf8(new byte[] {(byte) 0xE9}));
  }

  private void fails(FailureCode code, String field, Object value) {
    Map<String, Object> record = record();
    record.put(field, value);
    assertEquals(code, parse(record, TimeUnit.MILLISECONDS).code(), field + " " + value);
  }

  @Test
  void valuesOfTheWrongTypeStandInExtra() {
    Map<String, Object> record = record();
    record.put("app", 7);
    record.put("user_uuid", "nobody");
    record.put("query", Map.of("a", "b"));
    record.put("target_attributes", Map.of("n", 1));
    record.put("context_attributes", List.of(true));
    record.put("source_metadata", Map.of("content_index", "x", "content_version", 5, "k", 1.5));
    record.put("blob", new byte[] {1, 2, 3});
    record.put("nan", Double.NaN);
    assertEquals(Verdict.PARSED, parse(record, TimeUnit.MILLISECONDS));
    assertEquals(
        Map.of(
            "/app", number(7),
            "/user_uuid", "nobody",
            "/query", Map.of("a", "b"),
            "/target_attributes/n", number(1),
            "/context_attributes", List.of(true),
            "/source_metadata/content_version", number(5),
            "/source_metadata/k", new BigDecimal("1.5"),
            "/blob", "data:;base64,AQID",
            "/nan", "NaN"),
        extra());
    assertNull(column("app"));
    assertNull(column("source_metadata_content_index"));
    assertEquals(
        Map.of("content_index", "x", "content_version", "5", "k", "1.5"),
        column("source_metadata"));
  }

  @Test
  void aQueryThatIsTextIsRead() {
    Map<String, Object> record = record();
    record.put("query", "a=1&a=%C3%BC");
    parse(record, TimeUnit.MILLISECONDS);
    assertEquals(Map.of("a", List.of("1", "ü")), column("query_parameters"));
    assertEquals(Map.of("/query", "a=1&a=%C3%BC"), extra());
  }

  @Test
  void aQueryThatIsJsonIsTheMapThatItSays() {
    Map<String, Object> record = record();
    String json = "{\"a\":[\"1\",\"ü\"],\"b\":\"2\",\"c\":null}";
    record.put("query", json);
    parse(record, TimeUnit.MILLISECONDS);
    assertEquals(Map.of("a", List.of("1", "ü"), "b", List.of("2")), column("query_parameters"));
    assertEquals("a=1&a=%C3%BC&b=2", column("query").toString());
    assertEquals(Map.of("/query", json), extra());
  }

  @Test
  void wholeNumbersAndTimesOfAnotherTypeAreRead() {
    for (Object order : List.of(3.0, new BigDecimal("3.00"), 3L)) {
      Map<String, Object> record = record();
      record.put("session_order", order);
      record.put("occurred_at", 1707123965123.0);
      assertEquals(Verdict.PARSED, parse(record, TimeUnit.MILLISECONDS));
      assertEquals(3, column("session_order"));
      assertEquals(1707123965123000L, column("occurred_at"));
      assertNull(column("extra"), "the columns say the same numbers");
    }
    Map<String, Object> record = record();
    record.put("session_order", "3");
    record.put("occurred_at", "2024-02-05T10:06:05.1239999+01:00");
    assertEquals(Verdict.PARSED, parse(record, TimeUnit.MILLISECONDS));
    assertEquals(3, column("session_order"));
    assertEquals(1707123965123999L, column("occurred_at"));
    assertEquals(
        Map.of("/session_order", "3", "/occurred_at", "2024-02-05T10:06:05.1239999+01:00"),
        extra());
    record.put("occurred_at", "1707123965123");
    assertEquals(Verdict.PARSED, parse(record, TimeUnit.MILLISECONDS));
    assertEquals(1707123965123000L, column("occurred_at"));
  }

  @Test
  void sourceMetadataThatIsJsonIsTheMapThatItSays() {
    Map<String, Object> record = record();
    String json =
        "{\"content_id\":\""
            + SESSION
            + "\",\"content_index\":7,\"price\":1.50,\"n\":null,\"l\":[1]}";
    record.put("source_metadata", json);
    assertEquals(Verdict.PARSED, parse(record, TimeUnit.MILLISECONDS));
    assertEquals(
        Map.of("content_id", SESSION.toString(), "content_index", "7", "price", "1.50", "l", "[1]"),
        column("source_metadata"));
    assertEquals(SESSION.toString(), column("source_metadata_content_id").toString());
    assertEquals(7, column("source_metadata_content_index"));
    assertEquals(Map.of("/source_metadata", json), extra());

    record.put("source_metadata", "{of 2020");
    assertEquals(Verdict.PARSED, parse(record, TimeUnit.MILLISECONDS));
    assertNull(column("source_metadata"));
    assertEquals(Map.of("/source_metadata", "{of 2020"), extra());
  }

  @Test
  void nothingStaysFromOneRowToTheNext() {
    Map<String, Object> full = record();
    full.put("app", "rex");
    full.put("source_metadata", Map.of("content_id", bytes(SESSION)));
    full.put("unknown", 1);
    parse(full, TimeUnit.MILLISECONDS);
    assertEquals(Verdict.PARSED, parse(record(), TimeUnit.MILLISECONDS));
    for (String column :
        List.of("app", "source_metadata", "source_metadata_content_id", "extra", "xapi_id")) {
      assertNull(column(column), column);
    }
  }

  @Test
  void rowsDoNotChangeWithoutTheVersion() throws IOException, UnreadableAvroException {
    List<String> actual = new ArrayList<>();
    actual.add("version " + OpenStaxEventParser.VERSION);
    for (Fixtures.Case fixture : Fixtures.in("event")) {
      AvroFixture avro = AvroFixture.of(fixture);
      byte[] message = avro.message(1);
      Set<String> fields = new HashSet<>();
      avro.record().keySet().forEach(field -> fields.add((String) field));
      Verdict verdict =
          parser.parse(
              new AvroRecords().read(avro.schema(), message, 5, message.length),
              RecordType.ofSchema(avro.schema().getFullName(), fields).orElse(NUDGED),
              Circumstances.ofMessage(Fixtures.RECEIVED, TimeUnit.MILLISECONDS),
              row);
      actual.add(digest(verdict, row) + "  event/" + fixture.file().getFileName());
    }
    bodies(new OpenStaxRequestParser(), "request", actual);
    bodies(new XapiStatementParser(), "xapi_statement", actual);
    Path golden = Fixtures.ROOT.resolve("rows.txt");
    List<String> expected = Files.exists(golden) ? Files.readAllLines(golden) : List.of();
    if (!expected.equals(actual)) {
      Path fresh = Files.createDirectories(Path.of("target")).resolve("openstax-rows.txt");
      Files.write(fresh, actual);
      assertEquals(
          String.join("\n", expected),
          String.join("\n", actual),
          "A line that changed needs a new VERSION, a line that is new does not. Then copy "
              + fresh.toAbsolutePath()
              + " over "
              + golden);
    }
  }

  private void bodies(MessageParser bodies, String folder, List<String> actual) throws IOException {
    for (Fixtures.Case fixture : Fixtures.in(folder)) {
      for (Outcomes.Outcome outcome : Outcomes.of(bodies, fixture.bytes(), Map.of())) {
        String name = folder + "/" + fixture.file().getFileName() + " " + outcome.index();
        actual.add(digest(outcome.verdict(), outcome.row()) + "  " + name);
      }
    }
  }

  private String digest(Verdict verdict, Row filled) {
    StringBuilder text = new StringBuilder(verdict.kind() + " " + verdict.code());
    if (verdict.kind() == Verdict.Kind.PARSED) {
      for (Column column : parser.contract().columns()) {
        Object value = filled.get(parser.contract().ordinal(column.name()));
        text.append('\n').append(column.name()).append('=').append(value);
      }
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> record() {
    Map<String, Object> record = new HashMap<>();
    record.put("session_uuid", bytes(SESSION));
    record.put("session_order", 0);
    record.put("occurred_at", AT);
    return record;
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static BigDecimal number(long value) {
    return BigDecimal.valueOf(value).stripTrailingZeros();
  }

  private Verdict parse(Map<String, Object> record, TimeUnit unit) {
    return parser.parse(record, NUDGED, new Circumstances("2021", "2", "1", null, unit), row);
  }

  private Object column(String name) {
    return row.get(parser.contract().ordinal(name));
  }

  private Object extra() {
    return Fixtures.plain(parser.contract(), "extra", row);
  }
}
