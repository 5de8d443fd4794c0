package org.lyceum.transforms.documents;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.http.Header;
import org.apache.http.HeaderElement;

/**
 * The header that says who we are to Elasticsearch (RFC 7617), from {@code ES_USER} and {@code
 * ES_PASSWORD} of the process that sends it. It travels to workers without them.
 */
final class BasicAuthorization implements Header, Serializable {
  private static final String NAME = "Authorization";

  /** Whether this process has a user to name. */
  static boolean isKnown() {
    return !user().isEmpty();
  }

  /** The header for a request of ours, if there is a user. */
  static Map<String, String> headers() {
    return isKnown() ? Map.of(NAME, value(user(), password())) : Map.of();
  }

  private static String user() {
    String user = System.getenv("ES_USER");
    return user == null ? "" : user.strip();
  }

  private static String password() {
    String password = System.getenv("ES_PASSWORD");
    return password == null ? "" : password;
  }

  static String value(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public String getValue() {
    return value(user(), password());
  }

  @Override
  public HeaderElement[] getElements() {
    return new HeaderElement[0];
  }

  /** Without what must not be seen. */
  @Override
  public String toString() {
    return NAME;
  }
}
