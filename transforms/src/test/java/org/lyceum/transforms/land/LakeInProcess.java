package org.lyceum.transforms.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.SessionCatalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.RESTClient;
import org.lyceum.catalog.ApplyContracts;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.LocalFiles;
import org.lyceum.stack.catalog.LocalCatalog;
import org.lyceum.transforms.io.FoundObjects;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.io.ReadObjects;
import org.lyceum.transforms.io.S3Settings;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.LakeCommit;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.lake.MergeFiles;
import org.lyceum.transforms.lake.MergePlan;
import org.lyceum.transforms.lake.RunInfo;
import org.lyceum.transforms.parse.Formats;
import org.lyceum.transforms.parse.RecordParser;
import org.lyceum.transforms.parse.StoredParser;

/**
 * A lake of one test, its catalog in this process; logs are planned, landed and committed as the
 * pipeline does it.
 */
public final class LakeInProcess implements AutoCloseable {
  public static final String FEED = "school";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
  private static final LogPlan.Limits LIMITS = new LogPlan.Limits(1 << 20, 100, 400, 3);
  private static final DayPlan.Limits DAYS = new DayPlan.Limits(1 << 20, 3, 1 << 20, 2);
  private static final Contract EDX = Contracts.of("events.edx_tracking_log");
  private static final Contract OPENSTAX = Contracts.of("events.openstax_event");

  private final Path folder;
  private final RESTCatalog catalog;
  private final RecordParser parser = Formats.parser("edx_tracking_log");
  private Runnable beforeCommit;
  private int runs;

  public LakeInProcess() {
    try {
      folder = Files.createTempDirectory("lyceum-lake");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LocalCatalog local = LocalCatalog.open(folder);
    RESTClient interrupted =
        (RESTClient)
            Proxy.newProxyInstance(
                RESTClient.class.getClassLoader(),
                new Class<?>[] {RESTClient.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("post")
                      && arguments[0].toString().contains("transactions/commit")) {
                    interrupt();
                  }
                  if (method.getName().equals("withAuthSession")) {
                    return proxy;
                  }
                  try {
                    return method.invoke(local, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    catalog = new RESTCatalog(SessionCatalog.SessionContext.createEmpty(), config -> interrupted);
    Configuration hadoop = new Configuration(false);
    hadoop.set(LocalFiles.SETTING, LocalFiles.class.getName());
    catalog.setConf(hadoop);
    catalog.initialize("lake", Map.of("uri", "http://in-process"));
    ApplyContracts.apply(catalog, Contracts.all());
  }

  private void interrupt() {
    Runnable action = beforeCommit;
    beforeCommit = null;
    if (action != null) {
      action.run();
    }
  }

  /**
   * Runs once, between the decision of the next commit and its request, so that this is refused.
   */
  public void beforeNextCommit(Runnable action) {
    beforeCommit = action;
  }

  public RESTCatalog catalog() {
    return catalog;
  }

  /** Merges what is closed of all tables, in small steps; {@code now} says what is. */
  public void merge(MergePlan.Closed closed, Instant now) {
    MergeFiles merge =
        new MergeFiles(
            catalog, Clock.fixed(now, ZoneOffset.UTC), new MergeFiles.Limits(100_000, 60, 5));
    Contracts.all().stream()
        .filter(contract -> !contract.table().equals("ops.state"))
        .forEach(contract -> merge.merge(contract, closed));
  }

  public Path folder() {
    return folder;
  }

  /** Ingests files as `make ingest-edx-logs` does; returns how many commits that took. */
  int ingest(List<LogFile> files, boolean force) {
    return ingest(FEED, files, force);
  }

  int ingest(String feed, List<LogFile> files, boolean force) {
    LogPlan plan = LogPlan.of(files, feed, ledger(), parser.version(), force, false, LIMITS);
    RunInfo run = run("ingest-edx-logs", null);
    int number = 0;
    for (LogBatch batch : plan.batches()) {
      number++;
      CommitRequest request =
          new CommitRequest(
              run,
              number,
              number == plan.batches().size(),
              "edx",
              feed,
              CommitRequest.Kind.FILE,
              List.of(parser.contract().table()),
              parser.version(),
              force,
              false,
              batch.leftOut(),
              batch.seen(),
              List.of());
      LakeCommit.commit(catalog, request, land(batch, run.runId()), CLOCK);
    }
    return number;
  }

  private List<Landed> land(LogBatch batch, String runId) {
    Table events = catalog.loadTable(parser.contract().identifier());
    LandRange.Tools tools =
        new LandRange.Tools(
            events,
            table("ops.failed_record"),
            events.schema(),
            Formats.parser("edx_tracking_log"),
            "edx",
            runId);
    List<Landed> landed = new ArrayList<>();
    for (LandUnit unit : batch.units()) {
      for (LogRange range : unit.ranges()) {
        try (LandRange landing = new LandRange(tools, unit.feed(), range)) {
          landed.add(landing.land());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return landed;
  }

  /** Ingests stored days as `make ingest-openstax` does; returns how many commits that took. */
  int ingestDays(FoundObjects found, boolean force, boolean replace) {
    StoredParser stored = Formats.storedParser("openstax_parquet");
    Ledger ledger = ledger("openstax");
    DayPlan plan = DayPlan.of(found, FEED, ledger, stored.version(), force, DAYS);
    RunInfo run = run("ingest-openstax", null);
    int number = 0;
    for (DayBatch batch : plan.batches()) {
      number++;
      CommitRequest request =
          new CommitRequest(
              run,
              number,
              number == plan.batches().size(),
              "openstax",
              FEED,
              CommitRequest.Kind.DAY,
              List.of(OPENSTAX.table()),
              stored.version(),
              force,
              replace,
              batch.leftOut(),
              batch.seen(),
              List.of());
      LakeCommit.commit(catalog, request, land(batch, stored, run.runId()), CLOCK);
    }
    return number;
  }

  private List<Landed> land(DayBatch batch, StoredParser stored, String runId) {
    DeliveryFiles.Worker worker = new DeliveryFiles.Worker(catalog, runId);
    List<Landed> landed = new ArrayList<>();
    try (ReadObjects objects = new ReadObjects(S3Settings.of(Map.of()), 1, 1 << 20)) {
      for (DayUnit unit : batch.units()) {
        for (DayPart part : unit.parts()) {
          landed.add(new LandDay(worker, stored, unit.feed(), part).land(objects));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return landed;
  }

  /** Takes a delivery out; returns how many events no longer show. */
  long remove(String delivery) {
    return remove(delivery, EDX);
  }

  long removeDay(String delivery) {
    return remove(delivery, OPENSTAX);
  }

  private long remove(String delivery, Contract from) {
    CommitRequest request =
        new CommitRequest(
            run("remove", "a test"),
            1,
            true,
            from.source(),
            FEED,
            CommitRequest.Kind.FILE,
            List.of(from.table()),
            0,
            false,
            false,
            List.of(),
            List.of(),
            List.of(new CommitRequest.Removal(delivery)));
    long vanishing = LakeCommit.rehearse(catalog, request, List.of()).vanishing();
    LakeCommit.commit(catalog, request, List.of(), CLOCK);
    return vanishing;
  }

  private RunInfo run(String pipeline, String reason) {
    return new RunInfo(String.format("run-%04d", ++runs), pipeline, "direct", 0, "test", reason);
  }

  private Ledger ledger() {
    return ledger("edx");
  }

  private Ledger ledger(String source) {
    Table deliveries = table("ops.delivery");
    return Ledger.read(deliveries, deliveries.currentSnapshot(), source);
  }

  public Table table(String name) {
    return catalog.loadTable(Contracts.of(name).identifier());
  }

  /** Rows as readers see them. */
  public List<Record> read(String name) {
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table(name)).build()) {
      List<Record> all = new ArrayList<>();
      rows.forEach(all::add);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Columns of the rows that readers see, as text, sorted. */
  public Set<String> column(String table, String... columns) {
    TreeSet<String> values = new TreeSet<>();
    for (Record row : read(table)) {
      List<String> parts = new ArrayList<>();
      for (String column : columns) {
        parts.add(String.valueOf(row.getField(column)));
      }
      if (!values.add(String.join(" ", parts))) {
        throw new AssertionError("twice in " + table + ": " + parts);
      }
    }
    return values;
  }

  /** The table without run, delivery and position: what must not depend on how it came in. */
  Map<String, String> content() {
    return content(EDX);
  }

  Map<String, String> contentOfDays() {
    return content(OPENSTAX);
  }

  private Map<String, String> content(Contract of) {
    TreeMap<String, String> rows = new TreeMap<>();
    for (Record row : read(of.table())) {
      StringBuilder text = new StringBuilder();
      for (var field : row.struct().fields()) {
        if (!List.of("run_id", "delivery", "position").contains(field.name())) {
          text.append(field.name()).append('=').append(row.getField(field.name())).append('\n');
        }
      }
      if (rows.put(row.getField("event_id").toString(), text.toString()) != null) {
        throw new AssertionError("an event shows twice");
      }
    }
    return rows;
  }

  @Override
  public void close() {
    try {
      catalog.close();
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
