package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lyceum.transforms.lake.Scope.Bounds;
import org.lyceum.transforms.lake.Scope.Cover;

class ScopeTest {
  private static Bounds bounds(
      String feed, String firstDelivery, String lastDelivery, String first, String last) {
    return new Bounds(feed, firstDelivery, lastDelivery, first, last, null, null);
  }

  @Test
  void aDeliveryBetweenTheBoundsMayBeInTheFile() {
    Scope scope = new Scope("school").add(Set.of("m-log"));
    assertEquals(Cover.PART, scope.cover(bounds("school", "a-log", "z-log", null, null)));
    assertEquals(Cover.NONE, scope.cover(bounds("school", "n-log", "z-log", null, null)));
    assertEquals(Cover.NONE, scope.cover(bounds("academy", "a-log", "z-log", null, null)));
    assertEquals(Cover.PART, scope.cover(bounds(null, "m-log", "m-log", null, null)));
    assertEquals(Cover.PART, scope.cover(bounds("school", null, "z-log", null, null)));
    assertEquals(Cover.ALL, scope.cover(bounds("school", "m-log", "m-log", null, null)));
  }

  @Test
  void boundsAreOrderedAsUtf8IsAndNotAsJavaOrdersText() {
    String emoji = new String(Character.toChars(0x1F600));
    Scope scope = new Scope("school").add(Set.of("days/\uF000"));
    assertEquals(
        Cover.PART, scope.cover(bounds("school", "days/\uE000", "days/" + emoji, null, null)));
  }

  private static Bounds times(long first, long last, String lastDelivery) {
    return new Bounds("school", "actions/a", lastDelivery, "1", "9", first, last);
  }

  @Test
  void aFileGoesWholeWhenItsTimesLieInTheWindow() {
    Scope scope =
        new Scope("school").add(new RestScope("opencast", "actions/", new Window(100, 200), null));
    assertEquals(Cover.ALL, scope.cover(times(100, 199, "actions/a")));
    assertEquals(Cover.PART, scope.cover(times(100, 199, "actions/b")));
    assertEquals(Cover.PART, scope.cover(times(99, 100, "actions/a")));
    assertEquals(Cover.PART, scope.cover(times(199, 200, "actions/a")));
    assertEquals(Cover.NONE, scope.cover(times(200, 300, "actions/a")));
    assertEquals(Cover.NONE, scope.cover(times(0, 99, "actions/a")));
    assertEquals(Cover.NONE, scope.cover(bounds("school", "a-log", "a-log", null, null)));
  }

  @Test
  void aContainerIsItsNameAndWhatBeginsWithItAndAColon() {
    Scope scope = new Scope("school").add(RestScope.containers("zoom", "", Set.of("m", "n:1")));
    assertTrue(scope.covers(place("m")));
    assertTrue(scope.covers(place("m:2:x")));
    assertTrue(scope.covers(place("n:1:2")));
    assertFalse(scope.covers(place("n:2")));
    assertFalse(scope.covers(place("m+")));
    assertEquals(Cover.ALL, scope.cover(bounds("school", "d", "d", "m:1", "m:9")));
    assertEquals(Cover.PART, scope.cover(bounds("school", "d", "d", "m", "m:9")));
    assertEquals(Cover.PART, scope.cover(bounds("school", "d", "d", "a", "z")));
    assertEquals(Cover.NONE, scope.cover(bounds("school", "d", "d", "m;", "n")));
    assertEquals(Cover.NONE, scope.cover(bounds("school", "d", "d", "a", "l")));
    scope.spare("m", "events.zoom_meeting");
    assertFalse(scope.covers(place("m")));
    assertEquals(Cover.PART, scope.cover(bounds("school", "d", "d", "m:1", "m:9")));
  }

  private static Scope.Place place(String position) {
    return new Scope.Place("events.zoom_meeting", null, "school", "d", position, null);
  }
}
