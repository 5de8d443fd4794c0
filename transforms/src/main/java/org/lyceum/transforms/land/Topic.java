package org.lyceum.transforms.land;

import java.io.Serializable;
import java.util.Map;

/**
 * A topic as it is read: what is in it, and how its broker and registry are reached. Holds secrets
 * where the consumer's settings do, so it is never printed.
 *
 * @param series the topic's name in the lake: with {@code @2} and so on when it was deleted and
 *     created again
 * @param id the broker's identity of the topic
 * @param consumer settings of the Kafka client
 * @param registry URL of the schema registry, or blank
 */
public record Topic(
    String source,
    String format,
    String feed,
    String name,
    String series,
    String id,
    Map<String, String> consumer,
    String registry)
    implements Serializable {
  public Topic {
    consumer = Map.copyOf(consumer);
  }

  @Override
  public String toString() {
    return "topic " + series;
  }
}
