package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.transforms.parse.JsonModels;
import org.lyceum.transforms.parse.MessageParser;
import org.lyceum.transforms.parse.Verdict;

class OpenStaxRequestParserTest {
  private static final String SESSION = "5e550000-0000-4000-8000-000000000001";
  private static final List<String> NAMES =
      List.of(
          "target_id",
          "target_attributes",
          "context_attributes",
          "source_metadata",
          "content_index",
          "session_order",
          "client_clock_sent_at",
          "source_uri",
          "user_uuid",
          "occurred_at",
          "app",
          "query");
  private final OpenStaxRequestParser parser = new OpenStaxRequestParser();

  static List<Fixtures.Case> fixtures() throws IOException {
    return Fixtures.in("request");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void provesWhatItsNameSays(Fixtures.Case fixture) throws IOException {
    List<Outcomes.Outcome> outcomes = Outcomes.of(parser, fixture.bytes(), headers(fixture));
    expects(fixture, parser, outcomes);
  }

  static void expects(Fixtures.Case fixture, MessageParser parser, List<Outcomes.Outcome> outcomes)
      throws IOException {
    if (!fixture.verdict().equals("pass")) {
      assertEquals(1, outcomes.size());
      assertEquals(MessageParser.WHOLE, outcomes.get(0).index());
      Verdict verdict = outcomes.get(0).verdict();
      if (fixture.verdict().equals("skip")) {
        assertEquals(Verdict.SKIPPED, verdict);
      } else {
        assertEquals(fixture.code(), verdict.code().code());
        assertEquals(fixture.bytes().length, outcomes.get(0).payload().length());
      }
      return;
    }
    List<?> expected = (List<?>) fixture.expected();
    assertEquals(expected.size(), outcomes.size());
    for (int i = 0; i < expected.size(); i++) {
      Outcomes.Outcome outcome = outcomes.get(i);
      assertEquals(outcomes.size() == 1 ? outcome.index() : i, outcome.index());
      Map<?, ?> wanted = (Map<?, ?>) expected.get(i);
      if (wanted.containsKey("failed")) {
        assertEquals(wanted.get("failed"), outcome.verdict().code().code(), "element " + i);
        assertTrue(outcome.verdict().message().endsWith("."));
      } else {
        assertEquals(Verdict.PARSED, outcome.verdict(), "element " + i);
        Fixtures.assertColumns(wanted.get("columns"), parser.contracts().get(0), outcome.row());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyElementCanBeRebuilt(Fixtures.Case fixture) throws IOException {
    if (fixture.verdict().equals("pass")) {
      List<?> elements = (List<?>) ((Map<?, ?>) fixture.json()).get("events");
      List<Outcomes.Outcome> outcomes = Outcomes.of(parser, fixture.bytes(), headers(fixture));
      for (Outcomes.Outcome outcome : outcomes) {
        Object element = elements.get(outcome.index());
        assertEquals(
            element,
            outcome.row() == null
                ? JsonModels.read(
                    new String(
                        outcome.payload().getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8))
                : OriginalEvent.element(parser.contracts().get(0), outcome.row()));
      }
    }
  }

  @Property(seed = "21", tries = 3000)
  void anyElementCanBeRebuilt(
      @ForAll("elements") Map<String, Object> element, @ForAll long spelling) {
    List<Outcomes.Outcome> outcomes = parse(List.of(element), spelling);
    if (outcomes.get(0).row() != null) {
      assertEquals(
          element, OriginalEvent.element(parser.contracts().get(0), outcomes.get(0).row()));
    }
  }

  /** Most elements are rows: the property above would prove nothing otherwise. */
  @Test
  void mostElementsAreRows() {
    Random random = new Random(22);
    int rows = 0;
    for (int i = 0; i < 500; i++) {
      rows += parse(List.of(element(random)), i).get(0).row() == null ? 0 : 1;
    }
    assertTrue(rows > 250, rows + " rows");
  }

  @Property(seed = "23")
  void messagesNeverQuoteTheBody(@ForAll("elements") Map<String, Object> element, @ForAll int cut) {
    Map<String, Object> marked = new HashMap<>(element);
    marked.put("Zq9", "Zq9");
    StringBuilder json =
        new StringBuilder(JsonModels.spell(Map.of("events", List.of(marked)), new Random(cut)));
    json.insert(Math.floorMod(cut, json.length()), "Zq9");
    Outcomes.of(parser, json.toString().getBytes(StandardCharsets.UTF_8), Map.of())
        .forEach(
            outcome -> assertFalse(String.valueOf(outcome.verdict().message()).contains("Zq9")));
  }

  @Test
  void aBodyOf20MegabytesIsRead() {
    String event =
        JsonModels.spell(element(new Random(3)), new Random(4))
            .replaceFirst("\\{", "{\"pad\":\"" + "x".repeat(1000) + "\",");
    StringBuilder body = new StringBuilder("{\"events\":[").append(event);
    int count = 1;
    while (body.length() < 20_000_000) {
      body.append(',').append(event);
      count++;
    }
    int[] heard = {0};
    parser.parse(
        new org.lyceum.transforms.parse.Message(
            "default",
            "topic",
            0,
            7,
            Fixtures.RECEIVED,
            Map.of(),
            body.append("]}").toString().getBytes(StandardCharsets.UTF_8)),
        new MessageParser.Verdicts() {
          @Override
          public void parsed(
              int index, org.lyceum.catalog.Contract contract, org.lyceum.catalog.Row row) {
            assertEquals(heard[0]++, index);
          }

          @Override
          public void skipped(int index) {
            throw new AssertionError("skipped");
          }

          @Override
          public void failed(int index, Verdict verdict, byte[] buffer, int offset, int length) {
            assertEquals(heard[0]++, index);
          }
        });
    assertEquals(count, heard[0]);
  }

  @Test
  void aHeaderThatIsNotUtf8FailsItsEvents() throws IOException {
    byte[] body = Files.readAllBytes(Path.of("../testdata/openstax/request/two_events.pass.json"));
    List<Outcomes.Outcome> outcomes =
        Outcomes.of(parser, body, Map.of("user_agent", new byte[] {(byte) 0xE9}));
    assertEquals("not_utf8", outcomes.get(0).verdict().code().code());
    assertEquals(Verdict.PARSED, outcomes.get(1).verdict());
  }

  private List<Outcomes.Outcome> parse(List<?> events, long spelling) {
    String json = JsonModels.spell(Map.of("events", events), new Random(spelling));
    return Outcomes.of(parser, json.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  @Provide
  Arbitrary<Map<String, Object>> elements() {
    return Arbitraries.randomValue(OpenStaxRequestParserTest::element);
  }

  /** Documented names and others, with values of every kind. */
  private static Map<String, Object> element(Random random) {
    Map<String, Object> data = new HashMap<>();
    data.put("type", "org.openstax.ec.interacted_element_v1");
    data.put("session_uuid", SESSION);
    data.put("session_order", JsonModels.read(String.valueOf(random.nextInt(100))));
    for (int i = random.nextInt(8); i > 0; i--) {
      boolean isNamed = random.nextInt(4) > 0;
      String name = isNamed ? NAMES.get(random.nextInt(NAMES.size())) : JsonModels.text(random);
      boolean isKey = name.equals("session_order") || name.startsWith("client_clock");
      if (!isKey || random.nextInt(4) == 0) {
        data.put(
            name, name.equals("source_metadata") ? metadata(random) : JsonModels.value(random, 2));
      }
    }
    Map<String, Object> element = new HashMap<>();
    element.put("data", data);
    if (random.nextInt(3) == 0) {
      element.put(JsonModels.text(random), JsonModels.value(random, 2));
    }
    return element;
  }

  private static Object metadata(Random random) {
    Map<String, Object> metadata = new HashMap<>();
    for (String name : List.of("content_id", "content_index", "scope_id", "x")) {
      if (random.nextBoolean()) {
        metadata.put(
            name,
            switch (random.nextInt(4)) {
              case 0 -> SESSION.toUpperCase(java.util.Locale.ROOT);
              case 1 -> JsonModels.read(String.valueOf(random.nextInt(9)));
              case 2 -> "07";
              default -> JsonModels.value(random, 1);
            });
      }
    }
    return metadata;
  }

  private static Map<String, byte[]> headers(Fixtures.Case fixture) throws IOException {
    Map<String, byte[]> headers = new HashMap<>();
    Path file = fixture.file().resolveSibling(fixture.name() + ".headers.json");
    if (Files.exists(file)) {
      ((Map<?, ?>) JsonModels.read(Files.readString(file)))
          .forEach(
              (name, value) ->
                  headers.put((String) name, ((String) value).getBytes(StandardCharsets.UTF_8)));
    }
    return headers;
  }
}
