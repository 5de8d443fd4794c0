package org.lyceum.transforms.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;

class RowFieldsTest {
  private final Contract contract = Contracts.of("events.opencast_episode");
  private final Row row = Row.of(contract);
  private final RowFields fields = new RowFields(contract, row);

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00+00:00, 1970-01-01T00:00:00Z, 1970.01.01",
    "500000, 1970-01-01T00:00:00.500000+00:00, 1970-01-01T00:00:00.500Z, 1970.01.01",
    "1, 1970-01-01T00:00:00.000001+00:00, 1970-01-01T00:00:00.000001Z, 1970.01.01",
    "-1, 1969-12-31T23:59:59.999999+00:00, 1969-12-31T23:59:59.999999Z, 1969.12.31",
    "1707148860000000, 2024-02-05T16:01:00+00:00, 2024-02-05T16:01:00Z, 2024.02.05"
  })
  void timesAreSpelledAsTheOldHarvestersDid(long micros, String python, String iso, String day) {
    row.set(contract.ordinal("start"), micros);
    assertEquals(python, fields.pythonTime("start"));
    assertEquals(iso, fields.time("start"));
    assertEquals(day, fields.indexDay("start"));
  }

  @Test
  void whatIsNullIsNotPut() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    fields.putText(body, "title", "title");
    fields.putNumber(body, "duration", "duration");
    assertEquals("{}", body.toString());
    assertNull(fields.time("start"));
    assertNull(fields.pythonTime("start"));
  }
}
