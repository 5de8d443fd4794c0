package org.lyceum.transforms.opencast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.documents.DocumentCases;
import org.lyceum.transforms.parse.MessageCases;
import org.lyceum.transforms.parse.OneRecordParser;

class ActionDocumentTest {
  private final OpencastActionParser actions = new OpencastActionParser("engage.lyceum.example");
  private final OpencastEpisodeParser episodes = new OpencastEpisodeParser("engage.lyceum.example");

  static List<Path> fixtures() {
    return DocumentCases.files(OpencastActionParserTest.FOLDER);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isTheDocumentedOneFieldByField(Path fixture) throws IOException {
    DocumentCases.assertDocument(
        fixture, ActionDocument.of(action(Files.readString(fixture)), Optional.empty()));
  }

  @Test
  void carriesItsEpisode() throws IOException {
    assertEquals(
        "{\"title\":\"Lines\",\"duration\":3600000,\"start\":\"2024-02-05T15:00:00Z\","
            + "\"course\":\"Algebra I\",\"series\":\"20240110417\",\"year\":\"2024\","
            + "\"term\":\"01\",\"cdn\":\"10417\",\"type\":\"L01\","
            + "\"description\":\"Lines and their slopes\"}",
        episodeOf("old_live"));
  }

  @Test
  void leavesOutWhatTheEpisodeDoesNotSay() throws IOException {
    assertEquals(
        "{\"title\":\"Lines\",\"duration\":3600000,\"start\":\"2024-02-05T15:00:00Z\","
            + "\"type\":\"L01\",\"description\":\"Lines and their slopes\"}",
        episodeOf("old_without_series"));
    assertEquals(
        "{\"title\":\"Lines\",\"start\":\"2024-02-05T15:00:00Z\"}",
        episodeOf("mediapackage_as_text"));
  }

  private String episodeOf(String name) throws IOException {
    Path file =
        Path.of("../testdata")
            .resolve(OpencastEpisodeParserTest.FOLDER)
            .resolve(name + ".pass.json");
    Row episode =
        OneRecordParser.row(
            episodes.contract(),
            OpencastEpisodeParserTest.cases(episodes).one(Files.readString(file)));
    Document document =
        ActionDocument.of(
            action("{\"id\":730001,\"created\":\"2024-02-05T09:06:05Z\"}"), Optional.of(episode));
    return document.body().get("episode").toString();
  }

  private Row action(String json) {
    MessageCases cases = OpencastActionParserTest.cases(actions);
    return OneRecordParser.row(actions.contract(), cases.one(json));
  }
}
