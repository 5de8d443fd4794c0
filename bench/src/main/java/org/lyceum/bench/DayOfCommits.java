package org.lyceum.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.lyceum.transforms.lake.CheckLake;
import org.lyceum.transforms.lake.OffsetBatch;
import org.lyceum.transforms.lake.OffsetsCommit;
import org.lyceum.transforms.lake.RunInfo;
import org.lyceum.transforms.lake.StreamUpkeep;
import org.lyceum.transforms.lake.Upkeep;

/**
 * A stream's day, a commit every ten seconds, as fast as the lake takes it: the real catalog, the
 * real commit and the stream's own upkeep, by a clock that each commit moves on. What is printed,
 * and how to read it, stands in the README of this folder.
 */
final class DayOfCommits {
  /** Commits of a day, ten seconds apart. */
  static final int WHOLE_DAY = 8_640;

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
  private static final int FIRST_COMMITS = 100;

  private static final Upkeep.Ages AGES = new Upkeep.Ages(Duration.ofDays(5), Duration.ofDays(1));

  private final int commits;
  private final String jdbcUrl;

  /** At most a day: the simulated one has a single delivery. */
  DayOfCommits(int commits, int trinoPort) throws BenchFailure {
    if (commits < 2 * FIRST_COMMITS || commits > WHOLE_DAY) {
      throw new BenchFailure(
          "--day-commits=" + commits + ": from " + 2 * FIRST_COMMITS + " to " + WHOLE_DAY);
    }
    this.commits = commits;
    this.jdbcUrl = "jdbc:trino://127.0.0.1:" + trinoPort + "/lake";
  }

  /** A clock that only we move. */
  private static final class Simulated extends Clock {
    private Instant now = MIDNIGHT;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return zone.equals(ZoneOffset.UTC) ? this : Clock.fixed(now, zone);
    }
  }

  /** Runs it in a lake that does not hold such a day. */
  void run() throws BenchFailure {
    System.err.printf(
        Locale.ROOT,
        "day: %,d commits of the %,d of a day, %d messages each%n",
        commits,
        WHOLE_DAY,
        DayBatches.MESSAGES);
    try (RESTCatalog catalog = Lake.fromEnvironment().connect()) {
      RunInfo run =
          new RunInfo(UUID.randomUUID().toString(), "ingest-kafka", "none", 0, "bench", null);
      Simulated clock = new Simulated();
      List<Double> millis = commitAll(catalog, run, clock);
      print("metadata-end", metadataMegabytes(catalog), "MB");
      print("commit-start", median(millis, FIRST_COMMITS / 2, FIRST_COMMITS * 3 / 2), "ms");
      print("commit-end", median(millis, commits - FIRST_COMMITS, commits), "ms");
      print("files-end", (double) files(catalog), "files");
      check(catalog);
      List<String> said = new ArrayList<>();
      RunInfo upkeep = new RunInfo(run.runId() + "-upkeep", "maintain", "none", 0, "bench", null);
      if (!Upkeep.run(catalog, upkeep, AGES, Clock.systemUTC(), said::add)) {
        throw new BenchFailure("after upkeep: " + String.join("; ", said));
      }
      check(catalog);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits the day; returns how long each commit took. */
  private List<Double> commitAll(RESTCatalog catalog, RunInfo run, Simulated clock)
      throws BenchFailure {
    DayBatches batches =
        new DayBatches(
            catalog.loadTable(DayBatches.CONTRACT.identifier()), run.runId(), MIDNIGHT, INTERVAL);
    List<Double> millis = new ArrayList<>();
    long started = System.nanoTime();
    try (StreamUpkeep upkeep = StreamUpkeep.betweenCommits(catalog, run.runId(), clock)) {
      for (int number = 1; number <= commits; number++) {
        List<OffsetBatch> some = batches.of(number - 1L);
        clock.now = clock.now.plus(INTERVAL);
        millis.add(commit(catalog, request(run, number, clock), some, clock));
        upkeep.afterCommit(number);
        if (number == FIRST_COMMITS) {
          print("metadata-start", metadataMegabytes(catalog), "MB");
        }
        if (number % FIRST_COMMITS == 0) {
          tell(number, millis, started);
        }
      }
    }
    return millis;
  }

  private OffsetsCommit.Request request(RunInfo run, int number, Clock clock) {
    return new OffsetsCommit.Request(
        run,
        clock.millis(),
        number,
        number == 1,
        number == commits,
        DayBatches.FEED,
        DayBatches.starts());
  }

  private static double commit(
      RESTCatalog catalog, OffsetsCommit.Request request, List<OffsetBatch> batches, Clock clock)
      throws BenchFailure {
    long before = System.nanoTime();
    OffsetsCommit.Outcome outcome = OffsetsCommit.append(catalog, request, batches, clock);
    double took = (System.nanoTime() - before) / 1e6;
    if (outcome.records() != DayBatches.MESSAGES) {
      throw new BenchFailure(
          "a commit took "
              + outcome.records()
              + " of "
              + DayBatches.MESSAGES
              + " messages: the lake holds a day already, empty it first");
    }
    return took;
  }

  private void tell(int number, List<Double> millis, long started) {
    double seconds = (System.nanoTime() - started) / 1e9;
    System.err.printf(
        Locale.ROOT,
        "day: %,d of %,d commits, %.0f ms each, %.0f s, %.0f s left%n",
        number,
        commits,
        median(millis, number - FIRST_COMMITS, number),
        seconds,
        seconds / number * (commits - number));
  }

  private static double median(List<Double> millis, int from, int to) {
    return EdxIngestBenchmark.median(millis.subList(from, to));
  }

  private static void print(String figure, double value, String unit) {
    System.out.printf(
        Locale.ROOT,
        unit.equals("MB") ? "bench day.%s %.2f %s%n" : "bench day.%s %.0f %s%n",
        figure,
        value,
        unit);
  }

  /** Bytes in the metadata folders of all tables: metadata files, manifests and their lists. */
  private static double metadataMegabytes(RESTCatalog catalog) {
    long bytes = 0;
    for (Contract contract : Contracts.all()) {
      String location = catalog.loadTable(contract.identifier()).location();
      Path folder = Path.of(location.replaceFirst("^file:/*", "/")).resolve("metadata");
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          bytes += Files.size(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes / 1e6;
  }

  /** Data files and masks that readers of all tables meet. */
  private static long files(RESTCatalog catalog) {
    long files = 0;
    for (Contract contract : Contracts.all()) {
      Table table = catalog.loadTable(contract.identifier());
      Snapshot snapshot = table.currentSnapshot();
      if (snapshot != null) {
        files += Long.parseLong(snapshot.summary().getOrDefault("total-data-files", "0"));
        files += Long.parseLong(snapshot.summary().getOrDefault("total-delete-files", "0"));
      }
    }
    return files;
  }

  /** Trino shows each event once, and the lake keeps its promises. */
  private void check(RESTCatalog catalog) throws BenchFailure, IOException {
    long sent = (long) commits * DayBatches.MESSAGES;
    String expected = (sent - DayBatches.copies(sent)) + " events, each once";
    String shown = shown();
    if (!shown.equals(expected)) {
      throw new BenchFailure("Trino shows " + shown + "; it should be " + expected);
    }
    for (CheckLake.Line line : CheckLake.check(catalog)) {
      if (!line.isKept()) {
        throw new BenchFailure("the lake breaks a promise: " + line.text());
      }
    }
    System.err.println("day: Trino shows " + shown + "; the lake keeps its promises");
  }

  private String shown() throws BenchFailure {
    try (Connection trino = DriverManager.getConnection(jdbcUrl, "bench", null);
        Statement statement = trino.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*), count(distinct event_id) from "
                    + DayBatches.CONTRACT.table()
                    + " where feed = '"
                    + DayBatches.FEED
                    + "'")) {
      row.next();
      long rows = row.getLong(1);
      long events = row.getLong(2);
      return events + " events, " + (rows == events ? "each once" : "by " + rows + " rows");
    } catch (SQLException e) {
      throw new BenchFailure("Trino does not answer: " + e.getMessage());
    }
  }
}
