package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.transforms.land.LakeInProcess;

/** What cannot be read any more was not read: files are taken away from under the lake. */
class DuplicatesTest {
  private static final String BOOK = "ops.duplicate";
  private static final RunInfo RUN = TopicBatches.run("duplicates");

  private LakeInProcess lake;
  private int commits;

  @BeforeEach
  void open() {
    lake = new LakeInProcess();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void aCopyThatShowsAgainIsLookedForAmongItsDelivery() throws Exception {
    hide(copy(1, "school", "a-log"), copy(2, "school", "a-log"));
    hide(copy(1, "school", "other-log"));
    hide(copy(1, "academy", "a-log"));
    hide(copy(1, "school", "0-log"), copy(2, "school", "z-log"));
    lose(file("school", "other-log"));
    lose(file("academy", "a-log"));

    write(new Scope("school"), changes -> changes.show(copy(1, "school", "a-log")));

    assertEquals(
        List.of(
            "academy a-log a-log 1", "school 0-log z-log 2",
            "school a-log a-log 1", "school other-log other-log 1"),
        files());
  }

  @Test
  void aDeliveryThatIsReplacedIsLookedForByItsName() throws Exception {
    hide(copy(1, "school", "a-log"), copy(2, "school", "b-log"));
    hide(copy(1, "school", "other-log"));
    lose(file("school", "other-log"));

    write(new Scope("school").add(Set.of("b-log")), changes -> {});

    assertEquals(List.of("school a-log a-log 1", "school other-log other-log 1"), files());
  }

  private static CopySearch.Copy copy(int event, String feed, String delivery) {
    return new CopySearch.Copy(
        TopicBatches.id(event), feed, delivery, Offsets.position(0, event), "run", false, false);
  }

  private void hide(CopySearch.Copy... copies) throws IOException {
    write(new Scope("school"), changes -> List.of(copies).forEach(changes::hide));
  }

  /** What a commit does to copies. */
  private interface Settling {
    void settle(Duplicates changes);
  }

  private void write(Scope scope, Settling settling) throws IOException {
    TableCommits tables = new TableCommits(lake.catalog(), "duplicates/" + ++commits);
    try (Duplicates changes = new Duplicates(tables, RUN, TopicBatches.CONTRACT)) {
      settling.settle(changes);
      Duplicates.write(tables, List.of(changes), scope, RUN);
    }
    tables.commit();
  }

  private static void lose(DataFile file) throws IOException {
    Files.delete(Path.of(RemoveOrphans.path(file.location())));
  }

  private DataFile file(String feed, String delivery) {
    return planned().stream()
        .filter(file -> bounds(file).feed().equals(feed))
        .filter(file -> bounds(file).firstDelivery().equals(delivery))
        .findFirst()
        .orElseThrow();
  }

  /** Of each file its feed, first and last delivery, and number of rows. */
  private List<String> files() {
    List<String> files = new ArrayList<>();
    for (DataFile file : planned()) {
      Scope.Bounds bounds = bounds(file);
      files.add(
          String.join(
              " ",
              bounds.feed(),
              bounds.firstDelivery(),
              bounds.lastDelivery(),
              Long.toString(file.recordCount())));
    }
    files.sort(null);
    return files;
  }

  private Scope.Bounds bounds(DataFile file) {
    return RowFiles.bounds(lake.table(BOOK), file);
  }

  private List<DataFile> planned() {
    return new TableCommits(lake.catalog(), "look")
        .plan(Books.DUPLICATE.identifier(), "delivery").stream()
            .map(TableCommits.Planned::file)
            .toList();
  }
}
