package org.lyceum.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.lyceum.stack.TestS3;
import org.lyceum.transforms.io.FindObjects;
import org.lyceum.transforms.io.FoundObjects;
import org.lyceum.transforms.io.ParquetRecords;
import org.lyceum.transforms.io.ReadObjects;
import org.lyceum.transforms.io.S3Settings;
import org.lyceum.transforms.io.StoredObject;
import org.lyceum.transforms.io.Timestamp;
import org.lyceum.transforms.io.UnreadableObjectException;
import org.lyceum.transforms.parse.Formats;
import org.lyceum.transforms.parse.StoredParser;

/**
 * What a researcher does today, kindly: two workers read the semester's files from S3 one after the
 * other, bind them together in memory (only what the questions need, in plain Java and not in R),
 * and then answer. Every file is read, once for each question's figure and not twice, as reading is
 * the same for both.
 */
public final class TodaysWay {
  private static final int WORKERS = 2;

  private TodaysWay() {}

  /** What is kept of an event. */
  private record Event(
      String type, Object session, Object order, Object user, long day, String book) {}

  /** Seconds for each of the questions, by a process of its own over an S3 of its own. */
  static List<Double> measured(Sides sides, Path folder, long rows, Questions questions)
      throws BenchFailure {
    Path log = sides.work().resolve("logs").resolve("today.log");
    try (TestS3 s3 = TestS3.start()) {
      link(folder, s3.createBucket("semester").resolve("events"));
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-Xmx3g",
              "-Daws.accessKeyId=" + s3.accessKeyId(),
              "-Daws.secretAccessKey=" + s3.secretAccessKey(),
              "-cp",
              System.getProperty("java.class.path"),
              TodaysWay.class.getName(),
              s3.endpoint().toString(),
              s3.region(),
              "s3://semester/events");
      String last = MeasuredProcess.lastLine(command, log);
      System.out.println("run openstax-question-today: " + last);
      List<String> words = List.of(last.split(" ", -1));
      if (Long.parseLong(words.get(0)) != rows) {
        throw new BenchFailure("today's way read " + words.get(0) + " rows of " + rows);
      }
      questions.check(Questions.ALL.get(0), Long.parseLong(words.get(7)));
      questions.check(Questions.ALL.get(1), Long.parseLong(words.get(9)));
      return List.of(Double.valueOf(words.get(2)), Double.valueOf(words.get(4)));
    } catch (IOException e) {
      throw new BenchFailure("cannot put the files on S3: " + e.getMessage());
    }
  }

  private static void link(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        Path there = to.resolve(from.relativize(file).toString());
        Files.createDirectories(there.getParent());
        Files.createLink(there, file);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    StoredParser parser = Formats.storedParser("openstax_parquet");
    S3Settings s3 = S3Settings.of(Map.of("AWS_ENDPOINT_URL", args[0], "AWS_REGION", args[1]));
    FoundObjects found = FindObjects.of(args[2], null, null, parser::event, s3);
    List<Event> events = read(found.objects(), s3);
    double read = seconds(start);
    start = System.nanoTime();
    int byDay = eventsByTypeDayBook(events);
    double first = read + seconds(start);
    start = System.nanoTime();
    int byUser = sessionsPerUser(events);
    double second = read + seconds(start);
    System.out.printf(
        Locale.ROOT,
        "%d rows %.2f s, %.2f s for %d and %d rows%n",
        events.size(),
        first,
        second,
        byDay,
        byUser);
    System.exit(0);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static List<Event> read(List<StoredObject> objects, S3Settings s3) throws Exception {
    List<Event> all = new ArrayList<>();
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try (ReadObjects reader = new ReadObjects(s3, WORKERS, 1)) {
      List<Future<List<Event>>> shares = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        List<StoredObject> share =
            objects.subList(
                objects.size() * worker / WORKERS, objects.size() * (worker + 1) / WORKERS);
        shares.add(workers.submit(() -> share(share, reader)));
      }
      for (Future<List<Event>> share : shares) {
        all.addAll(share.get());
      }
    } finally {
      workers.shutdown();
    }
    return all;
  }

  private static List<Event> share(List<StoredObject> objects, ReadObjects reader)
      throws UnreadableObjectException {
    List<Event> events = new ArrayList<>();
    for (StoredObject object : objects) {
      try (ParquetRecords records = ParquetRecords.of(reader.read(object))) {
        while (records.next()) {
          events.add(event(object.event(), records.record()));
        }
      }
    }
    return events;
  }

  private static Event event(String type, Map<String, Object> record) {
    Object book = record.containsKey("scope_id") ? record.get("scope_id") : record.get("book_id");
    if (book == null && record.get("source_metadata") instanceof Map<?, ?> metadata) {
      book = metadata.get("scope_id");
    }
    if (book == null && "rex".equals(record.get("app"))) { // a nudge's
      book = record.get("context");
    }
    long day = 0;
    if (record.get("occurred_at") instanceof Timestamp moment) {
      day = Math.floorDiv(moment.unit().toMicros(moment.value()), 86_400_000_000L);
    } else if (record.get("timestamp") instanceof String text) { // a statement's
      day = LocalDate.parse(text.substring(0, 10)).toEpochDay();
    }
    Object id = record.containsKey("session_uuid") ? record.get("session_uuid") : record.get("id");
    return new Event(
        type,
        text(id),
        record.get("session_order"),
        text(record.get("user_uuid")),
        day,
        text(book));
  }

  private static String text(Object uuid) {
    return uuid instanceof byte[] bytes
        ? new BigInteger(1, bytes).toString(16)
        : uuid == null ? null : uuid.toString().replace("-", "").replaceFirst("^0+", "");
  }

  private static int eventsByTypeDayBook(List<Event> events) {
    Set<List<Object>> seen = new HashSet<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Event event : events) {
      List<Object> key = new ArrayList<>(3);
      key.add(event.type());
      key.add(event.session());
      key.add(event.order());
      if (seen.add(key)) {
        counts.merge(event.type() + " " + event.day() + " " + event.book(), 1, Integer::sum);
      }
    }
    return counts.size();
  }

  private static int sessionsPerUser(List<Event> events) {
    Map<Object, Set<Object>> sessions = new HashMap<>();
    for (Event event : events) {
      if (event.user() != null) {
        sessions.computeIfAbsent(event.user(), any -> new HashSet<>()).add(event.session());
      }
    }
    return sessions.size();
  }
}
