package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {
  private static final String TEXT = "{\"type\": \"string\"}";

  @Test
  void givesBackWhatWasRegistered() {
    try (SchemaRegistry registry = SchemaRegistry.start()) {
      int id = registry.register(TEXT);
      assertEquals(id, registry.register(TEXT));
      assertNotEquals(id, registry.register("\"long\""));
      assertEquals(
          Optional.of("{\"schema\":\"{\\\"type\\\": \\\"string\\\"}\"}"),
          Http.get(at(registry, id)));
      assertEquals(OptionalInt.of(404), Http.status(at(registry, 99)));
      assertEquals(2, registry.requests());
    }
  }

  @Test
  void takesSchemasOverHttp() {
    try (SchemaRegistry registry = SchemaRegistry.start()) {
      Optional<String> answer =
          Http.post(
              registry.uri().resolve("/subjects/nudged-value/versions"),
              "{\"schema\":\"\\\"int\\\"\"}",
              "Content-Type",
              "application/json");
      assertEquals(Optional.of("{\"id\":1}"), answer);
      assertEquals(1, registry.register("\"int\""));
    }
  }

  @Test
  void knowsItsSchemasAfterAStop() {
    try (SchemaRegistry registry = SchemaRegistry.start()) {
      int id = registry.register(TEXT);
      registry.stop();
      assertEquals(OptionalInt.empty(), Http.status(at(registry, id)));
      registry.up();
      assertEquals(OptionalInt.of(200), Http.status(at(registry, id)));
    }
  }

  private static URI at(SchemaRegistry registry, int id) {
    return registry.uri().resolve("/schemas/ids/" + id);
  }
}
