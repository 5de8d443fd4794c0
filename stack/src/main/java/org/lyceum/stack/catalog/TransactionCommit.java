package org.lyceum.stack.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.requests.CommitTransactionRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.lyceum.stack.catalog.LocalCatalog.OneConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of several existing tables in; all of them in the catalog, or none and an exception. The
 * new metadata files are written first; then one SQL transaction moves every table's row from the
 * file it was checked against to its new one.
 */
final class TransactionCommit {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionCommit.class);

  private static final String MOVE =
      """
      update iceberg_tables set metadata_location = ?, previous_metadata_location = ?
      where catalog_name = ? and table_namespace = ? and table_name = ? and metadata_location = ?
      """;

  private final JdbcCatalog catalog;
  private final OneConnection database;

  TransactionCommit(JdbcCatalog catalog, OneConnection database) {
    this.catalog = catalog;
    this.database = database;
  }

  /** One table's part: its row leaves {@code base}'s metadata file for {@code file}. */
  private record Change(
      TableIdentifier table,
      BaseMetastoreTableOperations operations,
      TableMetadata base,
      TableMetadata next,
      String file) {}

  void commit(CommitTransactionRequest transaction) throws SQLException, InterruptedException {
    Map<TableIdentifier, Change> changes = new LinkedHashMap<>();
    for (UpdateTableRequest update : transaction.tableChanges()) {
      Change change = check(update);
      ValidationException.check(
          changes.put(change.table(), change) == null,
          "Table %s stands twice in one transaction",
          change.table());
    }
    changes.values().removeIf(change -> change.next().changes().isEmpty());
    for (Change change : changes.values()) {
      TableMetadataParser.overwrite(
          change.next(), change.operations().io().newOutputFile(change.file()));
    }
    database.run(connection -> move(connection, changes.values()), false);
    changes.values().parallelStream().forEach(TransactionCommit::tidy); // each waits 10 ms at least
  }

  private Change check(UpdateTableRequest update) {
    BaseTable table = (BaseTable) catalog.loadTable(update.identifier());
    BaseMetastoreTableOperations operations = (BaseMetastoreTableOperations) table.operations();
    TableMetadata base = operations.current();
    update.requirements().forEach(requirement -> requirement.validate(base));
    TableMetadata.Builder builder = TableMetadata.buildFrom(base);
    update.updates().forEach(change -> change.applyTo(builder));
    TableMetadata next = builder.build();
    String codec =
        next.property(
            TableProperties.METADATA_COMPRESSION, TableProperties.METADATA_COMPRESSION_DEFAULT);
    String name =
        String.format(
            "%05d-%s%s",
            operations.currentVersion() + 1,
            UUID.randomUUID(),
            TableMetadataParser.getFileExtension(codec));
    return new Change(
        update.identifier(),
        operations,
        base,
        next,
        operations.temp(next).metadataFileLocation(name));
  }

  /** All rows in one SQL transaction; a row that is not where it was found undoes them all. */
  private static Void move(Connection connection, Collection<Change> changes) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement sql = connection.prepareStatement(MOVE)) {
      for (Change change : changes) {
        String from = change.base().metadataFileLocation();
        sql.setString(1, change.file());
        sql.setString(2, from);
        sql.setString(3, LocalCatalog.NAME);
        sql.setString(4, change.table().namespace().toString());
        sql.setString(5, change.table().name());
        sql.setString(6, from);
        if (sql.executeUpdate() != 1) {
          throw new CommitFailedException("Table %s has moved on", change.table());
        }
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      undo(connection);
      throw e;
    }
    connection.setAutoCommit(true);
    return null;
  }

  /** JDBC commits when auto-commit is set within a transaction: a failed rollback must not. */
  private static void undo(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      LOG.error("Cannot undo a refused commit; stopping, the next start finds before or after", e);
      Runtime.getRuntime().halt(1);
    }
  }

  /** write.metadata.delete-after-commit.enabled; the commit stands, whatever happens here. */
  private static void tidy(Change change) {
    try {
      CatalogUtil.deleteRemovedMetadataFiles(
          change.operations().io(), change.base(), change.next());
    } catch (RuntimeException e) {
      LOG.warn("Old metadata of {} stays", change.table(), e);
    }
  }
}
