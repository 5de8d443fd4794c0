package org.lyceum.transforms.io.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;

/** What a host replied, in whole. */
public final class HttpReply {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();

  private final String where;
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * @param where the request, see {@link HttpFailureException#where}
   * @param headers by name, whatever its case; of several with one name the first
   */
  HttpReply(String where, int status, Map<String, String> headers, byte[] body) {
    this.where = where;
    this.status = status;
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    this.headers = Collections.unmodifiableMap(byName);
    this.body = body;
  }

  public int status() {
    return status;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The body's bytes themselves, decompressed; not to be changed. */
  public byte[] body() {
    return body;
  }

  /** The host's own time, to the second; empty if it does not say it. */
  public Optional<Instant> date() {
    return header("Date").flatMap(HttpReply::httpDate);
  }

  /**
   * The body as a tree, numbers as exact as they were sent.
   *
   * @throws HttpFailureException of kind {@code NOT_JSON}
   */
  public JsonNode json() {
    JsonNode tree;
    try {
      tree = JSON.readTree(body);
    } catch (IOException e) {
      throw notJson();
    }
    if (tree.isMissingNode()) {
      throw notJson();
    }
    return tree;
  }

  /** For a caller that reads the body's JSON itself, and cannot. */
  public HttpFailureException notJson() {
    int first = 0;
    while (first < body.length && body[first] <= ' ') {
      first++;
    }
    String what =
        first == body.length
            ? "The host's reply is empty"
            : body[first] == '<'
                ? "The host replies with a page of HTML or XML instead of JSON"
                : "The host's reply is not JSON";
    return HttpFailureException.of(Kind.NOT_JSON, what, this);
  }

  /**
   * For a caller to whom the reply is not what the protocol says.
   *
   * @param what a sentence without its full stop, and without values of the reply
   */
  public HttpFailureException unexpected(String what) {
    return HttpFailureException.of(Kind.UNEXPECTED, what, this);
  }

  /**
   * For a caller whose protocol says more than the status does.
   *
   * @param what a sentence without its full stop, and without values of the reply
   */
  public HttpFailureException failure(Kind kind, String what) {
    return HttpFailureException.of(kind, what, this);
  }

  /** For a caller whose protocol says otherwise than by Retry-After when to go on. */
  public HttpFailureException rateLimited(String what, Instant goOnAt) {
    return HttpFailureException.rateLimited(what, goOnAt, this);
  }

  /** For a caller whose pages do not fit together, after so many readings. */
  public HttpFailureException changed(int readings) {
    return HttpFailureException.of(
        Kind.CHANGED, "The list changes while it is read, " + readings + " times in a row", this);
  }

  String where() {
    return where;
  }

  /** A date as headers have it (RFC 9110, 5.6.7), the preferred form. */
  static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
