package org.lyceum.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.lyceum.catalog.Lake;
import org.lyceum.stack.TestKafka;

/**
 * How long it takes from producing a message to seeing it in Trino, under a steady rate, on a day
 * that is already full: a real broker, the real stream, the real Trino. Prints {@code bench
 * freshness.p50} and {@code .p99} in seconds, and how long commits took on an empty day and on the
 * full one.
 */
final class FreshnessBenchmark {
  private static final String TOPIC = "kinesinlms_events";
  private static final String FEED = "bench";
  private static final int PARTITIONS = 3;

  /**
   * A look costs Trino as much as a researcher's question; what it is late by counts as waiting.
   */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** A copy of an earlier message every so many messages. */
  private static final int COPY_EVERY = 100;

  private static final Pattern COMMIT = Pattern.compile("by ([\\d,]+) commits, .* in ([\\d,]+) ms");

  /**
   * What is measured.
   *
   * @param rows of the day before
   * @param commits that they came by
   * @param perSecond messages
   * @param seconds that are measured; the minute before them is not: a JVM has to warm up
   */
  record Plan(long rows, int commits, int perSecond, int seconds, int interval) {
    static final Plan STANDARD = new Plan(50_000_000, 3_000, 5_000, 120, 10);
  }

  private record Produced(int partition, long offset, long nanos) {}

  /** What a question shows, and when it was asked: from then on it is visible. */
  private record Seen(Map<Integer, Long> offsets, long nanos) {}

  private final Plan plan;
  private final Path work;
  private final String jdbcUrl;

  FreshnessBenchmark(Plan plan, Path work, int trinoPort) {
    this.plan = plan;
    this.work = work;
    this.jdbcUrl = "jdbc:trino://127.0.0.1:" + trinoPort + "/lake";
  }

  void run() throws BenchFailure, IOException, SQLException, InterruptedException {
    try (TestKafka kafka = TestKafka.start();
        RESTCatalog catalog = Lake.fromEnvironment().connect()) {
      kafka.createTopic(TOPIC, PARTITIONS);
      double empty = commitMillis(measure(kafka, plan.seconds() / 3, null));
      long started = System.nanoTime();
      new FullDay(catalog, FEED, TOPIC, Instant.now()).write(plan.rows(), plan.commits());
      System.err.printf(
          Locale.ROOT,
          "freshness: a day of %,d rows by %,d commits, prepared in %.0f s%n",
          plan.rows(),
          plan.commits(),
          (System.nanoTime() - started) / 1e9);
      List<Double> waits = new ArrayList<>();
      double full = commitMillis(measure(kafka, plan.seconds(), waits));
      waits.sort(null);
      System.out.printf(Locale.ROOT, "bench freshness.p50 %.1f s%n", quantile(waits, 0.50));
      System.out.printf(Locale.ROOT, "bench freshness.p99 %.1f s%n", quantile(waits, 0.99));
      System.out.printf(Locale.ROOT, "bench freshness.commit-empty-day %.0f ms%n", empty);
      System.out.printf(Locale.ROOT, "bench freshness.commit-full-day %.0f ms%n", full);
    }
  }

  private static double quantile(List<Double> sorted, double at) {
    return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(sorted.size() * at)));
  }

  /** Runs the stream under the steady rate; returns its output. */
  private Path measure(TestKafka kafka, int seconds, List<Double> waits)
      throws BenchFailure, IOException, SQLException, InterruptedException {
    Path log = Files.createTempFile(work, "stream-", ".log");
    Process stream =
        new ProcessBuilder(
                "make",
                "--no-print-directory",
                "ingest-kafka",
                "BOOTSTRAP=" + kafka.bootstrapServers(),
                "TOPICS=" + TOPIC,
                "FEED=" + FEED,
                "INTERVAL=" + plan.interval())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      ConcurrentLinkedQueue<Produced> produced = new ConcurrentLinkedQueue<>();
      List<Seen> seen = new ArrayList<>();
      Instant begin = Instant.now();
      long warm = TimeUnit.SECONDS.toNanos(60);
      long end = System.nanoTime() + warm + TimeUnit.SECONDS.toNanos(seconds);
      long from = System.nanoTime() + warm;
      Thread producing = new Thread(() -> produce(kafka, end, produced), "produce");
      producing.start();
      long patience = end + TimeUnit.SECONDS.toNanos(12L * plan.interval());
      while (System.nanoTime() < patience && stream.isAlive()) {
        seen.add(look(begin));
        boolean isAllSeen =
            !producing.isAlive() && produced.stream().allMatch(one -> isIn(one, seen));
        if (isAllSeen) {
          break;
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
      producing.join();
      if (waits != null) {
        addWaits(produced, seen, from, waits);
      }
      return log;
    } finally {
      List<ProcessHandle> all = new ArrayList<>(stream.descendants().toList());
      all.add(stream.toHandle());
      all.forEach(ProcessHandle::destroy);
      stream.waitFor();
    }
  }

  private static boolean isIn(Produced one, List<Seen> seen) {
    return seen.get(seen.size() - 1).offsets.getOrDefault(one.partition, -1L) >= one.offset;
  }

  private static void addWaits(
      Iterable<Produced> produced, List<Seen> seen, long from, List<Double> waits)
      throws BenchFailure {
    for (Produced one : produced) {
      if (one.nanos < from) {
        continue;
      }
      Seen first =
          seen.stream()
              .filter(look -> look.offsets.getOrDefault(one.partition, -1L) >= one.offset)
              .findFirst()
              .orElseThrow(() -> new BenchFailure("a message was produced and never seen"));
      waits.add((first.nanos - one.nanos) / 1e9);
    }
  }

  /** The largest offset of each partition that Trino shows, of messages of the last two minutes. */
  private Seen look(Instant begin) throws SQLException {
    Instant recent = Instant.now().minus(Duration.ofMinutes(2));
    Instant since = recent.isAfter(begin) ? recent : begin;
    Map<Integer, Long> offsets = new TreeMap<>();
    long asked = System.nanoTime();
    try (Connection trino = DriverManager.getConnection(jdbcUrl, "bench", null);
        Statement statement = trino.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select cast(substr(position, 1, 6) as bigint),"
                    + " max(cast(substr(position, 8, 20) as bigint)) from events.kinesinlms_event"
                    + " where occurred_at >= timestamp '"
                    + since.toString().replace('T', ' ').replace("Z", " UTC")
                    + "' and position < '000900' group by 1")) {
      while (row.next()) {
        offsets.put(row.getInt(1), row.getLong(2));
      }
    }
    return new Seen(offsets, asked);
  }

  private void produce(TestKafka kafka, long end, ConcurrentLinkedQueue<Produced> produced) {
    Map<String, Object> settings =
        new TreeMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long started = System.nanoTime();
      byte[] earlier = null;
      for (long i = 0; System.nanoTime() < end; i++) {
        long due = started + i * TimeUnit.SECONDS.toNanos(1) / plan.perSecond();
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        byte[] value = i % COPY_EVERY == COPY_EVERY - 1 && earlier != null ? earlier : event(i);
        if (i % COPY_EVERY == 0) {
          earlier = value;
        }
        long nanos = System.nanoTime();
        var unused =
            producer.send(
                new ProducerRecord<>(TOPIC, value),
                (metadata, e) ->
                    produced.add(new Produced(metadata.partition(), metadata.offset(), nanos)));
      }
    }
  }

  private static byte[] event(long number) {
    return ("{\"uuid\":\""
            + UUID.randomUUID()
            + "\",\"event_type\":\"kinesinlms.course.video.activity\",\"time\":\""
            + Instant.now()
            + "\",\"user\":"
            + number % 5_000
            + ",\"anon_username\":null,\"course_slug\":\"ALG1\",\"course_run\":\"2026\","
            + "\"unit_node_slug\":\"unit-"
            + number % 40
            + "\",\"course_unit_id\":"
            + number % 40
            + ",\"course_unit_slug\":\"unit\",\"block_uuid\":null,\"event_data\":{\"video_id\":\"v"
            + number % 100
            + "\",\"video_event_type\":\"kinesinlms.course.video.play\"}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Median of how long commits took, as the stream's progress line says. */
  private static double commitMillis(Path log) throws IOException, BenchFailure {
    Map<String, Long> byCommit = new TreeMap<>();
    for (String line : Files.readAllLines(log)) {
      Matcher commit = COMMIT.matcher(line);
      if (commit.find()) {
        byCommit.put(commit.group(1), Long.parseLong(commit.group(2).replace(",", "")));
      }
    }
    byCommit.remove("0");
    long[] millis = byCommit.values().stream().mapToLong(Long::longValue).toArray();
    if (millis.length == 0) {
      throw new BenchFailure("the stream never committed, see " + log);
    }
    Arrays.sort(millis);
    return millis[millis.length / 2];
  }
}
