package org.lyceum.transforms.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import org.lyceum.transforms.io.http.HttpAuth;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpReply;
import org.lyceum.transforms.io.http.HttpSession;
import org.lyceum.transforms.io.http.HttpWaiting;

/**
 * The account's credentials in, a fresh access token out (Zoom's server-to-server OAuth). Whoever
 * holds the token says when it is time for the next.
 */
final class ZoomTokens implements Supplier<HttpAuth.Token> {
  private static final long USUAL_SECONDS = 3600;

  private final ZoomConfig config;
  private final HttpSession session;
  private final HttpWaiting waiting;

  ZoomTokens(ZoomConfig config, HttpSession session, HttpWaiting waiting) {
    this.config = config;
    this.session = session;
    this.waiting = waiting;
  }

  @Override
  public HttpAuth.Token get() {
    String form = "grant_type=account_credentials&account_id=" + encoded(config.accountId());
    String who = config.clientId() + ":" + config.clientSecret();
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(who.getBytes(StandardCharsets.UTF_8)));
    HttpReply reply;
    try {
      reply = session.post(config.oauth(), headers, form.getBytes(StandardCharsets.US_ASCII));
    } catch (HttpFailureException e) {
      // Wrong credentials are a bad request to Zoom.
      if (e.kind() != HttpFailureException.Kind.REFUSED || e.reply().isEmpty()) {
        throw e;
      }
      throw e.reply()
          .get()
          .failure(
              HttpFailureException.Kind.AUTH_REFUSED,
              "Zoom gives no token for this account id, client id and client secret");
    }
    JsonNode token = reply.json();
    if (!token.path("access_token").isTextual()) {
      throw reply.unexpected("Zoom's reply has no access token");
    }
    return new HttpAuth.Token(
        token.path("access_token").textValue(),
        waiting.now().plusSeconds(token.path("expires_in").asLong(USUAL_SECONDS)));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
