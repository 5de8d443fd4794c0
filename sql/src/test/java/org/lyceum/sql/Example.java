package org.lyceum.sql;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A worked example: {@code views/<schema>/<view>/examples/<case>/given.yaml} and {@code
 * expected.yaml}.
 *
 * @param given rows by table, only the columns that matter
 * @param expected rows of the view in any order, only the columns that matter; a column that one
 *     row names and another does not is NULL in the other
 */
record Example(
    String view,
    String name,
    Map<String, List<Map<String, Object>>> given,
    List<Map<String, Object>> expected) {
  private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory()).build();

  @Override
  public String toString() {
    return view + " " + name;
  }

  static List<Example> all() {
    try (Stream<Path> files = Files.walk(Path.of("views"))) {
      return files
          .filter(file -> file.endsWith("given.yaml"))
          .map(Path::getParent)
          .sorted()
          .map(Example::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every column that the expected rows name. */
  List<String> columns() {
    TreeSet<String> names = new TreeSet<>();
    expected.forEach(row -> names.addAll(row.keySet()));
    return List.copyOf(names);
  }

  private static Example read(Path folder) {
    Path view = folder.getParent().getParent();
    try {
      return new Example(
          view.getParent().getFileName() + "." + view.getFileName(),
          folder.getFileName().toString(),
          YAML.readValue(folder.resolve("given.yaml").toFile(), new TypeReference<>() {}),
          YAML.readValue(folder.resolve("expected.yaml").toFile(), new TypeReference<>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
    }
  }
}
