package org.lyceum.transforms.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lyceum.furniture.Refusal;

class FindObjectsTest {
  static final Map<String, String> EVENTS =
      Map.of(
          "nudged", "nudged",
          "created_highlight", "created_highlight",
          "accessed_studyguide", "accessed_study_guide",
          "accessed_study_guide", "accessed_study_guide");

  @TempDir Path folder;

  private FoundObjects find(String input, LocalDate from, LocalDate to) {
    return FindObjects.of(
        input, from, to, name -> Optional.ofNullable(EVENTS.get(name)), S3Settings.of(Map.of()));
  }

  private FoundObjects find(String... files) throws IOException {
    for (String file : files) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), file);
    }
    return find(folder.toString(), null, null);
  }

  @ParameterizedTest
  @CsvSource({
    "nudged/year=2026/month=03/day=01/a.parquet, '', nudged, nudged, 03, 01, a.parquet",
    "nudged/year=2026/month=3/day=1/a.parquet, '', nudged, nudged, 3, 1, a.parquet",
    "v2021-01/parquet/nudged/year=2026/month=03/day=01/a.parquet, /v2021-01/parquet, nudged, nudged, 03, 01, a.parquet",
    "rjr-parquet/accessed_studyguide/year=2026/month=03/day=01/a.parquet, /rjr-parquet, accessed_studyguide, accessed_study_guide, 03, 01, a.parquet",
    "accessed_study_guide/year=2026/month=03/day=01/a.parquet, '', accessed_study_guide, accessed_study_guide, 03, 01, a.parquet",
    "created_highlight_2/year=2026/month=03/day=01/a.parquet, '', created_highlight_2, created_highlight, 03, 01, a.parquet",
    "created_highlight_v2/year=2026/month=03/day=01/a.parquet, '', created_highlight_v2, created_highlight, 03, 01, a.parquet",
    "nudged/year=2026/month=03/day=01/hour=07/a+0+12.parquet, '', nudged, nudged, 03, 01, hour=07/a+0+12.parquet",
  })
  void aPathSaysWhereAFileBelongs(
      String file, String root, String of, String event, String month, String day, String name)
      throws IOException {
    FoundObjects found = find(file);
    assertEquals(List.of(), found.misplaced());
    StoredObject object = found.objects().get(0);
    assertEquals(folder.resolve(file).toString(), object.uri());
    assertEquals(folder + root, object.root());
    assertEquals(of, object.folder());
    assertEquals(event, object.event());
    assertEquals("2026", object.year());
    assertEquals(month, object.month());
    assertEquals(day, object.day());
    assertEquals(LocalDate.of(2026, 3, 1), object.date());
    assertEquals(name, object.name());
    assertEquals(file.length(), object.size());
  }

  @ParameterizedTest
  @CsvSource({
    "nudged/year=2026/month=13/day=01/a.parquet, 'year, month and day of its path are no date'",
    "nudged/year=2026/month=02/day=30/a.parquet, 'year, month and day of its path are no date'",
    "nudged/year=26/month=02/day=3/a.parquet, 'year, month and day of its path are no date'",
    "nudged/2026/02/03/a.parquet, its path has no <event>/year=/month=/day=/ before the name",
    "a.parquet, its path has no <event>/year=/month=/day=/ before the name",
    "quizzed/year=2026/month=03/day=01/a.parquet, its folder quizzed is no known type of event",
  })
  void aFileWithoutPlaceIsReported(String file, String problem) throws IOException {
    FoundObjects found = find(file);
    assertEquals(List.of(), found.objects());
    assertEquals(
        List.of(new FoundObjects.Misplaced(folder.resolve(file).toString(), problem)),
        found.misplaced());
  }

  @Test
  void otherFilesAreIgnoredAndCounted() throws IOException {
    FoundObjects found =
        find(
            "nudged/year=2026/month=03/day=01/a.parquet",
            "nudged/year=2026/month=03/day=01/_SUCCESS",
            "nudged/year=2026/month=03/day=01/.a.parquet",
            "nudged/year=2026/month=03/day=01/_temporary/0/b.parquet",
            "truth.json");
    assertEquals(1, found.objects().size());
    assertEquals(4, found.ignored());
    assertEquals(List.of(), found.misplaced());
  }

  @Test
  void twoSpellingsOfADayCannotHoldTheSameNameTwice() throws IOException {
    FoundObjects found =
        find(
            "nudged/year=2026/month=03/day=01/a.parquet",
            "nudged/year=2026/month=3/day=1/a.parquet",
            "nudged/year=2026/month=3/day=1/b.parquet");
    assertEquals(
        List.of("a.parquet", "b.parquet"),
        found.objects().stream().map(StoredObject::name).toList());
    String first = folder.resolve("nudged/year=2026/month=03/day=01/a.parquet").toString();
    assertEquals("it has the name, type and day of " + first, found.misplaced().get(0).problem());
  }

  @Test
  void daysAreInclusiveAndOfThePath() throws IOException {
    find(
        "nudged/year=2026/month=02/day=28/a.parquet",
        "nudged/year=2026/month=3/day=1/b.parquet",
        "nudged/year=2026/month=03/day=02/c.parquet",
        "nudged/year=2026/month=03/day=03/d.parquet");
    FoundObjects found =
        find(folder.toString(), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2));
    assertEquals(
        List.of("c.parquet", "b.parquet"),
        found.objects().stream().map(StoredObject::name).toList());
  }

  /** What a file is called must not depend on how far in the input reaches. */
  @Test
  void aFileHasOnePlaceWhateverTheInputNames() throws IOException {
    FoundObjects whole = find("rjr-parquet/nudged/year=2026/month=03/day=01/a.parquet");
    FoundObjects day = find(folder + "/rjr-parquet/nudged/year=2026/month=03/day=01/", null, null);
    assertEquals(whole.objects(), day.objects());
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    Refusal refusal = assertThrows(Refusal.class, () -> find(folder + "/nowhere", null, null));
    assertEquals("input " + folder + "/nowhere: no such folder", refusal.getMessage());
  }
}
