package org.lyceum.transforms.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** The documents of the fixtures in these folders; of those with one index and id the last. */
  public static List<Document> documents(String... folders) throws IOException {
    Map<List<String>, Document> byId = new LinkedHashMap<>();
    for (String folder : folders) {
      for (Path record : files(folder)) {
        JsonNode document = document(record);
        String index = document.get("index").textValue();
        String id = document.get("id").textValue();
        byId.put(List.of(index, id), new Document(index, id, (ObjectNode) document.get("body")));
      }
    }
    return List.copyOf(byId.values());
  }

  private static JsonNode document(Path record) throws IOException {
    return JSON.readTree(
        Files.readString(Path.of(record.toString().replace(".pass.json", ENDING))));
  }

  /** Asserts index, id and every field, with its type, against the fixture beside the record. */
  public static void assertDocument(Path record, Document actual) throws IOException {
    JsonNode expected = document(record);
    assertEquals(expected.get("index").textValue(), actual.index());
    assertEquals(expected.get("id").textValue(), actual.id());
    assertEquals(expected.get("body"), JSON.readTree(actual.body().toString()));
  }
}
