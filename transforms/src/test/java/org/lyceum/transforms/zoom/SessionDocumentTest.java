package org.lyceum.transforms.zoom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.documents.DocumentCases;
import org.lyceum.transforms.parse.MessageCases;
import org.lyceum.transforms.parse.OneRecordParser;

class SessionDocumentTest {
  private final ZoomMeetingParser meetings = new ZoomMeetingParser();
  private final ZoomParticipantSessionParser sessions = new ZoomParticipantSessionParser();
  private final Row meeting =
      OneRecordParser.row(
          meetings.contract(),
          ZoomMeetingParserTest.cases(meetings)
              .one(
                  "{\"meeting\":{\"uuid\":\""
                      + ZoomParticipantSessionParserTest.MEETING_UUID
                      + "\",\"start_time\":\"2024-02-05T15:00:00Z\"}}"));

  static List<Path> fixtures() {
    return DocumentCases.files(ZoomParticipantSessionParserTest.FOLDER);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isTheDocumentedOneFieldByField(Path fixture) throws IOException {
    Row session = session(Files.readString(fixture));
    DocumentCases.assertDocument(
        fixture, SessionDocument.of(meeting, List.of(session), address -> Optional.empty()).get(0));
  }

  @Test
  void rejoinsDoNotOverwriteTheFirstSession() {
    List<Row> rows = new ArrayList<>();
    for (String join : List.of("15:00:05", "15:05:00", "16:00:00")) {
      rows.add(session("7", join));
    }
    rows.add(session("8", "15:01:00"));
    List<String> ids = ids(rows);
    String uuid = ZoomParticipantSessionParserTest.MEETING_UUID;
    assertEquals(
        List.of(
            uuid + "7",
            uuid + "8",
            uuid + "7-2024-02-05T15:05:00Z",
            uuid + "7-2024-02-05T16:00:00Z"),
        ids);
    Collections.reverse(rows);
    assertEquals(ids, ids(rows));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aDatabaseAddsAPlaceAndChangesNoOtherField(Path fixture, @TempDir Path folder)
      throws IOException {
    String file = GeoIpTest.city().write(folder.resolve("city.mmdb")).toString();
    try (GeoIp geoip = GeoIp.open(file)) {
      Document document =
          SessionDocument.of(meeting, List.of(session(Files.readString(fixture))), geoip::find)
              .get(0);
      JsonNode address = document.body().get("ip_address");
      assertEquals(
          address.isNull() ? null : GeoIpTest.everyField(address.textValue()),
          document.body().remove("geoip"));
      DocumentCases.assertDocument(fixture, document);
    }
  }

  @Test
  void aPlaceIsThereOnlyWhereTheAddressIsKnown() {
    ObjectNode place = JsonNodeFactory.instance.objectNode().put("country_code2", "US");
    List<Row> rows =
        List.of(
            session("{\"user_id\":7,\"ip_address\":\"192.0.2.17\"}"),
            session("{\"user_id\":8,\"ip_address\":\"192.0.2.18\"}"),
            session("{\"user_id\":9}"));
    List<Document> documents =
        SessionDocument.of(
            meeting,
            rows,
            address -> address.equals("192.0.2.17") ? Optional.of(place) : Optional.empty());
    assertEquals(place, documents.get(0).body().get("geoip"));
    assertFalse(documents.get(1).body().has("geoip"));
    assertFalse(documents.get(2).body().has("geoip"));
  }

  private List<String> ids(List<Row> rows) {
    return SessionDocument.of(meeting, rows, address -> Optional.empty()).stream()
        .map(Document::id)
        .toList();
  }

  private Row session(String userId, String join) {
    return session("{\"user_id\":\"" + userId + "\",\"join_time\":\"2024-02-05T" + join + "Z\"}");
  }

  private Row session(String json) {
    MessageCases cases = ZoomParticipantSessionParserTest.cases(sessions);
    return OneRecordParser.row(sessions.contract(), cases.one(json));
  }
}
