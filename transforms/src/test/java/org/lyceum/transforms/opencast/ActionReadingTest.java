package org.lyceum.transforms.opencast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;

class ActionReadingTest {
  private static final Contract CONTRACT = Contracts.of("events.opencast_useraction");
  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  private final ActionReading reading =
      new ActionReading(
          new ActionWindow(TEN, TEN.plusSeconds(60)),
          "http://engage.lyceum.example/usertracking/actions.json",
          new OpencastActionParser("school"));

  private void say(int id, int second, String type) {
    String json =
        "{\"id\":%d,\"mediapackageId\":\"mp-%d\",\"type\":\"%s\",\"created\":\"%s\"}";
    reading.action(
        String.format(Locale.ROOT, json, id, id % 2, type, TEN.plusSeconds(second))
            .getBytes(StandardCharsets.UTF_8));
  }

  private List<String> rows() {
    return reading.rows().stream()
        .map(
            row ->
                row.get(CONTRACT.ordinal("action_id"))
                    + " "
                    + row.get(CONTRACT.ordinal("action_type")))
        .toList();
  }

  @Test
  void whatLiesOutsideOfTheWindowIsDropped() {
    say(1, -1, "PLAY");
    say(2, 0, "PLAY");
    say(3, 59, "PAUSE");
    say(4, 60, "PLAY");
    assertEquals(List.of("2 PLAY", "3 PAUSE"), rows());
    assertEquals(Set.of("mp-0", "mp-1"), reading.mpids());
  }

  @Test
  void ofOneThatComesTwiceTheLastCountsWhereverItLies() {
    say(1, 5, "PLAY");
    say(2, 6, "PLAY");
    say(1, 7, "PAUSE");
    say(2, 60, "PLAY");
    assertEquals(List.of("1 PAUSE"), rows());
  }

  @Test
  void aListThatIsReadAgainIsReadFromNothing() {
    say(1, 5, "PLAY");
    reading.startAgain();
    say(2, 5, "PLAY");
    assertEquals(List.of("2 PLAY"), rows());
  }
}
