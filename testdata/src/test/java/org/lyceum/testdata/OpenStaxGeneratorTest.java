package org.lyceum.testdata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStaxGeneratorTest {
  private static final OpenStaxOptions DIRTY = OpenStaxOptions.dirty(6, 100);

  @TempDir Path folder;

  @Test
  void sameOptionsGiveTheSameBytes() throws IOException {
    OpenStaxOptions options = OpenStaxOptions.dirty(2, 20);
    OpenStaxGenerator.generate(options, folder.resolve("a"));
    OpenStaxGenerator.generate(options, folder.resolve("b"));
    List<Path> files = files(folder.resolve("a"));
    assertTrue(files.size() > 40);
    for (Path file : files) {
      Path twin = folder.resolve("b").resolve(folder.resolve("a").relativize(file));
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(twin), file.toString());
    }
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void theTruthIsWhatItsEventsSay() throws IOException {
    OpenStaxTruth truth = OpenStaxGenerator.generate(DIRTY, folder);
    assertEquals(truth, OpenStaxTruth.read(folder));
    assertEquals(truth.files() + 1, files(folder).size());

    Map<String, Integer> copies = new HashMap<>();
    Map<String, Long> byType = new TreeMap<>();
    OpenStaxGenerator.forEachEvent(
        DIRTY,
        event -> {
          if (copies.merge(event.key(), 1, Integer::sum) == 1) {
            byType.merge(event.type().event(), 1L, Long::sum);
          }
        });
    assertEquals(truth.events(), copies.size());
    assertEquals(truth.eventsByType(), byType);
    assertEquals(7, byType.size());
    assertEquals(truth.hiddenCopies(), copies.values().stream().mapToLong(each -> each - 1L).sum());
    assertEquals(truth.parsed(), truth.events() + truth.hiddenCopies());
    assertEquals(truth.rows(), truth.parsed() + truth.failed().get("no_key"));
    assertEquals(truth.rows(), truth.days().stream().mapToLong(OpenStaxTruth.Day::rows).sum());
    assertEquals(truth.files(), truth.days().stream().mapToLong(OpenStaxTruth.Day::files).sum());
    assertTrue(truth.conflicts() > 0 && truth.lateEvents() > 0 && truth.emptyFiles() > 0);
  }

  @Test
  void aConflictIsACopyWithOtherContent() {
    OpenStaxDays days = new OpenStaxDays(DIRTY);
    for (OpenStaxFile file = days.next(); file != null; file = days.next()) {
      assertTrue(file.path().endsWith(".parquet"));
    }
    OpenStaxTruth truth = days.truth(0);
    Map<String, Set<Object>> contents = new HashMap<>();
    OpenStaxGenerator.forEachEvent(
        DIRTY,
        event -> {
          Map<String, Object> timeless = new HashMap<>(event.fields());
          timeless.remove("occurred_at");
          contents.computeIfAbsent(event.key(), any -> new HashSet<>()).add(timeless);
        });
    assertEquals(
        truth.conflicts(), contents.values().stream().mapToLong(each -> each.size() - 1L).sum());
  }

  @Test
  void aCleanDayHasWholeSessionsAndNothingElse() throws IOException {
    OpenStaxOptions options = OpenStaxOptions.clean(1, 40);
    OpenStaxTruth truth = OpenStaxGenerator.generate(options, folder);
    assertEquals(1600, truth.events());
    assertEquals(truth.rows(), truth.events());
    assertEquals(40, truth.files());
    Map<Object, Long> perSession =
        OpenStaxGenerator.events(options).stream()
            .filter(event -> event.type() != OpenStaxType.XAPI_STATEMENT)
            .collect(
                Collectors.groupingBy(
                    event -> event.fields().get("session_uuid"), Collectors.counting()));
    assertEquals(80, perSession.size());
    assertEquals(Set.of(19L), new HashSet<>(perSession.values()));
  }

  @Test
  void avroHoldsTheEventInTheRegistrysFormat() throws IOException {
    for (OpenStaxEvent event : OpenStaxGenerator.events(OpenStaxOptions.clean(1, 20))) {
      byte[] message = OpenStaxMessages.avro(event, 258);
      assertArrayEquals(new byte[] {0, 0, 0, 1, 2}, Arrays.copyOf(message, 5));
      GenericRecord record = decode(message, event.type().schema());
      for (Map.Entry<String, Object> field : event.fields().entrySet()) {
        Object read = record.get(field.getKey());
        assertEquals(field.getValue() == null, read == null, field.getKey());
        if (field.getValue() instanceof String text) {
          assertEquals(text, read.toString());
        }
      }
    }
  }

  @Test
  void oldSchemasTakeTheEventsOfTheirTypes() throws IOException {
    List<OpenStaxEvent> events = OpenStaxGenerator.events(OpenStaxOptions.clean(1, 20));
    for (Schema schema : OpenStaxType.oldSchemas()) {
      OpenStaxEvent event =
          events.stream().filter(each -> isFor(schema, each.type())).findFirst().orElseThrow();
      GenericRecord record = decode(OpenStaxMessages.avro(event, schema, 7), schema);
      assertEquals(schema, record.getSchema());
    }
  }

  private static boolean isFor(Schema schema, OpenStaxType type) {
    return schema.getField("state_type") == null
        ? type.schema().getName().equals(schema.getName())
        : type == OpenStaxType.CHANGED_STATE;
  }

  private static GenericRecord decode(byte[] message, Schema schema) throws IOException {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, null);
    GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    assertTrue(decoder.isEnd());
    return record;
  }

  /** The server's correction: when it happened by the client, moved by how wrong its clock is. */
  @Test
  void requestsCorrectToTheEventsTime() throws IOException {
    List<OpenStaxEvent> events =
        OpenStaxGenerator.events(OpenStaxOptions.clean(1, 20)).stream()
            .filter(event -> event.type() == OpenStaxType.NUDGED)
            .limit(3)
            .toList();
    OpenStaxMessages.Request request = OpenStaxMessages.request(events);
    JsonNode elements = new ObjectMapper().readTree(request.body()).get("events");
    assertEquals(3, elements.size());
    for (int i = 0; i < 3; i++) {
      JsonNode data = elements.get(i).get("data");
      long occurred = millis(data, "client_clock_occurred_at");
      long sent = millis(data, "client_clock_sent_at");
      assertEquals(events.get(i).fields().get("occurred_at"), occurred + request.received() - sent);
      assertEquals("org.openstax.ec.nudged_v1", data.get("type").textValue());
      assertTrue(data.get("source_uri").textValue().startsWith("https://books.lyceum.example/"));
    }
  }

  private static long millis(JsonNode data, String field) {
    return Instant.parse(data.get(field).textValue()).toEpochMilli();
  }
}
