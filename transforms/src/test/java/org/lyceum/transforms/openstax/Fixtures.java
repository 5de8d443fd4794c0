package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.JsonModels;

/** Fixture files by case, and rows compared with what they expect. */
final class Fixtures {
  static final Path ROOT = Path.of("../testdata/openstax");

  /** When all messages of the fixtures were received. */
  static final long RECEIVED = micros("2024-02-05T09:07:00Z");

  private static final Pattern NAME =
      Pattern.compile("(\\w+)\\.(pass|fail|skip)(\\.(\\w+))?\\.json");

  /**
   * @param code why it fails; null unless it does
   */
  record Case(Path file, String name, String verdict, String code) {
    byte[] bytes() throws IOException {
      return Files.readAllBytes(file);
    }

    Object json() throws IOException {
      return JsonModels.read(Files.readString(file));
    }

    Object expected() throws IOException {
      return JsonModels.read(Files.readString(file.resolveSibling(name + ".expected.json")));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Fixtures() {}

  static List<Case> in(String folder) throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      for (Path file : files.sorted().toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          cases.add(new Case(file, name.group(1), name.group(2), name.group(4)));
        }
      }
    }
    return cases;
  }

  static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  static void assertColumns(Object expected, Contract contract, Row row) {
    ((Map<?, ?>) expected)
        .forEach(
            (column, value) ->
                assertEquals(
                    value instanceof String text && column.equals("occurred_at")
                        ? new BigDecimal(micros(text)).stripTrailingZeros()
                        : value,
                    plain(contract, (String) column, row),
                    () -> "column " + column));
  }

  /** A column as JSON would have it, extra as what its text says. */
  static Object plain(Contract contract, String column, Row row) {
    Object value = row.get(contract.ordinal(column));
    return column.equals("extra") && value != null
        ? JsonModels.read(value.toString())
        : plain(value);
  }

  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, Object> plain = new LinkedHashMap<>();
      members.forEach((name, member) -> plain.put(name.toString(), plain(member)));
      return plain;
    }
    if (value instanceof List<?> elements) {
      return elements.stream().map(Fixtures::plain).toList();
    }
    if (value instanceof Number number) {
      return JsonModels.read(number.toString());
    }
    return value == null || value instanceof Boolean ? value : value.toString();
  }
}
