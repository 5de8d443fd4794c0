package org.lyceum.transforms.land;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.lyceum.transforms.io.FoundObjects;
import org.lyceum.transforms.io.StoredObject;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.parse.FailureCode;

class DayPlanTest {
  private static final Table NONE = null;

  private static StoredObject object(
      String above, String event, int day, String name, long size, String version) {
    String date = "2026/month=3/day=" + day;
    return new StoredObject(
        above + "/" + event + "/year=" + date + "/" + name,
        above.replace("s3://", ""),
        event,
        event,
        "2026",
        "3",
        Integer.toString(day),
        LocalDate.of(2026, 3, day),
        name,
        size,
        version);
  }

  private static StoredObject object(int day, String name, long size) {
    return object("s3://bucket/rjr", "nudged", day, name, size, "etag-" + name);
  }

  private static DayPlan plan(List<StoredObject> objects, DayPlan.Limits limits) {
    return DayPlan.of(
        new FoundObjects(objects, List.of(), 0),
        "school",
        Ledger.read(NONE, null, "openstax"),
        1,
        false,
        limits);
  }

  private static List<DayPart> parts(DayPlan plan) {
    List<DayPart> parts = new ArrayList<>();
    plan.batches().forEach(batch -> batch.units().forEach(unit -> parts.addAll(unit.parts())));
    return parts;
  }

  @Test
  void aDeliveryIsCalledByItsPlaceTypeAndDay() {
    StoredObject local = object("/srv/events", "changed_state", 2, "a.parquet", 1, "17");
    List<DayPart> parts =
        parts(plan(List.of(object(1, "a.parquet", 7), local), DayPlan.Limits.DEFAULT));
    assertEquals(
        Set.of("s3/bucket/rjr/nudged/2026-03-01", "local/srv/events/changed_state/2026-03-02"),
        new HashSet<>(parts.stream().map(DayPart::delivery).toList()));
    assertEquals(
        Set.of("s3://bucket/rjr/nudged/2026-03-01", "/srv/events/changed_state/2026-03-02"),
        new HashSet<>(parts.stream().map(part -> part.place().path()).toList()));
  }

  @Test
  void howADayIsCutDependsOnItsObjectsAlone() {
    DayPlan.Limits limits = new DayPlan.Limits(10_000, 100, 100, 3);
    List<StoredObject> large = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      large.add(object(1, "o" + i, i == 4 ? 500 : 20));
    }
    List<DayPart> alone = parts(plan(large, limits));
    assertTrue(alone.size() > 2, "it is cut");
    List<StoredObject> among = new ArrayList<>(large);
    for (int day = 2; day < 9; day++) {
      among.add(object(day, "x", day));
    }
    Collections.shuffle(among, new Random(7));
    List<DayPart> there =
        parts(plan(among, limits)).stream()
            .filter(part -> part.delivery().endsWith("2026-03-01"))
            .toList();
    assertEquals(new HashSet<>(alone), new HashSet<>(there));
    for (DayPart part : alone) {
      boolean isBounded = part.size() - last(part).size() < 100 && part.objects().size() <= 3;
      assertTrue(isBounded, part.toString());
    }
  }

  private static StoredObject last(DayPart part) {
    return part.objects().get(part.objects().size() - 1);
  }

  @Test
  void aBatchIsBoundedInBytesAndDays() {
    List<StoredObject> objects = new ArrayList<>();
    for (int day = 1; day <= 20; day++) {
      objects.add(object(day, "a", day == 3 ? 5_000 : 100));
    }
    DayPlan byDays = plan(objects, new DayPlan.Limits(1_000_000, 6, 1_000, 100));
    assertEquals(4, byDays.batches().size());
    DayPlan byBytes = plan(objects, new DayPlan.Limits(1_000, 1_000, 1_000, 100));
    assertEquals(20, parts(byBytes).size(), "each day once");
    for (DayBatch batch : byBytes.batches()) {
      int days = batch.units().stream().mapToInt(unit -> unit.parts().size()).sum();
      assertTrue(batch.size() <= 1_000 || days == 1, "a day that is too large goes alone");
    }
  }

  @Test
  void nameSizeAndVersionOfEveryObjectMakeTheFingerprint() {
    Set<String> prints = new HashSet<>();
    for (List<StoredObject> day :
        List.of(
            List.of(object(1, "a", 1), object(1, "b", 1)),
            List.of(object(1, "a", 1)),
            List.of(object(1, "a", 2), object(1, "b", 1)),
            List.of(object(1, "a", 1), object(1, "c", 1)),
            List.of(object("s3://bucket/rjr", "nudged", 1, "a", 1, "other"), object(1, "b", 1)))) {
      assertTrue(
          prints.add(parts(plan(day, DayPlan.Limits.DEFAULT)).get(0).fingerprint()),
          day.toString());
    }
    assertEquals(
        parts(plan(List.of(object(1, "b", 1), object(1, "a", 1)), DayPlan.Limits.DEFAULT)),
        parts(plan(List.of(object(1, "a", 1), object(1, "b", 1)), DayPlan.Limits.DEFAULT)));
  }

  @Test
  void aMisplacedFileIsLeftOutByName() {
    DayPlan plan =
        DayPlan.of(
            new FoundObjects(
                List.of(), List.of(new FoundObjects.Misplaced("s3://b/x.parquet", "no day")), 0),
            "school",
            Ledger.read(NONE, null, "openstax"),
            1,
            false,
            DayPlan.Limits.DEFAULT);
    var leftOut = plan.batches().get(0).leftOut().get(0);
    assertEquals("s3://b/x.parquet", leftOut.file().path());
    assertEquals(FailureCode.MISPLACED_FILE, leftOut.code());
  }
}
