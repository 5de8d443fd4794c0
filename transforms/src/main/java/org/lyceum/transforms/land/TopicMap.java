package org.lyceum.transforms.land;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.parse.Formats;

/** What is in which topic, read from {@code topics.yaml} or a file that takes its place. */
public final class TopicMap {
  /** Source of a topic, and the format of its messages. */
  public record Content(
      @JsonProperty(required = true) String source, @JsonProperty(required = true) String format) {}

  private final Map<String, Content> topics;

  private TopicMap(Map<String, Content> topics, String name) {
    this.topics = new TreeMap<>(topics);
    topics.forEach(
        (topic, content) -> {
          if (!Formats.ofMessages().contains(content.format)) {
            throw new Refusal(
                Exit.WRONG_USE,
                name
                    + ": topic "
                    + topic
                    + " has the format "
                    + content.format
                    + "; there are "
                    + Formats.ofMessages());
          }
        });
  }

  /** The map that comes with us. */
  public static TopicMap shipped() {
    try (InputStream in = TopicMap.class.getResourceAsStream("/topics.yaml")) {
      return new TopicMap(read(in.readAllBytes()), "topics.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A map from a file.
   *
   * @throws Refusal when it cannot be read, or names no format of ours
   */
  public static TopicMap of(Path file) {
    try {
      return new TopicMap(read(Files.readAllBytes(file)), file.toString());
    } catch (JsonProcessingException e) {
      throw new Refusal(
          Exit.WRONG_USE,
          "TOPIC_MAP=" + file + ": a line for each topic, name: {source: ..., format: ...}",
          e);
    } catch (IOException e) {
      throw new Refusal(Exit.WRONG_USE, "TOPIC_MAP=" + file + " cannot be read", e);
    }
  }

  private static Map<String, Content> read(byte[] yaml) throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .readValue(yaml, new TypeReference<Map<String, Content>>() {});
  }

  public Map<String, Content> topics() {
    return Map.copyOf(topics);
  }

  /**
   * What is in a topic.
   *
   * @throws Refusal when the map does not say
   */
  public Content content(String topic) {
    Content content = topics.get(topic);
    if (content == null) {
      throw new Refusal(
          Exit.WRONG_USE,
          "topic "
              + topic
              + " is not in the topic map, so nobody knows what is in it; write a map of your own"
              + " and name it in TOPIC_MAP. The map has "
              + topics.keySet());
    }
    return content;
  }
}
