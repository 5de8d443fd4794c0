package org.lyceum.stack.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SessionCatalog.SessionContext;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCatalogTest {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "event_id", Types.UUIDType.get()));
  private static final TableIdentifier EVENTS = TableIdentifier.of("events", "edx_tracking");
  private static final TableIdentifier DELIVERIES = TableIdentifier.of("ops", "delivery");

  @TempDir Path folder;

  @Test
  void tablesAreThereWhenTheFolderIsOpenedAgain() throws IOException {
    try (RESTCatalog catalog = create()) {
      commit(catalog, set(catalog, EVENTS, "read", "3"), set(catalog, DELIVERIES, "read", "3"));
    }
    try (RESTCatalog catalog = open()) {
      assertEquals("3", catalog.loadTable(EVENTS).properties().get("read"));
      assertEquals("3", catalog.loadTable(DELIVERIES).properties().get("read"));
    }
  }

  @Test
  void oneTableThatHasMovedOnKeepsTheOthersWhereTheyWere() throws IOException {
    try (RESTCatalog catalog = create()) {
      TableCommit events = append(catalog, EVENTS);
      TableCommit stale = append(catalog, DELIVERIES);
      commit(catalog, append(catalog, DELIVERIES));
      assertThrows(CommitFailedException.class, () -> commit(catalog, events, stale));
      assertEquals(null, catalog.loadTable(EVENTS).currentSnapshot());
    }
  }

  @Test
  void whatFailsBetweenTwoTablesMovesNeither() throws IOException, SQLException {
    try (RESTCatalog catalog = create()) {
      TableCommit events = append(catalog, EVENTS);
      TableCommit deliveries = append(catalog, DELIVERIES);
      inDatabase(
          """
          create trigger full before update on iceberg_tables when new.table_name = 'delivery'
          begin select raise(abort, 'disk full'); end
          """);
      RuntimeException e =
          assertThrows(RuntimeException.class, () -> commit(catalog, events, deliveries));
      assertTrue(e.getMessage().contains("disk full"), e.getMessage());
      assertEquals(null, catalog.loadTable(EVENTS).currentSnapshot());
      inDatabase("drop trigger full");
      commit(catalog, events, deliveries);
      assertTrue(catalog.loadTable(DELIVERIES).currentSnapshot() != null);
    }
  }

  private void inDatabase(String statement) throws SQLException {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
        Statement sql = database.createStatement()) {
      sql.execute(statement);
    }
  }

  @Test
  void aTableThatStandsTwiceInATransactionIsRefused() throws IOException {
    try (RESTCatalog catalog = create()) {
      TableCommit first = set(catalog, EVENTS, "read", "1");
      TableCommit second = set(catalog, EVENTS, "read", "2");
      RuntimeException e =
          assertThrows(RuntimeException.class, () -> commit(catalog, first, second));
      assertTrue(e.getMessage().contains("stands twice"), e.getMessage());
    }
  }

  @Test
  void viewsWithCommentsAreKept() throws IOException {
    try (RESTCatalog catalog = create()) {
      catalog
          .buildView(TableIdentifier.of("events", "edx"))
          .withSchema(SCHEMA)
          .withDefaultNamespace(Namespace.of("events"))
          .withQuery("trino", "select event_id from events.edx_tracking")
          .withProperty("comment", "One row per event.")
          .create();
    }
    try (RESTCatalog catalog = open()) {
      assertEquals(
          "One row per event.",
          catalog.loadView(TableIdentifier.of("events", "edx")).properties().get("comment"));
    }
  }

  private RESTCatalog create() {
    RESTCatalog catalog = open();
    catalog.createNamespace(Namespace.of("events"));
    catalog.createNamespace(Namespace.of("ops"));
    catalog.createTable(EVENTS, SCHEMA);
    catalog.createTable(DELIVERIES, SCHEMA);
    return catalog;
  }

  private RESTCatalog open() {
    RESTCatalog catalog =
        new RESTCatalog(SessionContext.createEmpty(), config -> LocalCatalog.open(folder));
    catalog.initialize("lake", Map.of());
    return catalog;
  }

  private static TableCommit set(
      RESTCatalog catalog, TableIdentifier table, String property, String value) {
    BaseTransaction transaction = (BaseTransaction) catalog.loadTable(table).newTransaction();
    transaction.updateProperties().set(property, value).commit();
    return TableCommit.create(table, transaction.startMetadata(), transaction.currentMetadata());
  }

  private static TableCommit append(RESTCatalog catalog, TableIdentifier table) {
    BaseTransaction transaction = (BaseTransaction) catalog.loadTable(table).newTransaction();
    transaction.newFastAppend().commit();
    return TableCommit.create(table, transaction.startMetadata(), transaction.currentMetadata());
  }

  private static void commit(RESTCatalog catalog, TableCommit... commits) {
    catalog.commitTransaction(List.of(commits));
  }
}
