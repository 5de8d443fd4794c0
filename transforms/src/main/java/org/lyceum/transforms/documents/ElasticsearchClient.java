package org.lyceum.transforms.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.io.http.HttpAuth;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;
import org.lyceum.transforms.io.http.HttpReply;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.io.http.HttpSettings;

/**
 * What we say to Elasticsearch beside sending documents: which version it is, which templates it
 * shall have, and which values it knows. Whatever it refuses is a {@link Refusal} in one sentence.
 */
public final class ElasticsearchClient implements AutoCloseable {
  /** Older ones want types beside the index, and know no composable templates. */
  private static final int OLDEST = 7;

  private static final int VALUES_OF_A_PAGE = 1000;
  private static final String ALL_OR_NONE = "/_search?allow_partial_search_results=false";

  private final ElasticsearchSettings settings;
  private final HttpSession session;

  private ElasticsearchClient(ElasticsearchSettings settings, HttpSettings pace) {
    this.settings = settings;
    this.session = HttpSession.open(pace, HttpAuth.none());
  }

  public static ElasticsearchClient open(ElasticsearchSettings settings) {
    return open(settings, HttpSettings.defaults().withAttempts(3));
  }

  static ElasticsearchClient open(ElasticsearchSettings settings, HttpSettings pace) {
    return new ElasticsearchClient(settings, pace);
  }

  /**
   * Asks whether it is there, lets us in, and is new enough.
   *
   * @return its version, as 7.10.2
   */
  public String version() {
    try {
      HttpReply reply = session.get(at("/"), headers());
      JsonNode version = reply.json().path("version");
      String number = version.path("number").asText();
      if (!number.matches("\\d+\\..*")) {
        throw reply.unexpected("This is no Elasticsearch: it does not say its version");
      }
      boolean isElasticsearch = version.path("distribution").isMissingNode();
      if (isElasticsearch && Integer.parseInt(number.replaceFirst("\\..*", "")) < OLDEST) {
        throw new Refusal(
            Exit.FAILED,
            "Elasticsearch at %s is %s: version 7.8 or newer is needed"
                .formatted(settings.uri(), number));
      }
      return number;
    } catch (HttpFailureException e) {
      throw refusal(e);
    }
  }

  /** Puts a resource in the place of what is there under its path. */
  public void put(String path, byte[] json) {
    Map<String, String> headers = new HashMap<>(headers());
    headers.put("Content-Type", "application/json");
    try {
      session.put(at(path), headers, json);
    } catch (HttpFailureException e) {
      throw refusal(e);
    }
  }

  /**
   * All values that a keyword field has in some indexes, each once and in order; none when no index
   * has such a name.
   *
   * @param indexes names and patterns, such as {@code useractions-2026.03.*}, with commas between
   */
  public List<String> values(String indexes, String field) {
    Map<String, String> headers = new HashMap<>(headers());
    headers.put("Content-Type", "application/json");
    List<String> values = new ArrayList<>();
    try {
      JsonNode after = null;
      do {
        byte[] question = question(field, after).toString().getBytes(StandardCharsets.UTF_8);
        JsonNode page =
            session
                .post(
                    at("/" + URLEncoder.encode(indexes, StandardCharsets.UTF_8) + ALL_OR_NONE),
                    headers,
                    question)
                .json()
                .path("aggregations")
                .path("values");
        page.path("buckets").forEach(bucket -> values.add(bucket.at("/key/value").asText()));
        after = page.get("after_key");
      } while (after != null);
      return values;
    } catch (HttpFailureException e) {
      throw refusal(e);
    }
  }

  private static ObjectNode question(String field, JsonNode after) {
    ObjectNode question = JsonNodeFactory.instance.objectNode().put("size", 0);
    ObjectNode pages = question.putObject("aggs").putObject("values").putObject("composite");
    pages.put("size", VALUES_OF_A_PAGE);
    pages.putArray("sources").addObject().putObject("value").putObject("terms").put("field", field);
    if (after != null) {
      pages.set("after", after);
    }
    return question;
  }

  private static Map<String, String> headers() {
    return BasicAuthorization.headers();
  }

  private URI at(String path) {
    return URI.create(settings.uri() + path);
  }

  private static Refusal refusal(HttpFailureException failure) {
    String advice = failure.kind() == Kind.AUTH_REFUSED ? " They are ES_USER and ES_PASSWORD." : "";
    return new Refusal(
        Exit.FAILED,
        "Elasticsearch (ES_HOST): " + failure.getMessage() + advice + reason(failure),
        failure);
  }

  /** What it says itself of templates and indexes, which is no secret: names and patterns. */
  private static String reason(HttpFailureException failure) {
    boolean isSaid = failure.kind() == Kind.REFUSED || failure.kind() == Kind.NOT_FOUND;
    if (!isSaid || failure.reply().isEmpty()) {
      return "";
    }
    try {
      String reason = failure.reply().get().json().path("error").path("reason").asText();
      return reason.isEmpty() ? "" : " It says: " + reason;
    } catch (HttpFailureException notJson) {
      return "";
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
