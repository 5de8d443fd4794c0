package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTypeTest {
  @ParameterizedTest
  @CsvSource({
    "started_session, STARTED_SESSION,",
    "accessed_studyguide, ACCESSED_STUDY_GUIDE,",
    "accessed_study_guide, ACCESSED_STUDY_GUIDE,",
    "created_highlight, CREATED_HIGHLIGHT,",
    "created_highlight_2, CREATED_HIGHLIGHT, v2",
    "created_highlight_v1, CREATED_HIGHLIGHT, v1",
    "xapi_statement, XAPI_STATEMENT,"
  })
  void aFolderOrTopicSaysTheType(String folder, EventType event, String version) {
    assertEquals(Optional.of(new RecordType(event, version)), RecordType.ofFolder(folder));
  }

  @Test
  void othersAreUnknown() {
    assertEquals(Optional.empty(), RecordType.ofFolder("nudged_2"));
    assertEquals(Optional.empty(), RecordType.ofFolder("year=2024"));
    assertEquals(Optional.empty(), RecordType.ofSchema("nudged_v1", Set.of()));
    assertEquals(Optional.empty(), RecordType.ofSchema("org.openstax.ec.nudged_v2", Set.of()));
    assertEquals(Optional.empty(), RecordType.ofRequest("org.adlnet.xapi.Statement"));
  }
}
