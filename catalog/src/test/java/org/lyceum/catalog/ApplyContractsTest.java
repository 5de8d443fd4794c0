package org.lyceum.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.SessionCatalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.stack.catalog.LocalCatalog;

class ApplyContractsTest {
  private static final String LESSON =
      """
      table: events.lesson
      source: edx
      grain: One row per lesson.
      key: [feed, name]
      partition: [feed]
      sort: [name]
      columns:
        - {name: feed, type: string, required: true, pii: none, source: delivery, description: "Platform."}
        - {name: name, type: string, required: true, pii: none, source: /name, description: "Name of the lesson."}
        - {name: length, type: long, pii: none, source: /length, description: "Length in seconds; NULL when absent."}
      """;

  @TempDir Path folder;
  private RESTCatalog catalog;

  @BeforeEach
  void open() {
    catalog =
        new RESTCatalog(
            SessionCatalog.SessionContext.createEmpty(), config -> LocalCatalog.open(folder));
    catalog.initialize("lake", Map.of("uri", "http://in-process"));
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
  }

  private static Contract lesson(String from, String to) throws IOException {
    assertTrue(LESSON.contains(from), from);
    return Contracts.parse(LESSON.replace(from, to));
  }

  private Table table() {
    return catalog.loadTable(TableIdentifier.of("events", "lesson"));
  }

  @Test
  void everyShippedContractBecomesATableAndApplyingTwiceChangesNothing() {
    assertEquals(Contracts.all().size(), ApplyContracts.apply(catalog, Contracts.all()).size());
    assertEquals(List.of(), ApplyContracts.apply(catalog, Contracts.all()));
    for (Contract contract : Contracts.all()) {
      Table table = catalog.loadTable(contract.identifier());
      assertEquals(contract.grain(), table.properties().get("comment"));
      assertEquals(
          contract.partition(), table.spec().fields().stream().map(field -> field.name()).toList());
      for (int i = 0; i < contract.columns().size(); i++) {
        Types.NestedField field = table.schema().columns().get(i);
        Column column = contract.columns().get(i);
        assertEquals(column.name(), field.name(), "columns stand in the contract's order");
        assertEquals(column.description(), field.doc());
        assertEquals(column.required(), field.isRequired());
      }
    }
  }

  @Test
  void everyEventTableBeginsAndEndsAsTheLakesPromiseSays() {
    for (Contract contract : Contracts.all()) {
      if (contract.namespace().equals("events")) {
        List<String> names = contract.columns().stream().map(Column::name).toList();
        assertEquals(
            List.of("event_id", "occurred_at", "feed", "delivery", "position", "run_id"),
            names.subList(0, 6));
        assertEquals("extra", names.get(names.size() - 1));
        assertEquals(List.of("feed"), contract.partition());
      }
    }
  }

  @Test
  void aNewColumnIsAddedInItsPlaceAndDescriptionsFollow() throws IOException {
    ApplyContracts.apply(catalog, List.of(lesson("Platform.", "Platform.")));
    String added =
        LESSON
            .replace("Length in seconds", "Length of the lesson in seconds")
            .replace(
                "  - {name: length",
                "  - {name: room, type: string, pii: none, source: /room, description: \"Room; NULL when absent.\"}\n"
                    + "  - {name: length");
    assertEquals(
        List.of("table events.lesson evolved"),
        ApplyContracts.apply(catalog, List.of(Contracts.parse(added))));
    List<Types.NestedField> columns = table().schema().columns();
    assertEquals(
        List.of("feed", "name", "room", "length"), columns.stream().map(f -> f.name()).toList());
    assertEquals("Length of the lesson in seconds; NULL when absent.", columns.get(3).doc());
    assertEquals(List.of(), ApplyContracts.apply(catalog, List.of(Contracts.parse(added))));
  }

  @Test
  void whatAdditionCannotReachIsRefusedWithTableColumnOldAndNew() throws IOException {
    ApplyContracts.apply(catalog, List.of(lesson("Platform.", "Platform.")));
    refused(
        lesson("name: length, type: long", "name: length, type: string"),
        "table events.lesson, column length: is optional long, would be optional string");
    refused(
        lesson("type: long,", "type: long, required: true,"),
        "table events.lesson, column length: is optional long, would be required long");
    refused(
        lesson("name: length", "name: duration"),
        "table events.lesson, column length: is optional long, would be no such column");
    refused(
        lesson("partition: [feed]", "partition: []"),
        "table events.lesson, column (partition): is [feed], would be []");
    assertEquals(3, table().schema().columns().size());
  }

  private void refused(Contract contract, String clause) {
    Refusal refusal =
        assertThrows(Refusal.class, () -> ApplyContracts.apply(catalog, List.of(contract)));
    assertEquals(Exit.WRONG_USE, refusal.exit());
    assertEquals("contracts not applied: " + clause, refusal.getMessage());
  }

  @Test
  void aContractThatContradictsItselfIsRefusedWhenItIsRead() {
    for (String wrong :
        List.of(
            LESSON.replace("sort: [name]", "sort: [nobody]"),
            LESSON.replace("name: length", "name: name"),
            LESSON.replace("type: long", "type: longer"),
            LESSON.replace("grain: One row per lesson.\n", ""),
            LESSON.replace("pii: none", "pii: maybe"),
            LESSON + "owner: nobody\n")) {
      assertThrows(IOException.class, () -> Contracts.parse(wrong), wrong);
    }
  }

  @Test
  void theLatestCopyWinsOnlyWhereTheContractSaysSo() throws IOException {
    assertFalse(Contracts.parse(LESSON).isLatestWins());
    assertTrue(Contracts.parse(LESSON + "latest_wins: true\n").isLatestWins());
    assertEquals(
        List.of(
            "events.opencast_episode",
            "events.opencast_useraction",
            "events.zoom_meeting",
            "events.zoom_participant_session"),
        Contracts.all().stream().filter(Contract::isLatestWins).map(Contract::table).toList());
  }

  @Test
  void theLakeIsReachedAsTheEnvironmentSays() {
    assertEquals("http://127.0.0.1:8181", Lake.from(Map.of()).properties().get("uri"));
    Lake lake = Lake.from(Map.of("CATALOG_HOST", "lake.school.test", "CATALOG_PORT", "99"));
    assertEquals("http://lake.school.test:99", lake.properties().get("uri"));
    assertFalse(lake.properties().isEmpty());
  }
}
