package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Trino lets its two kinds of users do: everyone reads, the publisher keeps the views. */
class AccessRulesIT {
  private static final String RESEARCHER = "researcher";
  private static final String PUBLISHER = "lyceum_publisher";
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "code", Types.StringType.get()),
          Types.NestedField.optional(2, "read_count", Types.LongType.get()));

  private static RESTCatalog catalog;

  @BeforeAll
  static void createTables() throws SQLException {
    catalog = new RESTCatalog();
    catalog.initialize("lake", Map.of("uri", TestLake.shared().catalogUri().toString()));
    for (String namespace : new String[] {"events", "derived", "ops"}) {
      if (!catalog.namespaceExists(Namespace.of(namespace))) {
        catalog.createNamespace(Namespace.of(namespace), new HashMap<>());
      }
      TableIdentifier table = TableIdentifier.of(namespace, "access_rules");
      catalog.dropTable(table);
      catalog.createTable(table, SCHEMA, PartitionSpec.unpartitioned());
    }
    run(PUBLISHER, "create schema if not exists lake.edx");
  }

  @AfterAll
  static void dropTables() throws Exception {
    for (String namespace : new String[] {"events", "derived", "ops"}) {
      catalog.dropTable(TableIdentifier.of(namespace, "access_rules"));
    }
    catalog.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into events.access_rules values ('late', 1)",
        "update events.access_rules set code = 'late'",
        "delete from events.access_rules",
        "truncate table events.access_rules",
        "merge into events.access_rules t using ops.access_rules s on t.code = s.code"
            + " when matched then delete",
        "drop table events.access_rules",
        "alter table events.access_rules rename to events.renamed",
        "alter table events.access_rules add column late boolean",
        "alter table events.access_rules drop column code",
        "alter table events.access_rules set properties format_version = 2",
        "alter table events.access_rules execute optimize",
        "alter table events.access_rules execute expire_snapshots(retention_threshold => '7d')",
        "alter table events.access_rules execute remove_orphan_files(retention_threshold => '7d')",
        "alter table events.access_rules execute optimize_manifests",
        "analyze events.access_rules",
        "comment on table events.access_rules is 'Ours.'",
        "comment on column events.access_rules.code is 'Ours.'",
        "insert into derived.access_rules values ('late', 1)",
        "alter table derived.access_rules execute optimize",
        "insert into ops.access_rules values ('late', 1)",
        "delete from ops.access_rules",
        "drop table ops.access_rules",
        "alter table ops.access_rules execute optimize",
        "comment on table ops.access_rules is 'Ours.'",
        "create table events.other (code varchar)",
        "create table events.other as select * from ops.access_rules",
        "create view events.other as select * from ops.access_rules",
        "create view ops.other as select * from ops.access_rules",
        "create materialized view ops.other as select * from ops.access_rules",
        "create schema other",
        "drop schema events cascade",
        "drop schema ops cascade",
        "alter schema ops rename to edx2",
        "call lake.system.unregister_table('events', 'access_rules')",
        "grant insert on events.access_rules to user researcher",
      })
  void nobodyMayWriteOrCompactTables(String statement) {
    assertRefused(RESEARCHER, statement);
    assertRefused(PUBLISHER, statement);
  }

  @Test
  void everyoneMayReadTablesAndWhatIsKnownAboutThem() throws SQLException {
    assertEquals("0", run(RESEARCHER, "select count(*) from events.access_rules"));
    assertEquals("0", run(RESEARCHER, "select count(*) from ops.access_rules"));
    assertEquals("0", run(RESEARCHER, "select count(*) from events.\"access_rules$snapshots\""));
    assertEquals(
        "2",
        run(
            RESEARCHER,
            "select count(*) from information_schema.columns"
                + " where table_schema = 'events' and table_name = 'access_rules'"));
    assertEquals("1", run(RESEARCHER, "select count(*) from system.runtime.nodes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"definer", "invoker"})
  void thePublisherKeepsViewsAndEveryoneReadsThem(String security) throws SQLException {
    String view = "edx.access_rules_" + security;
    String create = "create or replace view %s comment 'One row.' security %s as %s";
    run(PUBLISHER, create.formatted(view, security, "select code from events.access_rules"));
    run(
        PUBLISHER,
        create.formatted(view, security, "select code, read_count from events.access_rules"));
    run(PUBLISHER, "comment on view %s is 'A row per code.'".formatted(view));
    run(PUBLISHER, "comment on column %s.code is 'Why.'".formatted(view));
    assertEquals("0", run(RESEARCHER, "select count(*) from " + view));
    assertEquals("0", run(PUBLISHER, "select count(*) from " + view));
    String onTop = "edx.access_rules_on_top";
    run(PUBLISHER, create.formatted(onTop, security, "select code from " + view));
    assertEquals("0", run(RESEARCHER, "select count(code) from " + onTop));
    assertRefused(RESEARCHER, "drop view " + view);
    assertRefused(RESEARCHER, "comment on view %s is 'Mine.'".formatted(view));
    assertRefused(RESEARCHER, "create or replace view %s as select 1 one".formatted(view));
    run(PUBLISHER, "drop view " + onTop);
    run(PUBLISHER, "drop view " + view);
  }

  @Test
  void onlyThePublisherMakesSchemasOfViewsAndNoOthers() throws SQLException {
    assertRefused(RESEARCHER, "create view edx.mine as select 1 one");
    assertRefused(RESEARCHER, "create schema if not exists gooru_of_mine");
    run(PUBLISHER, "create schema if not exists learning");
    assertRefused(RESEARCHER, "drop schema learning");
    assertRefused(RESEARCHER, "create view learning.mine as select 1 one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run_summary", "delivery_state", "failure_summary", "freshness"})
  void thePublisherKeepsFourViewsInOps(String name) throws SQLException {
    String view = "ops." + name;
    assertRefused(RESEARCHER, "create view %s as select 1 one".formatted(view));
    run(
        PUBLISHER,
        "create or replace view %s as select code from ops.access_rules".formatted(view));
    run(PUBLISHER, "comment on view %s is 'One row per code.'".formatted(view));
    assertEquals("0", run(RESEARCHER, "select count(*) from " + view));
    assertRefused(PUBLISHER, "alter view %s rename to ops.other".formatted(view));
    run(PUBLISHER, "drop view " + view);
  }

  @Test
  void aUserMayKillOwnQueriesOnly() throws SQLException {
    String running =
        "select query_id from system.runtime.queries where query like 'select query_id%'";
    String mine = run(RESEARCHER, running);
    assertRefused(PUBLISHER, "call system.runtime.kill_query('%s', 'test')".formatted(mine));
    SQLException ended =
        assertThrows(
            SQLException.class,
            () -> run(RESEARCHER, "call system.runtime.kill_query('%s', 'test')".formatted(mine)));
    assertTrue(ended.getMessage().contains("not running"), ended.getMessage());
  }

  private static void assertRefused(String user, String statement) {
    SQLException e = assertThrows(SQLException.class, () -> run(user, statement), statement);
    assertTrue(e.getMessage().contains("Access Denied"), statement + ": " + e.getMessage());
  }

  /** The first column of the first row, or null. */
  private static String run(String user, String statement) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    try (Connection connection =
            DriverManager.getConnection(TestLake.shared().jdbcUrl(), properties);
        Statement sql = connection.createStatement()) {
      if (!sql.execute(statement)) {
        return null;
      }
      try (ResultSet rows = sql.getResultSet()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }
}
