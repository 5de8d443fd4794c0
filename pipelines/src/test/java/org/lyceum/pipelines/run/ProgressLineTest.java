package org.lyceum.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {

  @Test
  void saysBytesRecordsRateAndTimeLeft() {
    assertEquals(
        "ingest: 250 MB of 1.0 GB, 200,000 records, 50 MB/s, 15 s left",
        ProgressLine.line("ingest", 250_000_000, 200_000, 1_000_000_000, 5));
    assertEquals(
        "ingest: 0 B of 1.0 GB, 0 records, 0 B/s, ? left",
        ProgressLine.line("ingest", 0, 0, 1_000_000_000, 5));
  }

  @Test
  void saysStepsAndTimeLeft() {
    assertEquals(
        "rollcall: 31 of 1,312 series, 1281 s left",
        ProgressLine.steps("rollcall", "series", 31, 1312, 31));
    assertEquals(
        "rollcall: 0 of 12 series, ? left", ProgressLine.steps("rollcall", "series", 0, 12, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "999, 999 B",
    "1000, 1.0 kB",
    "999499, 999 kB",
    "999999, 1.0 MB",
    "18000000000, 18 GB"
  })
  void sizesReadAsAPersonWritesThem(long bytes, String text) {
    assertEquals(text, ProgressLine.size(bytes));
  }
}
