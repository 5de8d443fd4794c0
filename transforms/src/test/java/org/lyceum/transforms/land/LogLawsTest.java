package org.lyceum.transforms.land;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.lyceum.transforms.io.FindFiles;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.io.LogName;
import org.lyceum.transforms.io.UnreadableLogException;
import org.lyceum.transforms.lake.LakeCommit;
import org.lyceum.transforms.lake.MergePlan;

/**
 * Laws 1, 2 and 3 against a brute-force model: random files with shared lines are ingested, grow,
 * are edited, moved, zipped, damaged and removed, beside commits of others that come in between.
 * After every step the rows that show, the hidden copies, the failed records and the accounts are
 * what the model says.
 */
class LogLawsTest {
  private static final int EVENTS = 9;
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  /** What can happen to the folder of logs or to the lake. */
  sealed interface Step {
    /** A log is written or overwritten; a negative line is broken, 0 a comment. */
    record Write(int path, List<Integer> lines, boolean isEnded) implements Step {}

    record Append(int path, List<Integer> lines) implements Step {}

    record Move(int from, int to) implements Step {}

    record Zip(int path) implements Step {}

    record Damage(int path) implements Step {}

    record Ingest(Set<Integer> paths, boolean force) implements Step {}

    /** Another run commits one log between the decision and the commit of this one. */
    record IngestBeside(Set<Integer> paths, int other) implements Step {}

    record Remove(int nth) implements Step {}

    /** Upkeep merges files; with a path, a log is ingested between a merge and its commit. */
    record Merge(Integer beside) implements Step {}

    /** Upkeep merges files between the decision and the commit of a run. */
    record IngestBesideMerge(Set<Integer> paths) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> path = Arbitraries.integers().between(0, 3);
    Arbitrary<Set<Integer>> paths = path.set().ofMinSize(1);
    Arbitrary<List<Integer>> lines =
        Arbitraries.integers().between(-2, EVENTS).list().ofMinSize(1).ofMaxSize(6);
    Arbitrary<Step> write =
        Combinators.combine(path, lines, Arbitraries.of(true, true, false)).as(Step.Write::new);
    Arbitrary<Step> append = Combinators.combine(path, lines).as(Step.Append::new);
    Arbitrary<Step> move = Combinators.combine(path, path).as(Step.Move::new);
    Arbitrary<Step> ingest =
        Combinators.combine(paths, Arbitraries.of(false, false, true)).as(Step.Ingest::new);
    Arbitrary<Step> beside = Combinators.combine(paths, path).as(Step.IngestBeside::new);
    Arbitrary<Step> remove = Arbitraries.integers().between(0, 5).map(Step.Remove::new);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, write),
            net.jqwik.api.Tuple.of(3, append),
            net.jqwik.api.Tuple.of(1, move),
            net.jqwik.api.Tuple.of(1, path.map(Step.Zip::new)),
            net.jqwik.api.Tuple.of(1, path.map(Step.Damage::new)),
            net.jqwik.api.Tuple.of(6, ingest),
            net.jqwik.api.Tuple.of(2, beside),
            net.jqwik.api.Tuple.of(1, remove),
            net.jqwik.api.Tuple.of(2, path.injectNull(0.6).map(Step.Merge::new)),
            net.jqwik.api.Tuple.of(1, paths.map(Step.IngestBesideMerge::new)))
        .list()
        .ofMinSize(4)
        .ofMaxSize(10);
  }

  @Property(tries = 40, seed = "20261121", shrinking = ShrinkingMode.BOUNDED)
  void theLakeIsWhatTheModelSays(@ForAll("steps") List<Step> steps) {
    try (LakeInProcess lake = new LakeInProcess()) {
      Model model = new Model(lake);
      steps.forEach(model::step);
      model.step(new Step.Ingest(Set.of(0, 1, 2, 3), false));
      long before = snapshots(lake);
      if (!model.hasDamaged()) {
        lake.ingest(model.files(Set.of(0, 1, 2, 3)), false);
        assertEquals(before, snapshots(lake), "a rerun of what is unchanged commits nothing");
      }
      var content = lake.content();
      model.step(new Step.Ingest(Set.of(0, 1, 2, 3), false));
      assertEquals(content, lake.content(), "run twice is run once");
    }
  }

  private static long snapshots(LakeInProcess lake) {
    long count = 0;
    for (String table :
        List.of(
            "events.edx_tracking_log",
            "ops.delivery",
            "ops.run",
            "ops.duplicate",
            "ops.failed_record")) {
      for (var unused : lake.table(table).snapshots()) {
        count++;
      }
    }
    return count;
  }

  /** The same logs in any order and cut into any runs give the same table. */
  @Property(tries = 5, seed = "20261122", shrinking = ShrinkingMode.OFF)
  void orderNeverShows(@ForAll("steps") List<Step> steps, @ForAll java.util.Random random) {
    try (LakeInProcess one = new LakeInProcess();
        LakeInProcess other = new LakeInProcess()) {
      Model logs = new Model(one);
      steps.stream()
          .filter(step -> step instanceof Step.Write || step instanceof Step.Append)
          .forEach(logs::step);
      List<LogFile> files = new ArrayList<>(logs.files(Set.of(0, 1, 2, 3)));
      one.ingest(files, false);
      java.util.Collections.shuffle(files, random);
      files.forEach(file -> other.ingest(List.of(file), false));
      assertEquals(one.content(), other.content());
    }
  }

  /** The folder of logs as it is, and the lake as it must be. */
  private static final class Model {
    private final LakeInProcess lake;
    private final Path folder;
    private final Map<Path, String> texts = new TreeMap<>();
    private final Set<Path> damaged = new HashSet<>();
    private final Map<String, String> held = new TreeMap<>();
    private final Map<String, String> status = new HashMap<>();
    private final Map<String, String> grownInto = new HashMap<>();
    private final Map<String, String> lastAtPath = new HashMap<>();
    private final TreeSet<String> leftOut = new TreeSet<>();
    private long clock = 1_000_000;

    Model(LakeInProcess lake) {
      this.lake = lake;
      this.folder = lake.folder().resolve("logs");
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean hasDamaged() {
      return !damaged.isEmpty();
    }

    private Path plain(int path) {
      return folder.resolve("tracking.log-" + path);
    }

    private Path zipped(int path) {
      return folder.resolve("tracking.log-" + path + ".gz");
    }

    private Path actual(int path) {
      return texts.containsKey(zipped(path)) ? zipped(path) : plain(path);
    }

    void step(Step step) {
      if (step instanceof Step.Write write) {
        drop(write.path());
        String text = write.lines().stream().map(Model::line).collect(Collectors.joining("\n"));
        put(plain(write.path()), write.isEnded() ? text + "\n" : text);
      } else if (step instanceof Step.Append append) {
        Path path = actual(append.path());
        String text =
            append.lines().stream().map(line -> line(line) + "\n").collect(Collectors.joining());
        put(path, texts.getOrDefault(path, "") + text);
      } else if (step instanceof Step.Move move) {
        Path from = actual(move.from());
        String text = texts.get(from);
        if (text != null && move.from() != move.to()) {
          drop(move.to());
          drop(move.from());
          put(from.toString().endsWith(".gz") ? zipped(move.to()) : plain(move.to()), text);
        }
      } else if (step instanceof Step.Zip zip) {
        String text = texts.get(plain(zip.path()));
        if (text != null) {
          drop(zip.path());
          put(zipped(zip.path()), text);
        }
      } else if (step instanceof Step.Damage damage) {
        damage(zipped(damage.path()));
      } else if (step instanceof Step.Ingest ingest) {
        lake.ingest(files(ingest.paths()), ingest.force());
        ingest(ingest.paths(), ingest.force());
        check();
      } else if (step instanceof Step.IngestBeside beside) {
        lake.beforeNextCommit(() -> lake.ingest(files(Set.of(beside.other())), false));
        int commits = lake.ingest(files(beside.paths()), false);
        lake.beforeNextCommit(null);
        if (commits > 0) {
          ingest(Set.of(beside.other()), false);
        }
        ingest(beside.paths(), false);
        check();
      } else if (step instanceof Step.Merge merge) {
        boolean[] isIngested = {merge.beside() == null};
        Runnable ingest =
            () -> {
              isIngested[0] = true;
              lake.ingest(files(Set.of(merge.beside())), false);
            };
        lake.beforeNextCommit(isIngested[0] ? null : ingest);
        lake.merge(MergePlan.Closed.DAYS, NOW);
        lake.beforeNextCommit(null);
        if (!isIngested[0]) {
          ingest.run();
        }
        if (merge.beside() != null) {
          ingest(Set.of(merge.beside()), false);
        }
        check();
      } else if (step instanceof Step.IngestBesideMerge beside) {
        lake.beforeNextCommit(() -> lake.merge(MergePlan.Closed.DAYS, NOW));
        lake.ingest(files(beside.paths()), false);
        lake.beforeNextCommit(null);
        ingest(beside.paths(), false);
        check();
      } else if (step instanceof Step.Remove remove && !held.isEmpty()) {
        remove(new ArrayList<>(held.keySet()).get(remove.nth() % held.size()));
      }
    }

    private void remove(String delivery) {
      Set<String> before = shown().keySet();
      long vanishing = lake.remove(delivery);
      held.remove(delivery);
      status.put(delivery, "removed");
      assertEquals(before.size() - shown().size(), vanishing, "events that no longer show");
      check();
    }

    private static String line(int number) {
      if (number == 0) {
        return "# a comment";
      }
      if (number < 0) {
        return "{\"time\": \"2026-03-01T10:00:0" + -number;
      }
      return String.format(
          "{\"event_type\":\"page_close\",\"time\":\"2026-03-%02dT10:00:00\",\"username\":\"ada\",\"event\":{\"n\":%d}}",
          number, number);
    }

    private void put(Path path, String text) {
      try {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (path.toString().endsWith(".gz")) {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
          }
          bytes = out.toByteArray();
        }
        Files.write(path, bytes);
        tick(path);
        texts.put(path, text);
        damaged.remove(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Flips a byte of the checksum: only reading it to its end tells. */
    private void damage(Path path) {
      try {
        if (texts.containsKey(path) && damaged.add(path)) {
          byte[] bytes = Files.readAllBytes(path);
          bytes[bytes.length - 6] ^= 0x55;
          Files.write(path, bytes);
          tick(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void tick(Path path) throws IOException {
      Files.setLastModifiedTime(path, FileTime.fromMillis(clock += 1000));
    }

    private void drop(int number) {
      for (Path path : List.of(plain(number), zipped(number))) {
        texts.remove(path);
        damaged.remove(path);
        try {
          Files.deleteIfExists(path);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    List<LogFile> files(Set<Integer> paths) {
      List<LogFile> files = new ArrayList<>();
      for (int path : new TreeSet<>(paths)) {
        if (texts.containsKey(actual(path))) {
          files.addAll(FindFiles.of(actual(path).toString()));
        }
      }
      return files;
    }

    /** What DESIGN says of names, unchanged deliveries, growth and removal, the slow way. */
    private void ingest(Set<Integer> paths, boolean force) {
      Map<String, Path> arrivals = new TreeMap<>();
      for (int number : new TreeSet<>(paths)) {
        Path path = actual(number);
        if (!texts.containsKey(path)) {
          continue;
        }
        if (damaged.contains(path)) {
          leftOut.add("left-out/" + path); // never a twin of another, and never in
          continue;
        }
        String name = name(path);
        boolean isKnown = !force && (holder(name) != null || "removed".equals(status.get(name)));
        leftOut.remove("left-out/" + path);
        if (!isKnown) {
          arrivals.putIfAbsent(name, path);
        }
      }
      Set<String> known = new TreeSet<>(held.keySet());
      known.removeAll(arrivals.keySet());
      arrivals.forEach(
          (name, path) -> {
            String text = texts.get(path);
            for (String shorter : List.copyOf(known)) {
              boolean isCandidate =
                  text.startsWith(held.get(shorter))
                      || shorter.equals(lastAtPath.get(path.toString()));
              if (isCandidate
                  && held.get(shorter).length() < text.length()
                  && holdsAll(text, held.get(shorter))) {
                known.remove(shorter);
                held.remove(shorter);
                status.put(shorter, "grown");
                grownInto.put(shorter, name);
              }
            }
          });
      arrivals.forEach(
          (name, path) -> {
            held.put(name, texts.get(path));
            status.put(name, "complete");
          });
      for (int number : new TreeSet<>(paths)) {
        Path path = actual(number);
        if (texts.containsKey(path) && !damaged.contains(path) && held.containsKey(name(path))) {
          lastAtPath.put(path.toString(), name(path));
        }
      }
    }

    private String holder(String name) {
      String holder = name;
      while (holder != null && !held.containsKey(holder)) {
        holder = "grown".equals(status.get(holder)) ? grownInto.get(holder) : null;
      }
      return holder;
    }

    private String name(Path path) {
      try {
        return LogName.of(FindFiles.of(path.toString()).get(0)).delivery();
      } catch (UnreadableLogException e) {
        throw new IllegalStateException(e);
      }
    }

    private static boolean holdsAll(String longer, String shorter) {
      int cut = shorter.endsWith("\n") ? shorter.length() : shorter.lastIndexOf('\n') + 1;
      return records(shorter, cut).equals(records(longer, cut));
    }

    /** Lines that are records, by position, before a cut. */
    private static Map<Integer, String> records(String text, int cut) {
      Map<Integer, String> records = new TreeMap<>();
      int at = 0;
      for (String line : text.split("\n", -1)) {
        if (at < cut && !line.isBlank() && !line.startsWith("#")) {
          records.put(at, line);
        }
        at += line.length() + 1;
      }
      return records;
    }

    private static boolean isBroken(String line) {
      // what is appended to an unended line makes one line of two
      return !line.startsWith("{\"event_type") || !line.endsWith("}}") || line.contains("}{");
    }

    /** Of every event, where its smallest copy stands. */
    private Map<String, String> shown() {
      TreeMap<String, String> shown = new TreeMap<>();
      copies().forEach((event, places) -> shown.put(event, places.first()));
      return shown;
    }

    private Map<String, NavigableSet<String>> copies() {
      Map<String, NavigableSet<String>> copies = new TreeMap<>();
      held.forEach(
          (delivery, text) ->
              records(text, text.length())
                  .forEach(
                      (at, line) -> {
                        if (!isBroken(line)) {
                          copies
                              .computeIfAbsent(
                                  line.replaceAll(".*\"n\":(\\d+).*", "$1"), any -> new TreeSet<>())
                              .add(delivery + " " + LakeCommit.position(at));
                        }
                      }));
      return copies;
    }

    private void check() {
      TreeSet<String> hidden = new TreeSet<>();
      copies().values().forEach(places -> hidden.addAll(places.tailSet(places.first(), false)));
      assertEquals(
          new TreeSet<>(shown().values()),
          lake.column("events.edx_tracking_log", "delivery", "position"),
          "what shows");
      assertEquals(hidden, lake.column("ops.duplicate", "delivery", "position"), "ops.duplicate");
      TreeSet<String> failed = new TreeSet<>();
      held.forEach(
          (delivery, text) ->
              records(text, text.length())
                  .forEach(
                      (at, line) -> {
                        if (isBroken(line)) {
                          failed.add(delivery + " " + LakeCommit.position(at));
                        }
                      }));
      leftOut.forEach(path -> failed.add(path + " "));
      assertEquals(
          failed, lake.column("ops.failed_record", "delivery", "position"), "ops.failed_record");
      checkAccounts();
    }

    /** Written less taken, summed over runs, is what lies in the data files. */
    private void checkAccounts() {
      long account = 0;
      for (Record row : lake.read("ops.delivery")) {
        account += rows(row, "rows_written") - rows(row, "rows_taken");
        long read = (long) row.getField("read");
        assertEquals(
            read,
            (long) row.getField("parsed")
                + (long) row.getField("skipped")
                + (long) row.getField("failed"));
      }
      long physical = 0;
      try (CloseableIterable<FileScanTask> tasks =
          lake.table("events.edx_tracking_log").newScan().planFiles()) {
        for (FileScanTask task : tasks) {
          DataFile file = task.file();
          physical += file.recordCount();
          assertEquals(task.deletes().size() <= 1, true, "one mask a file");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      assertEquals(account, physical, "accounts");
    }

    private static long rows(Record row, String column) {
      Object count = ((Map<?, ?>) row.getField(column)).get("edx_tracking_log");
      return count == null ? 0 : (long) count;
    }
  }
}
