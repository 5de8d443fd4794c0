package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.Timestamp;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.Verdict;

class OpenStaxParquetParserTest {
  private static final long MILLIS = 1_772_361_019_123L;

  private final OpenStaxParquetParser parser = new OpenStaxParquetParser();
  private final Row row = Row.of(parser.contract());

  private static Map<String, Object> record(Object occurredAt) {
    Map<String, Object> record = new HashMap<>();
    record.put("session_uuid", "5b41a0a6-0a3c-4a1e-9e0a-000000000001");
    record.put("session_order", 3);
    record.put("occurred_at", occurredAt);
    return record;
  }

  private String text(String column) {
    Object value = row.get(parser.contract().ordinal(column));
    return value == null ? null : value.toString();
  }

  @Test
  void theSameMomentInAnyUnitIsTheSameTime() {
    parser.start("nudged", "nudged", "2026", "3", "01");
    for (Object moment :
        new Object[] {
          new Timestamp(MILLIS, TimeUnit.MILLISECONDS),
          new Timestamp(MILLIS * 1_000, TimeUnit.MICROSECONDS),
          new Timestamp(MILLIS * 1_000_000, TimeUnit.NANOSECONDS),
          MILLIS
        }) {
      assertEquals(Verdict.PARSED, parser.parse(record(moment), row));
      assertEquals(Long.toString(MILLIS * 1_000), text("occurred_at"));
      assertNull(text("extra"));
    }
  }

  @Test
  void secondsAreRecognisedAndTheirNumberIsKept() {
    parser.start("nudged", "nudged", "2021", "3", "01");
    long seconds = MILLIS / 1_000;
    assertEquals(
        Verdict.PARSED, parser.parse(record(new Timestamp(seconds, TimeUnit.MILLISECONDS)), row));
    assertEquals(Long.toString(seconds * 1_000_000), text("occurred_at"));
    assertEquals("{\"/occurred_at\":" + seconds + "}", text("extra"));
  }

  @Test
  void theFolderSaysTypeAndVersionAndThePathTheDayAsWritten() {
    parser.start("created_highlight_2", "created_highlight", "2026", "3", "01");
    assertEquals(Verdict.PARSED, parser.parse(record(MILLIS), row));
    assertEquals("created_highlight", text("event_type"));
    assertEquals("v2", text("schema_version"));
    assertEquals("2026 3 01", text("year") + " " + text("month") + " " + text("day"));

    parser.start("nudged_7", "nudged", "2026", "03", "1");
    assertEquals(Verdict.PARSED, parser.parse(record(MILLIS), row));
    assertEquals("nudged", text("event_type"));
    assertNull(text("schema_version"), "a version that the API never had");
    assertEquals("03 1", text("month") + " " + text("day"));
  }

  @Test
  void foldersAreKnownInBothSpellings() {
    assertEquals(Optional.of("accessed_study_guide"), parser.event("accessed_studyguide"));
    assertEquals(Optional.of("accessed_study_guide"), parser.event("accessed_study_guide"));
    assertEquals(Optional.of("created_highlight"), parser.event("created_highlight_2"));
    assertEquals(Optional.empty(), parser.event("truth"));
  }

  @Test
  void aStoredRecordWithoutTimeFailsAsNothingElseTellsIt() {
    parser.start("nudged", "nudged", "2026", "3", "01");
    assertEquals(FailureCode.NO_TIME, parser.parse(record(null), row).code());
  }
}
