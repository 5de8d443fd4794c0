package org.lyceum.transforms.land;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.lyceum.transforms.io.FoundObjects;
import org.lyceum.transforms.land.StoredDays.Stored;

/**
 * Laws 1, 2 and 3 for storage days, against a brute-force model: objects with shared events come,
 * change, are damaged and go; days are ingested, refused, replaced and removed, beside commits of
 * others that come in between. After every step the rows that show, the hidden copies and which of
 * them are in conflict, the failed records and the accounts are what the model says.
 */
class DayLawsTest {
  private static final List<String> EVENTS = List.of("changed_state", "nudged");
  private static final int DAYS = 2;
  private static final int OBJECTS = 3;

  /** A day of a type: the number of one of the four deliveries. */
  sealed interface Step {
    record Put(int day, int object, List<Stored> rows) implements Step {}

    record Drop(int day, int object) implements Step {}

    record Damage(int day, int object) implements Step {}

    record Ingest(Set<Integer> days, boolean force, boolean replace) implements Step {}

    /** Another run commits one day between the decision and the commit of this one. */
    record IngestBeside(Set<Integer> days, int other) implements Step {}

    record Remove(int day) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> day = Arbitraries.integers().between(0, EVENTS.size() * DAYS - 1);
    Arbitrary<Integer> object = Arbitraries.integers().between(0, OBJECTS - 1);
    Arbitrary<Set<Integer>> days = day.set().ofMinSize(1);
    Arbitrary<List<Stored>> rows =
        Combinators.combine(Arbitraries.integers().between(-1, 6), Arbitraries.of(0, 0, 0, 0, 1))
            .as(Stored::new)
            .list()
            .ofMaxSize(4);
    Arbitrary<Step> put = Combinators.combine(day, object, rows).as(Step.Put::new);
    Arbitrary<Step> drop = Combinators.combine(day, object).as(Step.Drop::new);
    Arbitrary<Step> damage = Combinators.combine(day, object).as(Step.Damage::new);
    Arbitrary<Step> ingest =
        Combinators.combine(
                days, Arbitraries.of(false, false, true), Arbitraries.of(false, false, true))
            .as(Step.Ingest::new);
    Arbitrary<Step> beside = Combinators.combine(days, day).as(Step.IngestBeside::new);
    return Arbitraries.frequencyOf(
            Tuple.of(7, put),
            Tuple.of(1, drop),
            Tuple.of(2, damage),
            Tuple.of(5, ingest),
            Tuple.of(2, beside),
            Tuple.of(1, day.map(Step.Remove::new)))
        .list()
        .ofMinSize(6)
        .ofMaxSize(14);
  }

  private static final Set<Integer> ALL = Set.of(0, 1, 2, 3);

  @Property(tries = 20, seed = "20261121", shrinking = ShrinkingMode.BOUNDED)
  void theLakeIsWhatTheModelSays(@ForAll("steps") List<Step> steps) {
    try (LakeInProcess lake = new LakeInProcess()) {
      Model model = new Model(lake);
      steps.forEach(model::step);
      model.step(new Step.Ingest(ALL, false, true));
      int commits = lake.ingestDays(model.stored.find(), false, false);
      assertEquals(0, commits, "a rerun of what is unchanged commits nothing");
      var content = lake.contentOfDays();
      boolean isAllIn = !model.hasRemoved(); // what was taken out comes again by force
      model.step(new Step.Ingest(ALL, true, false));
      if (isAllIn) {
        assertEquals(content, lake.contentOfDays(), "run twice is run once");
      }
    }
  }

  /** The same days in any order and cut into any runs give the same table. */
  @Property(tries = 4, seed = "20261122", shrinking = ShrinkingMode.OFF)
  void orderNeverShows(@ForAll("steps") List<Step> steps, @ForAll Random random) {
    try (LakeInProcess one = new LakeInProcess();
        LakeInProcess other = new LakeInProcess()) {
      Model model = new Model(one);
      steps.stream()
          .filter(step -> step instanceof Step.Put || step instanceof Step.Damage)
          .forEach(model::step);
      FoundObjects all = model.stored.find();
      one.ingestDays(all, false, false);
      List<Integer> order = new ArrayList<>(ALL);
      Collections.shuffle(order, random);
      for (int day : order) {
        StoredDays.only(all, List.of(model.delivery(day)))
            .ifPresent(found -> other.ingestDays(found, false, false));
      }
      assertEquals(one.contentOfDays(), other.contentOfDays());
    }
  }

  /** The folder of stored days as it is, and the lake as it must be. */
  private static final class Model {
    /** What an object is: its rows, none if it is damaged, and what tells a change. */
    private record Thing(List<Stored> rows, boolean isDamaged, int version) {
      long records() {
        return isDamaged ? 1 : rows.size();
      }
    }

    private final LakeInProcess lake;
    private final StoredDays stored;
    private final Map<Integer, NavigableMap<String, Thing>> there = new HashMap<>();
    private final Map<Integer, NavigableMap<String, Thing>> held = new HashMap<>();
    private final Set<Integer> removed = new HashSet<>();
    private final Map<Integer, String> leftOut = new TreeMap<>();
    private int version;

    Model(LakeInProcess lake) {
      this.lake = lake;
      try {
        this.stored = new StoredDays(Files.createDirectories(lake.folder().resolve("stored")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean hasRemoved() {
      return !removed.isEmpty();
    }

    private static String event(int day) {
      return EVENTS.get(day % EVENTS.size());
    }

    private static int date(int day) {
      return 1 + day / EVENTS.size();
    }

    String delivery(int day) {
      return stored.delivery(event(day), date(day));
    }

    private java.nio.file.Path path(int day, String name) {
      return stored.path(event(day), date(day), name);
    }

    private static String name(int object) {
      return "part+" + object + ".parquet";
    }

    private NavigableMap<String, Thing> there(int day) {
      return there.computeIfAbsent(day, any -> new TreeMap<>());
    }

    void step(Step step) {
      if (step instanceof Step.Put put) {
        stored.put(path(put.day(), name(put.object())), put.rows());
        there(put.day()).put(name(put.object()), new Thing(put.rows(), false, ++version));
      } else if (step instanceof Step.Drop drop) {
        stored.drop(path(drop.day(), name(drop.object())));
        there(drop.day()).remove(name(drop.object()));
      } else if (step instanceof Step.Damage damage) {
        Thing sound = there(damage.day()).get(name(damage.object()));
        if (sound != null && !sound.isDamaged()) {
          stored.damage(path(damage.day(), name(damage.object())));
          there(damage.day()).put(name(damage.object()), new Thing(List.of(), true, ++version));
        }
      } else if (step instanceof Step.Ingest ingest) {
        find(ingest.days())
            .ifPresent(found -> lake.ingestDays(found, ingest.force(), ingest.replace()));
        ingest(ingest.days(), ingest.force(), ingest.replace());
        check();
      } else if (step instanceof Step.IngestBeside beside) {
        boolean[] isDone = {false};
        lake.beforeNextCommit(
            () -> {
              isDone[0] = true;
              find(Set.of(beside.other())).ifPresent(found -> lake.ingestDays(found, false, false));
            });
        find(beside.days()).ifPresent(found -> lake.ingestDays(found, false, false));
        lake.beforeNextCommit(null);
        if (isDone[0]) {
          ingest(Set.of(beside.other()), false, false);
        }
        ingest(beside.days(), false, false);
        check();
      } else if (step instanceof Step.Remove remove && held.containsKey(remove.day())) {
        remove(remove.day());
      }
    }

    private void remove(int day) {
      int before = shown().size();
      long vanishing = lake.removeDay(delivery(day));
      held.remove(day);
      removed.add(day);
      assertEquals(before - shown().size(), vanishing, "events that no longer show");
      check();
    }

    private Optional<FoundObjects> find(Set<Integer> days) {
      return StoredDays.only(stored.find(), days.stream().map(this::delivery).toList());
    }

    /** What DESIGN says of storage days, day by day. */
    private void ingest(Set<Integer> days, boolean force, boolean replace) {
      for (int day : days) {
        NavigableMap<String, Thing> now = there(day);
        if (now.isEmpty() || (removed.contains(day) && !force)) {
          continue;
        }
        NavigableMap<String, Thing> before = held.get(day);
        if (before != null && before.equals(now) && !force) {
          leftOut.remove(day);
          continue;
        }
        if (before != null && !replace) {
          if (records(now) < records(before)) {
            leftOut.put(day, "fewer_records");
            continue;
          }
          boolean isLost =
              now.entrySet().stream()
                  .filter(each -> each.getValue().isDamaged())
                  .map(each -> before.get(each.getKey()))
                  .anyMatch(was -> was != null && !was.rows().isEmpty());
          if (isLost) {
            leftOut.put(day, "corrupt_file");
            continue;
          }
        }
        leftOut.remove(day);
        removed.remove(day);
        held.put(day, new TreeMap<>(now));
      }
    }

    private static long records(NavigableMap<String, Thing> day) {
      return day.values().stream().mapToLong(Thing::records).sum();
    }

    /** Of every event, the content of its copies by where they stand. */
    private Map<String, NavigableMap<String, Integer>> copies() {
      Map<String, NavigableMap<String, Integer>> copies = new TreeMap<>();
      held.forEach(
          (day, objects) ->
              objects.forEach(
                  (name, thing) -> {
                    for (int i = 0; i < thing.rows().size(); i++) {
                      Stored row = thing.rows().get(i);
                      if (row.event() > 0) {
                        copies
                            .computeIfAbsent(event(day) + row.event(), any -> new TreeMap<>())
                            .put(delivery(day) + " " + position(name, i), row.variant());
                      }
                    }
                  }));
      return copies;
    }

    private static String position(String name, int row) {
      return name + ":" + String.format("%010d", row);
    }

    private Set<String> shown() {
      Set<String> shown = new TreeSet<>();
      copies().values().forEach(places -> shown.add(places.firstKey()));
      return shown;
    }

    private void check() {
      Set<String> hidden = new TreeSet<>();
      for (NavigableMap<String, Integer> places : copies().values()) {
        int content = places.firstEntry().getValue();
        places
            .tailMap(places.firstKey(), false)
            .forEach((place, variant) -> hidden.add(place + " " + (variant != content)));
      }
      assertEquals(
          shown(), lake.column("events.openstax_event", "delivery", "position"), "what shows");
      assertEquals(
          hidden,
          lake.column("ops.duplicate", "delivery", "position", "is_conflict"),
          "ops.duplicate");
      Set<String> failed = new TreeSet<>();
      held.forEach(
          (day, objects) ->
              objects.forEach(
                  (name, thing) -> {
                    if (thing.isDamaged()) {
                      failed.add(delivery(day) + " " + name + " corrupt_file");
                    }
                    for (int i = 0; i < thing.rows().size(); i++) {
                      if (thing.rows().get(i).event() < 1) {
                        failed.add(delivery(day) + " " + position(name, i) + " no_key");
                      }
                    }
                  }));
      leftOut.forEach(
          (day, code) ->
              failed.add("left-out/" + stored.place(event(day), date(day)) + "  " + code));
      assertEquals(
          failed,
          lake.column("ops.failed_record", "delivery", "position", "code"),
          "ops.failed_record");
      checkAccounts();
    }

    /** Written less taken, summed over runs, is what lies in the data files. */
    private void checkAccounts() {
      long account = 0;
      for (Record row : lake.read("ops.delivery")) {
        account += rows(row, "rows_written") - rows(row, "rows_taken");
        assertEquals(
            (long) row.getField("read"),
            (long) row.getField("parsed")
                + (long) row.getField("skipped")
                + (long) row.getField("failed"));
      }
      long physical = 0;
      try (CloseableIterable<FileScanTask> tasks =
          lake.table("events.openstax_event").newScan().planFiles()) {
        for (FileScanTask task : tasks) {
          physical += task.file().recordCount();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      assertEquals(account, physical, "accounts");
    }

    private static long rows(Record row, String column) {
      Object count = ((Map<?, ?>) row.getField(column)).get("openstax_event");
      return count == null ? 0 : (long) count;
    }
  }
}
