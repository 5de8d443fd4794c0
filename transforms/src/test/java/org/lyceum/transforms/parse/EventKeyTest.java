package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventKeyTest {
  private final EventKey key = new EventKey("edx_tracking_log");

  @Test
  void isTheBeginningOfTheHashOfTableAndParts() throws NoSuchAlgorithmException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest("edx_tracking_log\0one\0two".getBytes(StandardCharsets.UTF_8));
    String hex = HexFormat.of().formatHex(hash, 0, 16);
    String id = key.id("one", "two").toString().replace("-", "");
    assertEquals(hex.substring(0, 12), id.substring(0, 12));
    assertEquals(hex.substring(13, 16), id.substring(13, 16));
    assertEquals(hex.substring(17), id.substring(17));
  }

  @Test
  void isAVersion8Uuid() {
    for (int i = 0; i < 100; i++) {
      UUID id = key.id("event " + i);
      assertEquals(8, id.version());
      assertEquals(2, id.variant());
    }
  }

  @Test
  void staysTheSameForever() {
    assertEquals("cd7ac3b9-77a8-8a7b-8c87-be2a2edcd72b", key.id("{}").toString());
  }

  @Test
  void aPartAsBytesIsThePartAsText() {
    ByteBuilder part = new ByteBuilder();
    part.ascii("{}");
    assertEquals(key.id("{}"), key.id(part));
  }

  @Test
  void tablesAndPartsAreKeptApart() {
    assertNotEquals(key.id("a", "b"), key.id("ab"));
    assertNotEquals(key.id("a"), new EventKey("gooru_usage_event").id("a"));
  }
}
