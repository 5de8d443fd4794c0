package org.lyceum.testdata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What its truth says is held against the parsers in transforms, GeneratedMessagesTest. */
class JsonMessageGeneratorTest {
  @TempDir private Path folder;

  @Test
  void theSameSeedGivesTheSameMessages() {
    JsonMessageGenerator one = all(3, 500);
    JsonMessageGenerator other = all(3, 500);
    boolean differs = false;
    JsonMessageGenerator otherSeed = all(4, 500);
    while (one.hasNext()) {
      JsonMessage message = one.next();
      JsonMessage same = other.next();
      assertEquals(message.topic(), same.topic());
      assertEquals(message.key(), same.key());
      assertEquals(message.timestamp(), same.timestamp());
      assertArrayEquals(message.value(), same.value());
      differs |= message.source() != otherSeed.next().source();
    }
    assertFalse(other.hasNext());
    assertTrue(differs);
    for (JsonSource source : JsonSource.values()) {
      assertEquals(one.truth(source), other.truth(source));
    }
  }

  @Test
  void theTruthIsOfWhatWasHandedOut() {
    JsonMessageGenerator generator = all(3, 500);
    for (int handedOut = 0; handedOut < 500; handedOut++) {
      assertEquals(handedOut, messages(generator));
      generator.next();
    }
    assertEquals(500, messages(generator));
    assertThrows(NoSuchElementException.class, generator::next);
  }

  @Test
  void discreteEventsHaveTopicsOfTheirOwn() {
    JsonMessageGenerator generator =
        new JsonMessageGenerator(3, 500, EnumSet.of(JsonSource.GOORU_WRITER));
    List<String> topics = new ArrayList<>();
    generator.forEachRemaining(message -> topics.add(message.topic()));
    assertEquals(
        List.of(
            "org.gooru.da.sink.gep.assessment.score",
            "org.gooru.da.sink.gep.question.timespent",
            "org.gooru.da.sink.logW.usage.events"),
        topics.stream().distinct().sorted().toList());
  }

  @Test
  void mainWritesALineAMessage() throws IOException {
    int status =
        new CommandLine(new GenerateJsonMessages())
            .execute("--out", folder.toString(), "--messages", "300", "--sources", "EDX");
    assertEquals(0, status);
    List<String> lines = Files.readAllLines(folder.resolve("messages.jsonl"));
    assertEquals(300, lines.size());
    for (String line : lines) {
      JsonNode message = new ObjectMapper().readTree(line);
      assertEquals("edx_tracking", message.get("topic").asText());
      assertTrue(message.has("value") || message.has("value_base64"), line);
    }
  }

  private static JsonMessageGenerator all(long seed, long messages) {
    return new JsonMessageGenerator(seed, messages, EnumSet.allOf(JsonSource.class));
  }

  private static long messages(JsonMessageGenerator generator) {
    long sum = 0;
    for (JsonSource source : JsonSource.values()) {
      sum += generator.truth(source).messages();
    }
    return sum;
  }
}
