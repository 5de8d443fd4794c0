package org.lyceum.stack.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.HTTPRequest.HTTPMethod;
import org.apache.iceberg.rest.ParserContext;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.requests.CommitTransactionRequest;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of the Iceberg REST protocol in; answers out, from {@code catalog.db} and {@code
 * warehouse} of one folder. A transaction over several tables is applied whole or not at all, and
 * an answered commit survives kill -9.
 *
 * <p>It is a {@link org.apache.iceberg.rest.RESTClient}, so a test needs no server: {@code new
 * RESTCatalog(SessionCatalog.SessionContext.createEmpty(), config -> LocalCatalog.open(folder))}.
 * Closing that catalog closes this one.
 */
public final class LocalCatalog extends RESTCatalogAdapter {
  /** The catalog's name in the rows of the database. */
  static final String NAME = "local";

  private static final Logger LOG = LoggerFactory.getLogger(LocalCatalog.class);

  private final TransactionCommit transactions;

  private LocalCatalog(JdbcCatalog catalog, OneConnection database) {
    super(catalog);
    this.transactions = new TransactionCommit(catalog, database);
  }

  /** Opens the catalog of a folder, which is created where it is missing. */
  public static LocalCatalog open(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute.resolve("warehouse"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create the warehouse in " + absolute, e);
    }
    Map<String, String> properties = new HashMap<>();
    // WAL: a reader from outside never blocks us. FULL: what was answered is on the disk.
    properties.put(
        "uri",
        "jdbc:sqlite:"
            + absolute.resolve("catalog.db")
            + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000");
    properties.put("warehouse", "file://" + absolute.resolve("warehouse"));
    properties.put("jdbc.schema-version", "V1"); // views
    // JdbcCatalog's search for its tables leaves a result set open, which pins the log of the
    // database; so that search has a connection of its own, closed before the real one is opened.
    initialize(properties, new OneConnection(properties)).close();
    properties.put("jdbc.init-catalog-tables", "false");
    OneConnection database = new OneConnection(properties);
    return new LocalCatalog(initialize(properties, database), database);
  }

  private static JdbcCatalog initialize(Map<String, String> properties, OneConnection database) {
    JdbcCatalog catalog = new JdbcCatalog(null, ignored -> database, true);
    Configuration hadoop = new Configuration();
    hadoop.set(LocalFiles.SETTING, LocalFiles.class.getName());
    catalog.setConf(hadoop);
    catalog.initialize(NAME, properties);
    return catalog;
  }

  /** Reads run beside each other; whatever reads and then writes runs alone. */
  @Override
  protected <T extends RESTResponse> T execute(
      HTTPRequest request,
      Class<T> responseType,
      Consumer<ErrorResponse> onError,
      Consumer<Map<String, String>> onHeaders,
      ParserContext context) {
    Consumer<ErrorResponse> logged = error -> onError.accept(logOurOwn(request, error));
    if (request.method() == HTTPMethod.GET || request.method() == HTTPMethod.HEAD) {
      return super.execute(request, responseType, logged, onHeaders, context);
    }
    synchronized (this) {
      if (!(request.body() instanceof CommitTransactionRequest transaction)) {
        return super.execute(request, responseType, logged, onHeaders, context);
      }
      try {
        transactions.commit(transaction);
      } catch (InterruptedException | SQLException | RuntimeException e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        ErrorResponse.Builder error = ErrorResponse.builder();
        configureResponseFromException(e, error);
        logged.accept(error.build());
      }
      return null;
    }
  }

  private static ErrorResponse logOurOwn(HTTPRequest request, ErrorResponse error) {
    if (error.code() >= 500) {
      LOG.error("{} {}: {} {}", request.method(), request.path(), error.type(), error.message());
    }
    return error;
  }

  /** Synchronized, because a thread that waits for the pool can miss the release for a second. */
  static final class OneConnection extends JdbcClientPool {
    OneConnection(Map<String, String> properties) {
      super(1, properties.get("uri"), properties);
    }

    @Override
    public synchronized <R> R run(Action<R, Connection, SQLException> action, boolean retry)
        throws SQLException, InterruptedException {
      return super.run(action, retry);
    }
  }
}
