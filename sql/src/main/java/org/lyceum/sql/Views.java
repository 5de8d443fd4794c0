package org.lyceum.sql;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Every view, as shipped with the program. */
final class Views {
  private static final JsonMapper YAML =
      JsonMapper.builder(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Views() {}

  /** The build lists the folders of views/ in views.list, because a jar cannot be walked. */
  static List<View> all() {
    return text("views.list")
        .lines()
        .filter(line -> !line.isBlank())
        .sorted()
        .map(path -> path.substring(0, path.lastIndexOf('/')))
        .map(Views::one)
        .toList();
  }

  private static View one(String folder) {
    try {
      View.Description description =
          YAML.readValue(text(folder + "/view.yaml"), View.Description.class);
      if (!folder.equals(description.view().replace('.', '/'))) {
        throw new IllegalArgumentException("folder " + folder + " defines " + description.view());
      }
      return View.of(description, text(folder + "/query.sql"));
    } catch (IOException e) {
      throw new UncheckedIOException("view " + folder + ": " + e.getMessage(), e);
    }
  }

  private static String text(String path) {
    try (InputStream file = Views.class.getResourceAsStream("/views/" + path)) {
      if (file == null) {
        throw new FileNotFoundException("views/" + path);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
