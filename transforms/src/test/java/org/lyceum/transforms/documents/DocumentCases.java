package org.lyceum.transforms.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Fixtures of documents: {@code <case>.document.json} beside the record they are made from. */
public final class DocumentCases {
  private static final String ENDING = ".document.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private DocumentCases() {}

  /** The records in {@code testdata/<folder>} that have a document. */
  public static List<Path> files(String folder) {
    try (Stream<Path> files = Files.list(Path.of("../testdata").resolve(folder))) {
      List<Path> records =
          files
              .filter(file -> file.toString().endsWith(ENDING))
              .map(file -> Path.of(file.toString().replace(ENDING, ".pass.json")))
              .sorted()
              .toList();
      assertFalse(records.isEmpty());
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts index, id and every field, with its type, against the fixture beside the record. */
  public static void assertDocument(Path record, Document actual) throws IOException {
    JsonNode expected =
        JSON.readTree(Files.readString(Path.of(record.toString().replace(".pass.json", ENDING))));
    assertEquals(expected.get("index").textValue(), actual.index());
    assertEquals(expected.get("id").textValue(), actual.id());
    assertEquals(expected.get("body"), JSON.readTree(actual.body().toString()));
  }
}
