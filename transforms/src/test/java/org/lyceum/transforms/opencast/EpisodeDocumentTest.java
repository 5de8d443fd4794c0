package org.lyceum.transforms.opencast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.transforms.documents.DocumentCases;
import org.lyceum.transforms.parse.OneRecordParser;

class EpisodeDocumentTest {
  private final OpencastEpisodeParser parser = new OpencastEpisodeParser("engage.lyceum.example");

  static List<Path> fixtures() {
    return DocumentCases.files(OpencastEpisodeParserTest.FOLDER);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isTheDocumentedOneFieldByField(Path fixture) throws IOException {
    DocumentCases.assertDocument(
        fixture,
        EpisodeDocument.of(
            OneRecordParser.row(
                parser.contract(),
                OpencastEpisodeParserTest.cases(parser).one(Files.readString(fixture)))));
  }
}
