package org.lyceum.furniture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitTest {
  @Test
  void aRefusalIsToldInItsSentenceHoweverDeepItLies() {
    Refusal refusal = new Refusal(Exit.WRONG_USE, "INPUT is missing");
    Exit.Outcome outcome =
        Exit.outcome(
            () -> {
              throw new IllegalStateException("a runner's", new RuntimeException(refusal));
            });
    assertEquals(new Exit.Outcome(Exit.WRONG_USE, "INPUT is missing"), outcome);
  }

  @Test
  void aFaultIsOneLineWithItsCause() {
    Exit.Outcome outcome =
        Exit.outcome(
            () -> {
              throw new IllegalStateException(
                  "outer", new IllegalArgumentException("inner\nsecond line"));
            });
    assertEquals(new Exit.Outcome(Exit.FAILED, "failed: IllegalArgumentException: inner"), outcome);
  }

  @Test
  void statusesAreThePromisedOnes() {
    assertEquals(List.of(0, 1, 2, 3), List.of(Exit.values()).stream().map(Exit::status).toList());
  }

  @Test
  void runIdsSortByTheirStart() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ids.add(RunId.start());
    }
    List<String> sorted = new ArrayList<>(ids);
    sorted.sort(Comparator.naturalOrder());
    assertEquals(sorted, ids);
    assertTrue(ids.get(0).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*"), ids.get(0));
  }

  @Test
  void aFullDiskIsSaidInWordsAlsoWhenALibraryThrowsAnError() {
    Exit.Outcome outcome =
        Exit.outcome(
            () -> {
              throw new AssertionError(new java.io.IOException("No space left on device"));
            });
    assertEquals(
        new Exit.Outcome(
            Exit.FAILED, "the disk that holds the lake is full; make room and run again"),
        outcome);
  }
}
