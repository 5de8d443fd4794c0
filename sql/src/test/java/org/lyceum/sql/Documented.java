package org.lyceum.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a source's documentation promises of a record type: {@code
 * views/<schema>/<view>/documented.tsv}, a line of names and then a line per column, name and
 * Trino's type. The view begins with these columns.
 *
 * @param columns name, blank and type of each, in the documented order
 */
record Documented(String view, List<String> columns) {
  @Override
  public String toString() {
    return view;
  }

  static List<Documented> all() {
    try (Stream<Path> files = Files.walk(Path.of("views"))) {
      return files
          .filter(file -> file.endsWith("documented.tsv"))
          .sorted()
          .map(Documented::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Documented read(Path file) {
    Path view = file.getParent();
    try {
      List<String> lines = Files.readAllLines(file);
      if (!lines.get(0).equals("column\ttype")) {
        throw new IllegalArgumentException(file + ": begins with column, tab, type");
      }
      return new Documented(
          view.getParent().getFileName() + "." + view.getFileName(),
          lines.stream().skip(1).map(line -> line.replace('\t', ' ')).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
