package org.lyceum.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.lyceum.stack.TestKafka;
import org.lyceum.testdata.JsonMessage;
import org.lyceum.testdata.JsonMessageGenerator;
import org.lyceum.testdata.JsonMessageTruth;
import org.lyceum.testdata.JsonSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code make chaos ONLY=kafka}: messages with planted copies and broken records flow into a broker
 * while the stream that reads them is killed (SIGKILL) at random times; at the end the lake must
 * hold the generator's truth. Its last line is {@code chaos kafka: kills N, messages N, lost N,
 * doubled N}.
 */
@Command(name = "kafka-chaos", mixinStandardHelpOptions = true, sortOptions = false)
public final class KafkaChaos implements Callable<Integer> {
  private static final int PARTITIONS = 3;

  /** A kill before the first commit falls into this time after the start. */
  private static final int START_MILLIS = 10_000;

  /** Another falls into this time after the first commit. */
  private static final int COMMITS_MILLIS = 8_000;

  private static final int FIRST_COMMIT_SECONDS = 120;

  @Option(names = "--messages", defaultValue = "200000")
  private long messages;

  @Option(names = "--kills", defaultValue = "20")
  private int kills;

  @Option(names = "--seed", defaultValue = "0", description = "0: another one each time.")
  private long seed;

  @Option(names = "--interval", defaultValue = "2", description = "Seconds between commits.")
  private int interval;

  @Option(names = "--runner", defaultValue = "direct")
  private String runner;

  @Option(names = "--work", required = true, description = "Folder for the stream's output.")
  private Path work;

  public static void main(String[] args) {
    System.exit(new CommandLine(new KafkaChaos()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (seed == 0) {
      seed = System.nanoTime() & 0xFFFFFF;
    }
    Random random = new Random(seed);
    System.err.println("chaos kafka: seed " + seed + ", runner " + runner);
    Files.createDirectories(work);
    try (TestKafka kafka = TestKafka.start();
        RESTCatalog catalog = Lake.fromEnvironment().connect()) {
      JsonMessageGenerator generator =
          new JsonMessageGenerator(seed, messages, EnumSet.allOf(JsonSource.class));
      Flow flow = new Flow(kafka, generator, messages * 1_000L / kills / COMMITS_MILLIS);
      CompletableFuture<Void> flowing = CompletableFuture.runAsync(flow);
      int killed = 0;
      while (killed < kills) {
        flow.allow(messages * (killed + 1) / kills);
        if (!killed(kafka, catalog, random, killed + 1)) {
          System.err.println("chaos kafka: the stream ended by itself, see " + log());
          return 1;
        }
        killed++;
      }
      flow.allow(messages);
      flowing.get(10, TimeUnit.MINUTES);
      Process rest = ingest(kafka, "UNTIL=latest");
      if (rest.waitFor() != 0) {
        System.err.println("chaos kafka: the last run failed, see " + log());
        return 1;
      }
      return compare(generator, killed);
    } catch (TimeoutException e) {
      System.err.println("chaos kafka: the broker does not take the messages");
      return 1;
    }
  }

  /** One life of the stream, from its start to its kill; false if it ended before. */
  private boolean killed(TestKafka kafka, RESTCatalog catalog, Random random, int number)
      throws IOException, InterruptedException {
    boolean isEarly = random.nextInt(4) == 0;
    long after = random.nextInt(isEarly ? START_MILLIS : COMMITS_MILLIS);
    long before = commits(catalog);
    long started = System.nanoTime();
    Process stream = ingest(kafka, "INTERVAL=" + interval);
    long patience = started + TimeUnit.SECONDS.toNanos(FIRST_COMMIT_SECONDS);
    while (!isEarly && commits(catalog) == before && System.nanoTime() < patience) {
      if (stream.waitFor(100, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    if (stream.waitFor(after, TimeUnit.MILLISECONDS)) {
      return false;
    }
    kill(stream);
    System.err.printf(
        Locale.ROOT,
        "chaos kafka: kill %d, %.1f s after the start, %d commits%n",
        number,
        (System.nanoTime() - started) / 1e9,
        commits(catalog) - before);
    return true;
  }

  /** How often streams committed: each commit writes how far it read. */
  private static long commits(RESTCatalog catalog) {
    TableIdentifier state = Contracts.of("ops.state").identifier();
    if (!catalog.tableExists(state)) {
      return 0;
    }
    Snapshot snapshot = catalog.loadTable(state).currentSnapshot();
    return snapshot == null ? 0 : snapshot.sequenceNumber();
  }

  private Path log() {
    return work.resolve("stream.log");
  }

  private Process ingest(TestKafka kafka, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "make",
                "--no-print-directory",
                "ingest-kafka",
                "BOOTSTRAP=" + kafka.bootstrapServers(),
                "FEED=chaos",
                "RUNNER=" + runner,
                "PIPELINE_HEAP=1g"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  /** SIGKILL for make and all that it started. */
  private static void kill(Process process) throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }

  private int compare(JsonMessageGenerator generator, int killed) throws Exception {
    long lost = 0;
    long doubled = 0;
    Map<String, Long> failed = new TreeMap<>();
    Map<String, Long> books = new TreeMap<>();
    for (JsonSource source : JsonSource.values()) {
      JsonMessageTruth truth = generator.truth(source);
      long shown = one("select count(*) from events." + source.table());
      long distinct = one("select count(distinct event_id) from events." + source.table());
      long hidden =
          one("select count(*) from ops.duplicate where table_name = '" + source.table() + "'");
      System.err.printf(
          Locale.ROOT,
          "chaos kafka: %s: %,d events of %,d, %,d copies hidden of %,d%n",
          source.table(),
          shown,
          truth.events(),
          hidden,
          truth.hiddenCopies());
      lost += Math.max(0, truth.events() - distinct) + Math.max(0, truth.hiddenCopies() - hidden);
      doubled += Math.max(0, shown - truth.events()) + Math.max(0, hidden - truth.hiddenCopies());
      failed.merge("failed", truth.failedRecords(), Long::sum);
      books.merge("read", truth.read(), Long::sum);
      books.merge("parsed", truth.parsed(), Long::sum);
      books.merge("skipped", truth.skipped(), Long::sum);
      books.merge("failed", truth.failedRecords(), Long::sum);
    }
    long failedNow = one("select count(*) from ops.failed_record");
    lost += Math.max(0, failed.get("failed") - failedNow);
    doubled += Math.max(0, failedNow - failed.get("failed"));
    for (Map.Entry<String, Long> book : books.entrySet()) {
      long now = one("select sum(" + book.getKey() + ") from ops.delivery");
      if (now != book.getValue()) {
        System.err.printf(
            "chaos kafka: the books say %s %,d, true is %,d%n",
            book.getKey(), now, book.getValue());
        lost += Math.max(0, book.getValue() - now);
        doubled += Math.max(0, now - book.getValue());
      }
    }
    System.out.printf(
        "chaos kafka: kills %d, messages %d, lost %d, doubled %d%n",
        killed, messages, lost, doubled);
    return lost == 0 && doubled == 0 ? 0 : 1;
  }

  private static long one(String sql) throws Exception {
    Process query =
        new ProcessBuilder("make", "--no-print-directory", "-s", "sql", "Q=" + sql, "FORMAT=csv")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (query.waitFor() != 0) {
      throw new IllegalStateException("no answer to: " + sql);
    }
    String last = Arrays.stream(text.strip().split("\\s+")).reduce((one, other) -> other).get();
    String number = last.replace("\"", "");
    return number.isEmpty() ? 0 : Long.parseLong(number);
  }

  /** The messages, produced as far as is allowed. */
  private static final class Flow implements Runnable {
    private final TestKafka kafka;
    private final JsonMessageGenerator generator;
    private final long perSecond;
    private long allowed;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    Flow(TestKafka kafka, JsonMessageGenerator generator, long perSecond) {
      this.kafka = kafka;
      this.generator = generator;
      this.perSecond = Math.max(1, perSecond);
      for (JsonSource source : JsonSource.values()) {
        kafka.createTopic(source.topic(), PARTITIONS, Map.of("retention.ms", "-1"));
      }
    }

    synchronized void allow(long most) {
      allowed = Math.max(allowed, most);
      notifyAll();
    }

    private synchronized void await() throws InterruptedException {
      while (sent.get() >= allowed) {
        wait();
      }
    }

    @Override
    public void run() {
      Map<String, Object> settings =
          new TreeMap<>(
              Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 32 << 20));
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
        List<String> there = new ArrayList<>();
        long due = System.nanoTime();
        while (generator.hasNext()) {
          await();
          due = Math.max(due, System.nanoTime()) + TimeUnit.SECONDS.toNanos(1) / perSecond;
          LockSupport.parkNanos(due - System.nanoTime());
          JsonMessage message = generator.next();
          if (there.isEmpty()) {
            Arrays.stream(JsonSource.values()).map(JsonSource::topic).forEach(there::add);
          }
          if (!there.contains(message.topic())) {
            kafka.createTopic(message.topic(), 1, Map.of("retention.ms", "-1"));
            there.add(message.topic());
          }
          var record =
              new ProducerRecord<byte[], byte[]>(
                  message.topic(), null, message.timestamp(), null, message.value());
          message
              .headers()
              .forEach(
                  (name, value) ->
                      record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
          var unused = producer.send(record, (metadata, e) -> failure.compareAndSet(null, e));
          sent.incrementAndGet();
        }
        producer.flush();
        if (failure.get() != null) {
          throw new IllegalStateException("the broker refused a message", failure.get());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
