package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process, spoken to by HTTP: what it has answered stays, whatever happens to it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CatalogEngineIT {
  private static final int WRITERS = 4;
  private static final int KILLS = 6;
  private static final long SEED = 20261121;
  private static final String MARKER = "commit-id";
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "event_id", Types.UUIDType.get()));
  private static final List<TableIdentifier> TABLES =
      List.of(
          TableIdentifier.of("events", "edx_tracking"),
          TableIdentifier.of("ops", "delivery"),
          TableIdentifier.of("ops", "run"));

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

  private Lake lake;
  private LakeEngines engines;

  @BeforeEach
  void createTables(@TempDir Path folder) throws Exception {
    List<Integer> ports = List.copyOf(Ports.free(2));
    lake = new Lake(folder, ports.get(0), ports.get(1), Lake.DEFAULT_TRINO_HEAP);
    engines = LakeEngines.catalogOnly(lake, messages::add);
    engines.up();
    try (RESTCatalog catalog = client()) {
      catalog.createNamespace(Namespace.of("events"));
      catalog.createNamespace(Namespace.of("ops"));
      for (TableIdentifier table : TABLES) {
        catalog.createTable(
            table,
            SCHEMA,
            PartitionSpec.unpartitioned(),
            Map.of(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true"));
      }
    }
  }

  @AfterEach
  void takeDown() throws Exception {
    engines.down();
  }

  @Test
  void everyAcknowledgedCommitOfFourWritersIsInEveryTable() throws Exception {
    int commitsEach = 4;
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try {
      for (Future<?> writer : startWriters(pool, "round-0", commitsEach)) {
        writer.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(WRITERS * commitsEach, acknowledged.size());
    assertEquals(Set.of(), unanswered);
    assertNothingMissingAndNothingTorn();
  }

  @Test
  void nothingAcknowledgedIsMissingAndNothingIsTornAfterKills() throws Exception {
    Random random = new Random(SEED);
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int kill = 1; kill <= KILLS; kill++) {
        int before = acknowledged.size();
        int commitsUntilKill = 1 + random.nextInt(3);
        int nanosUntilKill = random.nextInt(30_000_000);
        List<Future<?>> writers = startWriters(pool, "round-" + kill, Integer.MAX_VALUE);
        boolean busy =
            Deadline.in(Duration.ofSeconds(60))
                .await(() -> acknowledged.size() >= before + commitsUntilKill);
        assertTrue(busy, "the writers stand still");
        spin(nanosUntilKill); // so that the kill meets any moment of a commit
        killCatalog();
        for (Future<?> writer : writers) {
          writer.get();
        }
        engines.up();
        assertNothingMissingAndNothingTorn();
      }
    } finally {
      pool.shutdownNow();
    }
    assertTrue(!unanswered.isEmpty(), "no kill met a commit under way");
  }

  private static void spin(int nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private void killCatalog() throws EngineFailure {
    EngineProcess process = new EngineProcess(lake.home(), new CatalogEngine(lake));
    ProcessHandle.of(process.pid().orElseThrow()).orElseThrow().destroyForcibly();
    assertTrue(Deadline.in(Duration.ofSeconds(20)).await(() -> process.pid().isEmpty()));
  }

  private List<Future<?>> startWriters(ExecutorService pool, String round, int commits) {
    List<Future<?>> writers = new ArrayList<>();
    for (int writer = 1; writer <= WRITERS; writer++) {
      String name = round + "/writer-" + writer;
      writers.add(
          pool.submit(
              () -> {
                write(name, commits);
                return null;
              }));
    }
    return writers;
  }

  /** Commits until it has its number, or until the catalog is gone. */
  private void write(String name, int commits) throws IOException {
    try (RESTCatalog catalog = client()) {
      for (int number = 1; number <= commits; number++) {
        String marker = name + "/commit-" + number;
        unanswered.add(marker);
        while (!isCommitted(catalog, marker)) {
          Thread.onSpinWait(); // another writer was first: reload and decide again
        }
        acknowledged.add(marker);
        unanswered.remove(marker);
      }
    } catch (RESTException | CommitStateUnknownException e) {
      // The catalog was killed: the last commit is in or not, and only its marker tells.
    }
  }

  private static boolean isCommitted(RESTCatalog catalog, String marker) {
    List<TableCommit> commits = new ArrayList<>();
    for (TableIdentifier id : TABLES) {
      BaseTransaction transaction = (BaseTransaction) catalog.loadTable(id).newTransaction();
      transaction.newFastAppend().set(MARKER, marker).commit();
      commits.add(
          TableCommit.create(id, transaction.startMetadata(), transaction.currentMetadata()));
    }
    try {
      catalog.commitTransaction(commits);
      return true;
    } catch (CommitFailedException e) {
      return false;
    }
  }

  private void assertNothingMissingAndNothingTorn() throws IOException {
    try (RESTCatalog catalog = client()) {
      Set<String> first = markers(catalog.loadTable(TABLES.get(0)));
      for (TableIdentifier id : TABLES) {
        assertEquals(first, markers(catalog.loadTable(id)), "torn: " + id);
      }
      Set<String> missing = new HashSet<>(acknowledged);
      missing.removeAll(first);
      assertEquals(Set.of(), missing, "acknowledged, but not there");
      Set<String> unknown = new HashSet<>(first);
      unknown.removeAll(acknowledged);
      unknown.removeAll(unanswered);
      assertEquals(Set.of(), unknown, "there, but never sent");
    }
  }

  private static Set<String> markers(Table table) {
    Set<String> markers = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      assertTrue(markers.add(snapshot.summary().get(MARKER)), "committed twice");
    }
    return markers;
  }

  private RESTCatalog client() {
    RESTCatalog catalog = new RESTCatalog();
    catalog.initialize("lake", Map.of("uri", lake.catalogUri().toString()));
    return catalog;
  }
}
