package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.Files;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.SchemaRegistryClient;
import org.lyceum.transforms.parse.EventKey;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonModels;
import org.lyceum.transforms.parse.Verdict;

class OpenStaxAvroParserTest {
  private static final Map<Integer, String> SCHEMAS = new HashMap<>();
  private static HttpServer registry;

  private final OpenStaxAvroParser parser =
      new OpenStaxAvroParser(
          new SchemaRegistryClient(
              URI.create("http://127.0.0.1:" + registry.getAddress().getPort())));

  @BeforeAll
  static void startRegistry() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/schemas/ids/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String schema = SCHEMAS.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
          byte[] body =
              (schema == null
                      ? "{\"error_code\":40403,\"message\":\"Schema not found\"}"
                      : "{\"schema\":\""
                          + new String(JsonStringEncoder.getInstance().quoteAsString(schema))
                          + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(schema == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.start();
  }

  @AfterAll
  static void stopRegistry() {
    registry.stop(0);
  }

  static List<Fixtures.Case> fixtures() throws IOException {
    return Fixtures.in("event");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void provesWhatItsNameSays(Fixtures.Case fixture) throws IOException {
    Outcomes.Outcome outcome = parse(message(fixture));
    if (fixture.verdict().equals("fail")) {
      assertEquals(fixture.code(), outcome.verdict().code().code());
      assertTrue(outcome.verdict().message().endsWith("."));
    } else {
      assertEquals(Verdict.PARSED, outcome.verdict());
      Fixtures.assertColumns(fixture.expected(), parser.contracts().get(0), outcome.row());
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theRecordCanBeRebuilt(Fixtures.Case fixture) throws IOException {
    AvroFixture avro = AvroFixture.of(fixture);
    Outcomes.Outcome outcome = parse(message(fixture));
    if (outcome.row() != null) {
      Map<String, Object> record = avro.logical();
      Map<String, Object> rebuilt = OriginalEvent.record(parser.contracts().get(0), outcome.row());
      boolean isInstant = avro.schema().getField("occurred_at") != null;
      if (isInstant && rebuilt.get("occurred_at") instanceof Number micros) {
        boolean isKept = micros.equals(record.get("occurred_at")); // as it came, in extra
        boolean isMicros =
            avro.schema().getField("occurred_at").schema().toString().contains("micros");
        rebuilt.put(
            "occurred_at",
            JsonModels.read(String.valueOf(micros.longValue() / (isKept || isMicros ? 1 : 1000))));
      }
      if (avro.schema().getName().equals("Statement")) {
        rebuilt.remove("occurred_at");
      }
      assertEquals(record, rebuilt);
    }
  }

  @Test
  void everyRequiredColumnIsSet() throws IOException {
    for (Fixtures.Case fixture : fixtures()) {
      Row row = parse(message(fixture)).row();
      for (Column column : parser.contracts().get(0).columns()) {
        boolean isOurs = !List.of("feed", "delivery", "position", "run_id").contains(column.name());
        if (row != null && column.required() && isOurs) {
          assertNotEquals(null, row.get(parser.contracts().get(0).ordinal(column.name())));
        }
      }
    }
  }

  @Test
  void rowsCanBeWrittenAndReadBack(@TempDir Path folder) throws IOException {
    Contract contract = parser.contracts().get(0);
    Schema schema = contract.schema();
    File file = folder.resolve("rows.parquet").toFile();
    List<Row> written = new ArrayList<>();
    try (FileAppender<StructLike> rows =
        Parquet.write(Files.localOutput(file))
            .schema(schema)
            .createWriterFunc((fields, type) -> InternalWriter.create(fields.asStruct(), type))
            .build()) {
      for (Fixtures.Case fixture : fixtures()) {
        Row row = parse(message(fixture)).row();
        if (row != null) {
          List.of("feed", "delivery", "position", "run_id")
              .forEach(column -> row.set(contract.ordinal(column), column));
          rows.add(row);
          written.add(row);
        }
      }
    }
    int at = 0;
    try (CloseableIterable<StructLike> rows =
        Parquet.read(Files.localInput(file))
            .project(schema)
            .createReaderFunc(type -> InternalReader.create(schema, type))
            .build()) {
      for (StructLike read : rows) {
        Row copy = Row.of(contract);
        for (int i = 0; i < copy.size(); i++) {
          copy.set(i, read.get(i, Object.class));
        }
        for (Column column : contract.columns()) {
          assertEquals(
              Fixtures.plain(contract, column.name(), written.get(at)),
              Fixtures.plain(contract, column.name(), copy),
              column.name());
        }
        at++;
      }
    }
    assertEquals(written.size(), at);
  }

  @Test
  void keysAreSessionTypeAndOrder() throws IOException {
    EventKey key = new EventKey("openstax_event");
    String session = "5e550000-0000-4000-8000-000000000001";
    assertEquals(key.id(session, "started_session"), id("started_session"));
    assertEquals(key.id(session, "accessed_study_guide", "3"), id("accessed_study_guide"));
    assertEquals(key.id(session, "nudged", "0"), id("anonymous"));
  }

  @Test
  void bothVariantsOfAHighlightAreOneEvent() throws IOException {
    assertEquals(id("created_highlight_v1"), id("created_highlight_v2"));
    assertEquals(id("changed_state"), id("changed_state_misnamed"));
    assertNotEquals(id("created_highlight_v1"), id("changed_state"));
  }

  private Object id(String name) throws IOException {
    for (Fixtures.Case fixture : fixtures()) {
      if (fixture.name().equals(name)) {
        return column(fixture, "event_id");
      }
    }
    throw new IllegalArgumentException(name);
  }

  private Object column(Fixtures.Case fixture, String column) throws IOException {
    return parse(message(fixture)).row().get(parser.contracts().get(0).ordinal(column));
  }

  @Test
  void anAvroStatementAndItsJsonMakeEqualRows() throws IOException {
    XapiStatementParser json = new XapiStatementParser();
    for (Fixtures.Case fixture : fixtures()) {
      AvroFixture avro = AvroFixture.of(fixture);
      if (avro.schema().getName().equals("Statement")) {
        String text = JsonModels.spell(avro.logical(), new Random(1));
        Row ofJson =
            Outcomes.of(json, text.getBytes(StandardCharsets.UTF_8), Map.of()).get(0).row();
        Row ofAvro = parse(message(fixture)).row();
        for (Column column : json.contracts().get(0).columns()) {
          assertEquals(value(json, column, ofJson), value(json, column, ofAvro), column.name());
        }
      }
    }
  }

  private static Object value(XapiStatementParser parser, Column column, Row row) {
    Object value = Fixtures.plain(parser.contracts().get(0), column.name(), row);
    return value instanceof String text && text.startsWith("{") ? JsonModels.read(text) : value;
  }

  @Test
  void messagesWithoutBytesAreSkipped() {
    assertEquals(Verdict.SKIPPED, parse(null).verdict());
    assertEquals(Verdict.SKIPPED, parse(new byte[0]).verdict());
  }

  @Test
  void whatIsNotInTheWireFormatFails() {
    failsWith(FailureCode.NOT_AVRO, "{\"events\":[]}".getBytes(StandardCharsets.UTF_8));
    failsWith(FailureCode.NOT_AVRO, new byte[] {0, 0, 0, 0});
    failsWith(FailureCode.UNKNOWN_SCHEMA, new byte[] {0, 0, 0, 9, 9, 0});
  }

  @Test
  void aSchemaThatIsNoRecordOfTheApiIsUnknown() {
    SCHEMAS.put(7001, "\"string\"");
    SCHEMAS.put(7002, "{\"type\":\"object\"}");
    SCHEMAS.put(
        7003,
        "{\"type\":\"record\",\"name\":\"nudged_v9\",\"namespace\":\"org.openstax.ec\",\"fields\":[]}");
    for (int id : new int[] {7001, 7002, 7003, 7004, 7005}) {
      failsWith(FailureCode.UNKNOWN_SCHEMA, new byte[] {0, 0, 0, (byte) (id >> 8), (byte) id, 0});
    }
  }

  /** Whatever is cut off, one failed record with a code comes out. */
  @Test
  void aMessageThatEndsEarlyIsTruncated() throws IOException {
    for (Fixtures.Case fixture : fixtures()) {
      if (fixture.verdict().equals("pass")) {
        byte[] message = message(fixture);
        for (int length = 5; length < message.length; length++) {
          failsWith(FailureCode.TRUNCATED_AVRO, Arrays.copyOf(message, length));
        }
        failsWith(FailureCode.TRAILING_BYTES, Arrays.copyOf(message, message.length + 1));
      }
    }
  }

  @Test
  void brokenBytesFailWithoutQuotingThem() throws IOException {
    Random random = new Random(20240205);
    for (Fixtures.Case fixture : fixtures()) {
      byte[] message = message(fixture);
      for (int i = 0; i < 300; i++) {
        byte[] broken = message.clone();
        for (int j = random.nextInt(4); j >= 0; j--) {
          broken[5 + random.nextInt(broken.length - 5)] = (byte) random.nextInt(256);
        }
        Outcomes.Outcome outcome = parse(broken);
        if (outcome.row() == null) {
          assertFalse(outcome.verdict().message().contains("lyceum"), outcome.verdict().message());
        }
      }
    }
  }

  private void failsWith(FailureCode code, byte[] message) {
    Outcomes.Outcome outcome = parse(message);
    assertEquals(code, outcome.verdict().code(), () -> String.valueOf(outcome.verdict()));
    assertEquals(message.length, outcome.payload().length());
  }

  private Outcomes.Outcome parse(byte[] message) {
    List<Outcomes.Outcome> outcomes = Outcomes.of(parser, message, Map.of());
    assertEquals(1, outcomes.size());
    assertEquals(-1, outcomes.get(0).index());
    return outcomes.get(0);
  }

  private static byte[] message(Fixtures.Case fixture) throws IOException {
    AvroFixture avro = AvroFixture.of(fixture);
    String text = avro.schema().toString();
    int id = text.hashCode() & 0xFFFFFF;
    SCHEMAS.put(id, text);
    return avro.message(id);
  }
}
