package org.lyceum.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OpencastGeneratorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OpencastOptions TWO_WEEKS =
      new OpencastOptions(3, LocalDate.of(2026, 10, 26), 14, 20, 16, ZoneId.of("America/New_York"));

  @TempDir private Path folder;

  @Test
  void theSameOptionsGiveTheSameBytes() {
    OpencastGenerator one = new OpencastGenerator(OpencastOptions.small(1));
    OpencastGenerator same = new OpencastGenerator(OpencastOptions.small(1));
    assertEquals(one.actions(), same.actions());
    assertEquals(one.episodes(), same.episodes());
    assertEquals(one.workflows(), same.workflows());
    assertEquals(one.truth(), same.truth());
    assertNotEquals(one.actions(), new OpencastGenerator(OpencastOptions.small(2)).actions());
  }

  @Test
  void theTruthAddsUp() {
    OpencastTruth truth = new OpencastGenerator(TWO_WEEKS).truth();
    assertEquals(Set.of("no_key", "no_time", "bad_time", "bad_value"), truth.failed().keySet());
    assertEquals(truth.read(), truth.parsed() + sum(truth.failed().values()));
    assertEquals(truth.parsed(), sum(truth.eventsByDay().values()));
    assertEquals(truth.parsed(), sum(truth.eventsByType().values()));
    assertEquals(14, truth.episodes());
    assertEquals(2, truth.missingEpisodes());
    assertEquals(4, truth.episodesWithoutAttachments());
    assertTrue(truth.liveEvents() > 0);
    assertTrue(truth.eventsWithoutUser() > 0);
    assertTrue(truth.eventsWithoutEpisode() > 0);
    assertTrue(truth.eventsByType().keySet().contains("HEARTBEAT"));
    assertTrue(truth.eventsByType().keySet().contains("SEEK"));
  }

  /** Counts what was written, without the generator's own words for it. */
  @Test
  void theTruthIsOfWhatWasWritten() throws IOException {
    OpencastGenerator generator = new OpencastGenerator(TWO_WEEKS);
    TreeMap<String, Long> byDay = new TreeMap<>();
    Set<Long> ids = new HashSet<>();
    Set<String> playing = new HashSet<>();
    Instant before = Instant.MIN;
    for (OpencastGenerator.Action action : generator.actions()) {
      assertTrue(!action.created().isBefore(before));
      before = action.created();
      JsonNode json = JSON.readTree(action.json());
      playing.add(json.path("isPlaying").toString());
      if (json.has("id")
          && json.has("created")
          && !json.get("created").asText().equals("yesterday")) {
        assertTrue(ids.add(json.get("id").asLong()));
        Instant created = OffsetDateTime.parse(json.get("created").asText()).toInstant();
        assertEquals(action.created(), created);
        byDay.merge(created.toString().substring(0, 10), 1L, Long::sum);
      }
    }
    assertEquals(generator.truth().eventsByDay(), byDay);
    assertEquals(Set.of("0", "1", "2", "true", "false", "\"0\"", "\"1\"", "\"2\"", ""), playing);
  }

  @Test
  void mainWritesAFolder() throws IOException {
    int status =
        new CommandLine(new GenerateOpencast()).execute("--out", folder.toString(), "--days", "2");
    assertEquals(0, status);
    JsonNode truth = JSON.readTree(folder.resolve("truth.json").toFile());
    assertEquals(
        truth.get("read").asInt(), Files.readAllLines(folder.resolve("actions.jsonl")).size());
    assertEquals(7, Files.readAllLines(folder.resolve("episodes.jsonl")).size());
    assertEquals(9, Files.readAllLines(folder.resolve("workflows.jsonl")).size());
  }

  private static long sum(Iterable<Long> counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
