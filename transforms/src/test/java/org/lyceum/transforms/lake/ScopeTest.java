package org.lyceum.transforms.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
