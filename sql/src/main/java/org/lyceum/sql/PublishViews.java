package org.lyceum.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * View folders in, Trino views out: creates and replaces what changed, one view after the other,
 * and drops the views whose folder is gone. A view's comment ends with its edition, a digest of
 * query and meanings; it is set last, so a view without it is not complete and is published again.
 */
public final class PublishViews implements AutoCloseable {
  /** The only user who may create views. */
  static final String PUBLISHER = "lyceum_publisher";

  /** Schemas that hold views and nothing else. */
  static final Set<String> OWNED_SCHEMAS =
      Set.of("openstax", "edx", "kinesinlms", "gooru", "opencast", "zoom", "learning", "reports");

  /** The views among the tables of {@code ops}. */
  static final Set<String> OWNED_VIEWS =
      Set.of("ops.run_summary", "ops.delivery_state", "ops.failure_summary", "ops.freshness");

  private final Connection trino;
  private final Lake lake;
  private RESTCatalog catalog;

  private PublishViews(Connection trino, Lake lake) {
    this.trino = trino;
    this.lake = lake;
  }

  /** Publishes all views; a line on standard error for each that changed. */
  public static void main(String[] args) {
    Exit.with(
        () -> {
          int port = Trino.port(args, System.getenv());
          List<View> views = Views.all();
          try (Connection trino = Trino.connect(port, PUBLISHER)) {
            List<String> changes = publish(trino, Lake.fromEnvironment(), views);
            return new Exit.Outcome(
                Exit.DONE, views.size() + " views, " + changes.size() + " changed");
          } catch (SQLException e) {
            throw Trino.refusal(port, e);
          }
        });
  }

  /** Returns what changed, a line each, which it also tells on standard error as it happens. */
  static List<String> publish(Connection trino, Lake lake, List<View> views) throws SQLException {
    try (PublishViews publisher = new PublishViews(trino, lake)) {
      return publisher.publish(views);
    }
  }

  static boolean isOwned(String view) {
    return OWNED_VIEWS.contains(view)
        || OWNED_SCHEMAS.contains(view.substring(0, view.indexOf('.')));
  }

  private List<String> publish(List<View> views) throws SQLException {
    for (View view : views) {
      if (!isOwned(view.name())) {
        throw new Refusal(Exit.WRONG_USE, "view " + view.name() + ": not a place for views");
      }
    }
    List<String> changes = new ArrayList<>();
    Set<String> schemas = schemas();
    Map<String, String> published = published(schemas);
    for (View view : views) {
      String present = published.get(view.name());
      String comment = view.grain() + " (edition " + edition(view) + ")";
      if (comment.equals(present)) {
        continue;
      }
      if (schemas.add(view.schema())) {
        run("CREATE SCHEMA IF NOT EXISTS " + view.schema());
      }
      create(view, comment);
      tell(changes, "view " + view.name() + (present == null ? " created" : " replaced"));
    }
    Set<String> wanted = views.stream().map(View::name).collect(Collectors.toSet());
    for (String name : published.keySet()) {
      if (!wanted.contains(name)) {
        run("DROP VIEW " + name);
        tell(changes, "view " + name + " dropped");
      }
    }
    return changes;
  }

  private void create(View view, String comment) throws SQLException {
    try {
      run("CREATE OR REPLACE VIEW " + view.name() + " AS\n" + view.query());
    } catch (SQLException e) {
      throw new SQLException("view " + view.name() + ": " + e.getMessage(), e);
    }
    comment(view, comment);
  }

  /**
   * All meanings in one commit. Trino's COMMENT ON is a commit and a version of the view for each
   * column: a minute instead of a second, and views that are half described meanwhile.
   */
  private void comment(View view, String comment) {
    var published = catalog().loadView(TableIdentifier.parse(view.name()));
    List<Types.NestedField> fields = published.schema().columns();
    if (fields.size() != view.columns().size()) {
      throw new Refusal(
          Exit.FAILED,
          "view %s has %d columns, and %d are described"
              .formatted(view.name(), fields.size(), view.columns().size()));
    }
    List<Types.NestedField> described = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      View.DescribedColumn column = view.columns().get(i);
      if (!fields.get(i).name().equalsIgnoreCase(column.name())) {
        throw new Refusal(
            Exit.FAILED,
            "view %s: column %d is %s, and %s is described there"
                .formatted(view.name(), i + 1, fields.get(i).name(), column.name()));
      }
      described.add(Types.NestedField.from(fields.get(i)).withDoc(column.description()).build());
    }
    published
        .replaceVersion()
        .withSchema(new Schema(described))
        .withQuery("trino", published.sqlFor("trino").sql())
        .withDefaultCatalog("lake")
        .withDefaultNamespace(Namespace.of(view.schema()))
        .commit();
    published.updateProperties().set("comment", comment).commit();
  }

  private RESTCatalog catalog() {
    if (catalog == null) {
      catalog = lake.connect();
    }
    return catalog;
  }

  @Override
  public void close() {
    if (catalog != null) {
      try {
        catalog.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Set<String> schemas() throws SQLException {
    Set<String> schemas = new TreeSet<>();
    try (Statement statement = trino.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT schema_name FROM lake.information_schema.schemata")) {
      while (row.next()) {
        schemas.add(row.getString(1));
      }
    }
    return schemas;
  }

  /** The views of ours that are there, with their comments; blank where there is none. */
  private Map<String, String> published(Set<String> schemas) throws SQLException {
    String ours =
        schemas.stream()
            .filter(schema -> schema.equals("ops") || OWNED_SCHEMAS.contains(schema))
            .map(PublishViews::literal)
            .collect(Collectors.joining(", "));
    Map<String, String> published = new TreeMap<>();
    if (ours.isEmpty()) {
      return published;
    }
    try (Statement statement = trino.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT schema_name, table_name, coalesce(comment, '')"
                    + " FROM system.metadata.table_comments"
                    + " WHERE catalog_name = 'lake' AND schema_name IN ("
                    + ours
                    + ")")) {
      while (row.next()) {
        String name = row.getString(1) + "." + row.getString(2);
        if (isOwned(name)) {
          published.put(name, row.getString(3));
        }
      }
    }
    return published;
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = trino.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void tell(List<String> changes, String change) {
    System.err.println(change);
    changes.add(change);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String edition(View view) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(view.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
