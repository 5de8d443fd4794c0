package org.lyceum.transforms.edx;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.JsonModels;
import org.lyceum.transforms.parse.Verdict;

class EdxTrackingLogParserTest {
  private static final Path FIXTURES = Path.of("../testdata/edx/tracking_log");
  private static final Pattern FIXTURE =
      Pattern.compile("(\\w+)\\.(pass|fail|skip)(\\.(\\w+))?\\.log");
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final String TIME = "2024-02-05T09:06:05.756647+00:00";

  /** What a caller fills; the parser must leave it alone. */
  private static final Set<String> NOT_OURS = Set.of("feed", "delivery", "position", "run_id");

  private static final List<String> NAMES =
      List.of(
          "agent",
          "context",
          "data",
          "event",
          "event",
          "event_source",
          "event_type",
          "name",
          "page",
          "receivedAt",
          "timestamp",
          "userId",
          "username");

  private final EdxTrackingLogParser parser = new EdxTrackingLogParser();
  private final Row row = Row.of(parser.contract());

  static List<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(FIXTURES)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void provesWhatItsNameSays(Path fixture) throws IOException {
    Matcher name = FIXTURE.matcher(fixture.getFileName().toString());
    assertTrue(name.matches());
    Verdict verdict = parse(line(fixture));
    switch (name.group(2)) {
      case "skip" -> assertEquals(Verdict.SKIPPED, verdict);
      case "fail" -> {
        assertEquals(Verdict.Kind.FAILED, verdict.kind());
        assertEquals(name.group(4), verdict.code().code());
        assertTrue(verdict.message().endsWith("."));
      }
      default -> {
        assertEquals(Verdict.PARSED, verdict, () -> verdict.message());
        hasExpectedColumns(fixture.resolveSibling(name.group(1) + ".expected.json"));
      }
    }
  }

  private void hasExpectedColumns(Path file) throws IOException {
    Map<?, ?> expected = (Map<?, ?>) JsonModels.read(Files.readString(file));
    expected.forEach(
        (column, value) -> {
          Object actual = row.get(parser.contract().ordinal((String) column));
          if (column.equals("extra")) {
            assertEquals(value, actual == null ? null : JsonModels.read(actual.toString()));
          } else if (value instanceof Number) {
            assertEquals(value, JsonModels.read(String.valueOf(actual)), column + "");
          } else {
            assertEquals(String.valueOf(value), String.valueOf(actual), () -> "column " + column);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theOriginalCanBeRebuilt(Path fixture) throws IOException {
    byte[] line = line(fixture);
    if (parse(line).kind() == Verdict.Kind.PARSED) {
      String text = new String(line, StandardCharsets.UTF_8);
      assertEquals(
          JsonModels.read(text.substring(text.indexOf('{')).strip()),
          OriginalRecord.of(parser.contract(), row));
    }
  }

  @Property(seed = "11", tries = 4000)
  void theOriginalOfAnyEnvelopeCanBeRebuilt(
      @ForAll("envelopes") Map<String, Object> envelope, @ForAll long spelling) {
    String json = JsonModels.spell(envelope, new Random(spelling));
    assertEquals(Verdict.PARSED, parse(json.getBytes(StandardCharsets.UTF_8)), json);
    assertEquals(envelope, OriginalRecord.of(parser.contract(), row), json);
  }

  @Property(seed = "12")
  void equalRecordsHaveEqualKeysAndOthersHaveOthers(
      @ForAll("envelopes") Map<String, Object> one,
      @ForAll("envelopes") Map<String, Object> other,
      @ForAll long spelling) {
    Object first = key(one, spelling);
    assertEquals(first, key(one, spelling + 1));
    if (!one.equals(other)) {
      assertNotEquals(first, key(other, spelling));
    }
  }

  @Property(seed = "13")
  void columnsOfJsonHoldJson(
      @ForAll("envelopes") Map<String, Object> envelope, @ForAll long spelling) {
    parse(JsonModels.spell(envelope, new Random(spelling)).getBytes(StandardCharsets.UTF_8));
    for (String column : List.of("context", "event", "extra")) {
      Object json = row.get(parser.contract().ordinal(column));
      if (json != null) {
        assertDoesNotThrow(() -> STRICT.readTree(json.toString()), column);
      }
    }
  }

  @Property(seed = "14", tries = 3000)
  void messagesNeverQuoteTheLine(
      @ForAll("envelopes") Map<String, Object> envelope, @ForAll long spelling, @ForAll int cut) {
    Random random = new Random(spelling);
    Map<String, Object> marked = new HashMap<>();
    envelope.forEach(
        (name, value) -> marked.put(name + (random.nextBoolean() ? "Zq9" : ""), value));
    marked.put("time", "Zq9");
    marked.put("username", "Zq9");
    StringBuilder json = new StringBuilder(JsonModels.spell(marked, random));
    json.insert(Math.floorMod(cut, json.length()), random.nextBoolean() ? "Zq9" : "\"}Zq9");
    if (random.nextBoolean()) {
      json.setLength(Math.floorMod(cut * 31, json.length()) + 1);
    }
    Verdict verdict = parse(json.toString().getBytes(StandardCharsets.UTF_8));
    if (verdict.kind() == Verdict.Kind.FAILED) {
      assertFalse(verdict.message().contains("Zq9"), verdict.message());
    }
  }

  /** Documented names and others with values of every kind, as each of the three envelopes. */
  @Provide
  Arbitrary<Map<String, Object>> envelopes() {
    return Arbitraries.randomValue(
        random -> {
          Map<String, Object> envelope = new HashMap<>();
          for (int i = random.nextInt(8); i > 0; i--) {
            boolean isNamed = random.nextInt(4) > 0;
            envelope.put(
                isNamed ? NAMES.get(random.nextInt(NAMES.size())) : JsonModels.text(random),
                fieldValue(random));
          }
          if (random.nextInt(4) == 0) {
            envelope.put("properties", propertiesOf(random));
          }
          envelope.put("time", TIME);
          return envelope;
        });
  }

  /** A value, or the text of one as edX encodes it twice. */
  private static Object fieldValue(Random random) {
    Object value = JsonModels.value(random, 2);
    return random.nextInt(3) == 0 ? JsonModels.spell(value, random) : value;
  }

  private static Map<String, Object> propertiesOf(Random random) {
    Map<String, Object> properties = new HashMap<>();
    for (String name : List.of("name", "data", "context", JsonModels.text(random))) {
      if (random.nextBoolean()) {
        properties.put(name, fieldValue(random));
      }
    }
    return properties;
  }

  @Test
  void rowsDoNotChangeWithoutTheVersion() throws IOException {
    Path golden = FIXTURES.resolve("rows.txt");
    List<String> expected = Files.exists(golden) ? Files.readAllLines(golden) : List.of();
    List<String> actual = new ArrayList<>();
    actual.add("version " + parser.version());
    for (Path fixture : fixtures()) {
      actual.add(digest(parse(line(fixture))) + "  " + fixture.getFileName());
    }
    if (!expected.equals(actual)) {
      Path fresh = Files.createDirectories(Path.of("target")).resolve("rows.txt");
      Files.write(fresh, actual);
      assertEquals(
          String.join("\n", expected),
          String.join("\n", actual),
          "A line that changed needs a new version(), a line that is new does not. Then copy "
              + fresh.toAbsolutePath()
              + " over "
              + golden);
    }
  }

  private String digest(Verdict verdict) {
    StringBuilder text = new StringBuilder(verdict.kind() + " " + verdict.code());
    for (Column column : parser.contract().columns()) {
      Object value = row.get(parser.contract().ordinal(column.name()));
      if (verdict.kind() == Verdict.Kind.PARSED && !NOT_OURS.contains(column.name())) {
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

  @ParameterizedTest
  @MethodSource("fixtures")
  void aLineIsReadWhereverItStands(Path fixture) throws IOException {
    byte[] line = line(fixture);
    String alone = digest(parse(line));
    byte[] among = new byte[line.length + 20];
    Arrays.fill(among, (byte) '"');
    System.arraycopy(line, 0, among, 7, line.length);
    assertEquals(alone, digest(parser.parse(among, 7, line.length, row)));
  }

  @Test
  void nothingStaysFromOneRowToTheNext() throws IOException {
    Map<Path, String> once = new TreeMap<>();
    for (Path fixture : fixtures()) {
      once.put(fixture, digest(parse(line(fixture))));
    }
    List<Path> shuffled = new ArrayList<>(fixtures());
    Collections.shuffle(shuffled, new Random(15));
    for (Path fixture : shuffled) {
      assertEquals(once.get(fixture), digest(parse(line(fixture))), fixture.toString());
    }
  }

  @Test
  void everyRequiredColumnIsSetAndTheCallersAreLeftAlone() throws IOException {
    NOT_OURS.forEach(column -> row.set(parser.contract().ordinal(column), "the caller's"));
    for (Path fixture : fixtures()) {
      if (parse(line(fixture)).kind() == Verdict.Kind.PARSED) {
        for (Column column : parser.contract().columns()) {
          Object value = row.get(parser.contract().ordinal(column.name()));
          if (NOT_OURS.contains(column.name())) {
            assertEquals("the caller's", value);
          } else if (column.required()) {
            assertNotNull(value, column.name());
          }
        }
      }
    }
  }

  /** The contract says where each column comes from; a value there, and only there, fills it. */
  @Test
  void columnsComeFromWhereTheContractSays() {
    int checked = 0;
    for (Column column : parser.contract().columns()) {
      String source = column.source();
      boolean isSegment = false;
      for (String word : source.split("[ ,:;()]+", -1)) {
        isSegment |= word.equals("segment");
        if (!word.startsWith("/")
            || word.equals("/context")
            || word.equals("/event")
            || word.equals("/data")
            || word.equals("/properties/data")) {
          continue;
        }
        Verdict verdict = parse(lineWith(word, column, isSegment).getBytes(StandardCharsets.UTF_8));
        assertEquals(Verdict.PARSED, verdict);
        assertNotNull(
            row.get(parser.contract().ordinal(column.name())), column.name() + " from " + word);
        checked++;
      }
    }
    assertTrue(checked > 60);
  }

  private static String lineWith(String pointer, Column column, boolean isSegment) {
    String value =
        switch (column.type()) {
          case "long", "double" -> "7";
          case "timestamptz" -> "\"" + TIME + "\"";
          default ->
              column.name().equals("course_id")
                  ? "\""
                      + (pointer.endsWith("course_id") ? "" : "/courses/")
                      + "LyceumX/GEO1/2013_Spring\""
                  : pointer.equals("/time") ? "\"" + TIME + "\"" : "\"text\"";
        };
    String json = value;
    String[] names = pointer.substring(1).split("/", -1);
    for (int i = names.length - 1; i > 0; i--) {
      json = "{\"" + names[i] + "\":" + json + "}";
    }
    String rest =
        isSegment && !names[0].equals("properties") ? ",\"properties\":{\"name\":\"n\"}" : "";
    boolean isTime = column.type().equals("timestamptz") || names[0].equals("time");
    return "{\""
        + names[0]
        + "\":"
        + json
        + rest
        + (isTime ? "" : ",\"time\":\"" + TIME + "\"")
        + "}";
  }

  @Test
  void messagesNameTheFieldWhereReadingEnded() {
    assertEquals(
        Verdict.failed(
            FailureCode.TRUNCATED_JSON,
            "The JSON ends before it is closed, in or after the field agent."),
        parse("{\"time\":\"x\",\"agent\":\"Moz".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        Verdict.failed(
            FailureCode.INVALID_JSON,
            "The JSON breaks the grammar, in or after a field without a column."),
        parse("{\"ada@lyceum.example\":{]}".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        Verdict.failed(
            FailureCode.BAD_TIME, "No time can be read from the field time or timestamp."),
        parse("{\"time\":\"x\",\"timestamp\":7}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFailedVerdictNamesNoTime() {
    assertNull(parse("{\"a\":".getBytes(StandardCharsets.UTF_8)).occurredAt());
  }

  private Object key(Map<String, Object> envelope, long spelling) {
    parse(JsonModels.spell(envelope, new Random(spelling)).getBytes(StandardCharsets.UTF_8));
    return row.get(parser.contract().ordinal("event_id"));
  }

  private Verdict parse(byte[] line) {
    return parser.parse(line, 0, line.length, row);
  }

  private static byte[] line(Path fixture) throws IOException {
    byte[] file = Files.readAllBytes(fixture);
    return Arrays.copyOf(file, file.length - 1);
  }
}
