package org.lyceum.transforms.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The id of a schema in, its text out, from a schema registry: {@code GET /schemas/ids/<id>} of
 * Confluent's API, which its relatives speak too. A schema is asked for once, since its id never
 * means another; an id that the registry does not know is asked for again, since it may be
 * registered a moment later.
 *
 * <p>A registry that is down (refuses, hangs, answers 429 or 5xx) is waited for, longer from try to
 * try, until the waits add up to the patience. For many threads.
 */
public final class SchemaRegistryClient {
  static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final JsonFactory JSON = new JsonFactory();

  /** How time passes between two tries. */
  @FunctionalInterface
  public interface Waiting {
    void await(Duration duration) throws InterruptedException;
  }

  private final String url;
  private final Duration patience;
  private final Waiting waiting;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final Map<Integer, String> known = new ConcurrentHashMap<>();

  /** Waits up to ten minutes for a registry that is down. */
  public SchemaRegistryClient(URI url) {
    this(url, PATIENCE, duration -> Thread.sleep(duration.toMillis()));
  }

  /**
   * @param patience what the waits for one schema may add up to
   */
  public SchemaRegistryClient(URI url, Duration patience, Waiting waiting) {
    this.url = url.toString().replaceAll("/+$", "");
    this.patience = patience;
    this.waiting = waiting;
  }

  /**
   * The text of a schema; nothing if the registry has none of this id.
   *
   * @throws SchemaRegistryException if it refuses, or stays down for longer than the patience
   */
  public Optional<String> schema(int id) {
    String schema = known.get(id);
    if (schema == null) {
      schema = ask(id);
      if (schema != null) {
        known.put(id, schema);
      }
    }
    return Optional.ofNullable(schema);
  }

  private String ask(int id) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/schemas/ids/" + Integer.toUnsignedString(id)))
            .timeout(REQUEST_TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
            .build();
    Duration waited = Duration.ZERO;
    Duration next = FIRST_WAIT;
    try {
      while (true) {
        String fault;
        try {
          HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
          int status = response.statusCode();
          if (status == 200) {
            return text(response.body());
          }
          if (status == 404) {
            return null;
          }
          if (status < 500 && status != 429 && status != 408) {
            throw new SchemaRegistryException("The schema registry answers " + status, id, null);
          }
          fault = "answers " + status;
        } catch (IOException e) {
          fault = "cannot be asked (" + e.getClass().getSimpleName() + ")";
        }
        if (waited.compareTo(patience) >= 0) {
          throw new SchemaRegistryException(
              "The schema registry " + fault + " after waits of " + waited.toSeconds() + " s",
              id,
              null);
        }
        waiting.await(next);
        waited = waited.plus(next);
        next = next.multipliedBy(2);
        next = next.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : next;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SchemaRegistryException("Waiting for the schema registry was interrupted", id, e);
    }
  }

  /** The member {@code schema} of the answer. */
  private static String text(String body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (name.equals("schema") && value == JsonToken.VALUE_STRING) {
            return parser.getText();
          }
          parser.skipChildren();
        }
      }
    }
    throw new IOException("no schema in the answer");
  }
}
