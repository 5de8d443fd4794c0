package org.lyceum.furniture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void onlyWhatNeedsQuotesHasThem() {
    assertEquals(
        "Ada,O'Hara,\"Hopper, Grace\",\"\"\"Bo\"\"\",\"two\nlines\",\"\r\"\r\n",
        Csv.line(List.of("Ada", "O'Hara", "Hopper, Grace", "\"Bo\"", "two\nlines", "\r")));
  }

  @Test
  void nothingIsAnEmptyFieldAndEmptyTextAQuotedOne() {
    assertEquals(",\"\",\r\n", Csv.line(Arrays.asList(null, "", null)));
  }
}
