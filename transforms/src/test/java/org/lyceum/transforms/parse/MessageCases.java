package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;

/**
 * The fixtures of a parser of messages: {@code <case>.<pass|fail|skip>[.<code>].json} is a message,
 * {@code <case>.expected.json} has the columns of its row, or a list of them for an array.
 */
public final class MessageCases {
  /** The broker's timestamp of every message here. */
  public static final String TIMESTAMP = "2024-02-05T12:00:00Z";

  /** What a caller fills; a parser must leave it alone. */
  private static final Set<String> NOT_OURS = Set.of("feed", "delivery", "position", "run_id");

  private static final Pattern CASE =
      Pattern.compile("(\\w+)\\.(pass|fail|skip)(\\.(\\w+))?\\.json");

  private final MessageParser parser;
  private final Path folder;
  private final BinaryOperator<Object> rebuilt;

  /**
   * What a parser told about one record.
   *
   * @param columns of a parsed record by name; null otherwise
   * @param bytes of a failed record; null otherwise
   */
  public record Told(int index, Verdict verdict, Map<String, Object> columns, String bytes) {
    /** The text of a column's value. */
    public String text(String column) {
      assertTrue(columns.containsKey(column), column);
      return String.valueOf(columns.get(column));
    }
  }

  /** The cases in {@code testdata/<folder>} for this parser. */
  public MessageCases(MessageParser parser, String folder) {
    this(
        parser,
        folder,
        (columns, original) -> RebuiltRecord.of(parser.contracts().get(0), columns(columns)));
  }

  /**
   * The same for a parser whose records take more to rebuild.
   *
   * @param rebuilt columns by name and the original in, what the columns say the original was out
   */
  public MessageCases(MessageParser parser, String folder, BinaryOperator<Object> rebuilt) {
    this.parser = parser;
    this.folder = Path.of("../testdata").resolve(folder);
    this.rebuilt = rebuilt;
  }

  /** Columns by name, as {@link Told} has them. */
  @SuppressWarnings("unchecked") // made here
  public static Map<String, Object> columns(Object columns) {
    return (Map<String, Object>) columns;
  }

  public static List<Path> files(String folder) {
    try (Stream<Path> files = Files.list(Path.of("../testdata").resolve(folder))) {
      return files
          .filter(file -> CASE.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message of a topic, as the broker gives it. */
  public static Message message(byte[] value) {
    long micros = Instant.parse(TIMESTAMP).toEpochMilli() * 1000;
    return new Message("default", "events", 3, 41, micros, Map.of(), value);
  }

  public static Message message(String value) {
    return message(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Everything that a parser tells about a message. */
  public List<Told> tell(Message message) {
    List<Told> told = new ArrayList<>();
    parser.parse(
        message,
        new MessageParser.Verdicts() {
          @Override
          public void parsed(int index, Contract contract, Row row) {
            Map<String, Object> columns = new LinkedHashMap<>();
            for (Column column : contract.columns()) {
              Object value = row.get(contract.ordinal(column.name()));
              columns.put(column.name(), value);
              assertEquals(
                  column.required() && !NOT_OURS.contains(column.name()) && value == null,
                  false,
                  column.name());
            }
            told.add(new Told(index, Verdict.PARSED, columns, null));
          }

          @Override
          public void skipped(int index) {
            told.add(new Told(index, Verdict.SKIPPED, null, null));
          }

          @Override
          public void failed(int index, Verdict verdict, byte[] buffer, int offset, int length) {
            told.add(
                new Told(
                    index,
                    verdict,
                    null,
                    new String(buffer, offset, length, StandardCharsets.ISO_8859_1)));
          }
        });
    return told;
  }

  /** The one record of a message. */
  public Told one(String value) {
    List<Told> told = tell(message(value));
    assertEquals(1, told.size());
    return told.get(0);
  }

  /** Asserts verdict, code and the columns that the case is about. */
  public void provesWhatItsNameSays(Path file) throws IOException {
    Matcher name = CASE.matcher(file.getFileName().toString());
    assertTrue(name.matches());
    byte[] value = Files.readAllBytes(file);
    List<Told> told = tell(message(value));
    switch (name.group(2)) {
      case "skip" -> assertEquals(List.of(wholeSkipped()), told);
      case "fail" -> {
        assertEquals(1, told.size());
        assertEquals(MessageParser.WHOLE, told.get(0).index());
        assertNotNull(told.get(0).verdict().code(), "it did not fail");
        assertEquals(name.group(4), told.get(0).verdict().code().code());
        assertTrue(told.get(0).verdict().message().endsWith("."));
        assertEquals(new String(value, StandardCharsets.ISO_8859_1), told.get(0).bytes());
      }
      default -> hasExpectedColumns(told, file.resolveSibling(name.group(1) + ".expected.json"));
    }
  }

  private static Told wholeSkipped() {
    return new Told(MessageParser.WHOLE, Verdict.SKIPPED, null, null);
  }

  private void hasExpectedColumns(List<Told> told, Path file) throws IOException {
    Object expected = JsonModels.read(Files.readString(file));
    boolean isArray = expected instanceof List;
    List<?> rows = isArray ? (List<?>) expected : List.of(expected);
    assertEquals(rows.size(), told.size());
    for (int i = 0; i < rows.size(); i++) {
      Told one = told.get(i);
      assertEquals(Verdict.PARSED, one.verdict(), () -> one.verdict().message());
      assertEquals(isArray ? i : MessageParser.WHOLE, one.index());
      ((Map<?, ?>) rows.get(i))
          .forEach((column, value) -> assertColumn((String) column, value, one));
    }
  }

  private void assertColumn(String column, Object expected, Told told) {
    Object actual = told.columns().get(column);
    if (isTime(column) && actual != null) {
      assertEquals(expected, EventTime.text((Long) actual), column);
    } else if (column.equals("extra")) {
      assertEquals(expected, actual == null ? null : JsonModels.read(actual.toString()));
    } else if (actual instanceof Number) {
      assertEquals(expected, JsonModels.read(actual.toString()), column);
    } else {
      assertEquals(String.valueOf(expected), told.text(column), column);
    }
  }

  private boolean isTime(String name) {
    return parser.contracts().stream()
        .flatMap(contract -> contract.columns().stream())
        .anyMatch(column -> column.name().equals(name) && column.type().equals("timestamptz"));
  }

  /** Asserts law 6 for every row of a case. */
  public void canBeRebuilt(Path file) throws IOException {
    byte[] value = Files.readAllBytes(file);
    for (Told one : tell(message(value))) {
      if (one.columns() != null) {
        String text = new String(value, StandardCharsets.UTF_8).replace("\ufeff", "").strip();
        Object original = JsonModels.read(text);
        Object record = original instanceof List<?> elements ? elements.get(one.index()) : original;
        assertEquals(record, rebuilt.apply(one.columns(), record));
      }
    }
  }

  /** Asserts that what the parser tells of the cases is written down beside its version. */
  public void rowsDoNotChangeWithoutTheVersion() throws IOException {
    Path golden = folder.resolve("rows.txt");
    List<String> expected = Files.exists(golden) ? Files.readAllLines(golden) : List.of();
    List<String> actual = new ArrayList<>();
    actual.add("version " + parser.version());
    for (Path file : files(Path.of("../testdata").relativize(folder).toString())) {
      actual.add(digest(file) + "  " + file.getFileName());
    }
    if (!expected.equals(actual)) {
      Path fresh =
          Files.createDirectories(Path.of("target")).resolve(folder.getFileName() + ".txt");
      Files.write(fresh, actual);
      assertEquals(
          String.join("\n", expected),
          String.join("\n", actual),
          "A case that changed needs a new version(), a case that is new does not. Then copy "
              + fresh.toAbsolutePath()
              + " over "
              + golden);
    }
  }

  /** Asserts that no record leaves a trace in the next. */
  public void nothingStaysFromOneMessageToTheNext() throws IOException {
    List<Path> files = new ArrayList<>(files(Path.of("../testdata").relativize(folder).toString()));
    Map<Path, String> once = new TreeMap<>();
    for (Path file : files) {
      once.put(file, digest(file));
    }
    Collections.shuffle(files, new Random(15));
    for (Path file : files) {
      assertEquals(once.get(file), digest(file), file.toString());
    }
  }

  private String digest(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Told one : tell(message(Files.readAllBytes(file)))) {
      text.append(one.index()).append(one.verdict().kind()).append(one.verdict().code());
      if (one.columns() != null) {
        one.columns()
            .forEach(
                (column, value) ->
                    text.append('\n')
                        .append(NOT_OURS.contains(column) ? "" : column + "=" + value));
      }
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
