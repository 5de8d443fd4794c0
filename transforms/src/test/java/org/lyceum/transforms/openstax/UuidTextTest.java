package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidTextTest {
  private static final String TEXT = "5e550000-0000-4000-8000-0000000000af";

  @Property(seed = "61")
  void bytesAndTextAreTheSameUuid(@ForAll long high, @ForAll long low) {
    UUID uuid = new UUID(high, low);
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    assertEquals(uuid, UuidText.of(bytes));
    assertEquals(uuid, UuidText.of(ByteBuffer.wrap(bytes)));
    assertEquals(uuid, UuidText.of(uuid.toString()));
    assertEquals(uuid, UuidText.of(uuid.toString().toUpperCase(java.util.Locale.ROOT)));
  }

  /** Ruby's pack: a letter is its lowest three bits and nine, the underscore is 15. */
  @Test
  void wordCharactersArePackedAsTheServerDoes() {
    assertEquals(
        UUID.fromString("f0000000-0000-4000-8000-0000000000af"),
        UuidText.of("_0000000-0000-4000-8000-0000000000af"));
    assertEquals(
        UUID.fromString("09ab0000-0000-4000-8000-0000000000af"),
        UuidText.of("ghij0000-0000-4000-8000-0000000000af"));
  }

  @Test
  void hyphensAroundItAreDropped() {
    assertEquals(UUID.fromString(TEXT), UuidText.of("-" + TEXT + "-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{5e550000-0000-4000-8000-0000000000af}",
        "5e5500000000400080000000000000af",
        "5e550000-0000-4000-8000-0000000000af0",
        "5e550000-0000-4000-8000-0000000000a",
        "5e550000-0000-4000-8000-0000000000aé"
      })
  void whatDoesNotFill16BytesIsNone(String text) {
    assertNull(UuidText.of(text));
  }

  @Test
  void otherValuesAreNone() {
    assertNull(UuidText.of(null));
    assertNull(UuidText.of(7));
    assertNull(UuidText.of(new byte[17]));
  }
}
