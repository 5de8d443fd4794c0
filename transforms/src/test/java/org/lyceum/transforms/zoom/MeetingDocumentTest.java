package org.lyceum.transforms.zoom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.transforms.documents.DocumentCases;
import org.lyceum.transforms.parse.OneRecordParser;

class MeetingDocumentTest {
  private final ZoomMeetingParser parser = new ZoomMeetingParser();

  static List<Path> fixtures() {
    return DocumentCases.files(ZoomMeetingParserTest.FOLDER);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isTheDocumentedOneFieldByField(Path fixture) throws IOException {
    DocumentCases.assertDocument(
        fixture,
        MeetingDocument.of(
            OneRecordParser.row(
                parser.contract(),
                ZoomMeetingParserTest.cases(parser).one(Files.readString(fixture)))));
  }
}
