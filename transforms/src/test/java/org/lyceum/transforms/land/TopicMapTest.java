package org.lyceum.transforms.land;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.parse.Formats;

class TopicMapTest {
  @TempDir Path folder;

  @Test
  void theShippedMapNamesSourcesAsTheirParsersDo() {
    TopicMap.shipped()
        .topics()
        .forEach(
            (topic, content) ->
                assertEquals(
                    content.source(),
                    Formats.messageParser(content.format(), "http://127.0.0.1:1").source(),
                    topic));
  }

  @Test
  void aTopicThatNobodyKnowsIsRefused() {
    Refusal refusal = assertThrows(Refusal.class, () -> TopicMap.shipped().content("nobody"));
    assertTrue(refusal.getMessage().startsWith("topic nobody is not in the topic map"));
  }

  @Test
  void aMapOfOnesOwnTakesItsPlace() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("map.yaml"), "ours: {source: edx, format: edx_tracking_log}\n");
    assertEquals("edx_tracking_log", TopicMap.of(file).content("ours").format());
  }

  @Test
  void whatIsWrongInAMapIsSaid() throws Exception {
    Path unknown =
        Files.writeString(folder.resolve("a.yaml"), "ours: {source: edx, format: edx_log}\n");
    Refusal refusal = assertThrows(Refusal.class, () -> TopicMap.of(unknown));
    assertTrue(refusal.getMessage().contains("topic ours has the format edx_log"));
    Path broken = Files.writeString(folder.resolve("b.yaml"), "ours: [\n");
    assertTrue(
        assertThrows(Refusal.class, () -> TopicMap.of(broken))
            .getMessage()
            .contains("a line for each topic"));
    assertThrows(Refusal.class, () -> TopicMap.of(folder.resolve("none.yaml")));
  }
}
