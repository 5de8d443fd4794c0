package org.lyceum.pipelines;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.joda.time.Duration;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.land.TopicMap;

/**
 * Checked settings of the ingest from Kafka.
 *
 * @param consumer settings of the Kafka client, secrets among them
 * @param topics names; all of the map that the broker has when empty
 * @param isUntilLatest what is there now, and then stop
 * @param from first UTC day to read again; null unless days are read again
 * @param registry URL of the schema registry; blank when there is none
 */
record IngestKafkaConfig(
    Map<String, String> consumer,
    List<String> topics,
    boolean isUntilLatest,
    LocalDate from,
    LocalDate to,
    Duration interval,
    TopicMap topicMap,
    String registry,
    String feed,
    String reason,
    boolean replace) {

  static IngestKafkaConfig from(
      LyceumOptions.IngestKafka options, Map<String, String> environment) {
    if (options.getBootstrap().isBlank()) {
      throw new Refusal(
          Exit.WRONG_USE,
          "BOOTSTRAP is missing: make ingest-kafka BOOTSTRAP=<host:port> [TOPICS=<names>"
              + " UNTIL=latest | FROM=<day> TO=<day>]");
    }
    boolean isUntilLatest =
        switch (options.getUntil()) {
          case "latest" -> true;
          case "" -> false;
          default ->
              throw new Refusal(
                  Exit.WRONG_USE, "UNTIL=" + options.getUntil() + ": it is latest or nothing");
        };
    LocalDate from = day("FROM", options.getFrom());
    LocalDate to = day("TO", options.getTo());
    if ((from == null) != (to == null) || (from != null && (to.isBefore(from) || isUntilLatest))) {
      throw new Refusal(
          Exit.WRONG_USE,
          "FROM and TO are the first and the last UTC day to read again, such as FROM=2026-03-01"
              + " TO=2026-03-02, and stand without UNTIL");
    }
    String reason = environment.getOrDefault("LYCEUM_REASON", "").strip();
    return new IngestKafkaConfig(
        consumer(options),
        Stream.of(options.getTopics().split("[,\\s]+")).filter(name -> !name.isBlank()).toList(),
        isUntilLatest,
        from,
        to,
        Duration.standardSeconds(seconds(options.getInterval())),
        options.getTopicMap().isBlank()
            ? TopicMap.shipped()
            : TopicMap.of(Path.of(options.getTopicMap())),
        options.getRegistry(),
        Flags.feed(options.getFeed()),
        reason.isEmpty() ? null : reason,
        Flags.isOn("REPLACE", options.getReplace()));
  }

  private static LocalDate day(String name, String text) {
    try {
      return text.isBlank() ? null : LocalDate.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new Refusal(
          Exit.WRONG_USE, name + "=" + text + ": it is a UTC day such as 2026-03-01", e);
    }
  }

  private static long seconds(String text) {
    if (!text.strip().matches("[1-9]\\d{0,3}")) {
      throw new Refusal(
          Exit.WRONG_USE, "INTERVAL=" + text + ": seconds from one commit to the next, 1 to 9999");
    }
    return Long.parseLong(text.strip());
  }

  private static Map<String, String> consumer(LyceumOptions.IngestKafka options) {
    Map<String, String> settings = new HashMap<>();
    if (!options.getKafkaProperties().isBlank()) {
      Properties file = new Properties();
      try (Reader in = Files.newBufferedReader(Path.of(options.getKafkaProperties()))) {
        file.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw new Refusal(
            Exit.WRONG_USE,
            "KAFKA_PROPERTIES=" + options.getKafkaProperties() + " cannot be read",
            e);
      }
      file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
    }
    settings.put("bootstrap.servers", options.getBootstrap().strip());
    return settings;
  }
}
