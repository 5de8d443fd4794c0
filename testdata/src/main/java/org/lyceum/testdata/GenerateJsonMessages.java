package org.lyceum.testdata;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Generates messages to a folder, one JSON object a line, and says what they hold. */
@Command(
    name = "generate-json-messages",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "Generates messages of KinesinLMS, Gooru and edX as JSON lines, to be looked at.")
final class GenerateJsonMessages implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--out", required = true, description = "Folder for messages.jsonl.")
  private Path out;

  @Option(names = "--messages", defaultValue = "1000", description = "How many messages.")
  private long messages;

  @Option(names = "--seed", defaultValue = "1", description = "Same seed, same messages.")
  private long seed;

  @Option(
      names = "--sources",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}. All by default.")
  private Set<JsonSource> sources = EnumSet.allOf(JsonSource.class);

  @Override
  public Integer call() throws IOException {
    Path file = Files.createDirectories(out).resolve("messages.jsonl");
    JsonMessageGenerator generator = new JsonMessageGenerator(seed, messages, sources);
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      while (generator.hasNext()) {
        lines.write(line(generator.next()));
        lines.write('\n');
      }
    }
    for (JsonSource source : sources) {
      System.out.println(source.table() + ": " + generator.truth(source));
    }
    System.out.println(file);
    return 0;
  }

  /** The value as text where it is UTF-8, else in Base64. */
  private static String line(JsonMessage message) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("topic", message.topic());
    line.put("key", message.key());
    line.put("timestamp", message.timestamp());
    line.set("headers", JSON.valueToTree(message.headers()));
    byte[] value = message.value();
    String text = value == null ? null : new String(value, StandardCharsets.UTF_8);
    if (text != null && text.indexOf('\ufffd') >= 0) {
      line.put("value_base64", value);
    } else {
      line.put("value", text);
    }
    return JSON.writeValueAsString(line);
  }
}
