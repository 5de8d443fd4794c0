package org.lyceum.stack;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The server-to-server OAuth of {@link ZoomServer}: one application of one account. */
final class ZoomTokens {
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(
                  (ZoomServer.CLIENT_ID + ":" + ZoomServer.CLIENT_SECRET)
                      .getBytes(StandardCharsets.UTF_8));

  private final InstantSource clock;
  private final Map<String, Instant> ends = new HashMap<>();
  private int given;
  private Duration lifetime = Duration.ofHours(1);

  ZoomTokens(InstantSource clock) {
    this.clock = clock;
  }

  void lifetime(Duration duration) {
    lifetime = duration;
  }

  /** No token that was given so far is good any more. */
  void endAll() {
    ends.clear();
  }

  /**
   * @param form what was asked, be it in the path or in the body
   */
  ZoomReply grant(String method, String authorization, Map<String, String> form) {
    if (!method.equals("POST")) {
      return ZoomReply.error(405, 405, "Request method not supported.");
    }
    if (!BASIC.equals(authorization)) {
      return ZoomReply.oauthError("Invalid client_id or client_secret", "invalid_client");
    }
    if (!"account_credentials".equals(form.get("grant_type"))) {
      return ZoomReply.oauthError("unsupported grant type", "unsupported_grant_type");
    }
    if (!ZoomServer.ACCOUNT_ID.equals(form.get("account_id"))) {
      return ZoomReply.oauthError("Bad Request", "invalid_request");
    }
    String token = "access-" + ++given;
    ends.put(token, clock.instant().plus(lifetime));
    return ZoomReply.ok(
        "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":%d,\"scope\":\"report:read:admin dashboard_meetings:read:admin user:read:admin\"}"
            .formatted(token, lifetime.toSeconds()));
  }

  /** Why the request is refused; empty if it brings a good token. */
  Optional<ZoomReply> refused(String authorization) {
    Instant end =
        !authorization.startsWith("Bearer ")
            ? null
            : ends.get(authorization.substring("Bearer ".length()));
    if (end == null) {
      return Optional.of(ended("Invalid access token."));
    }
    return clock.instant().isBefore(end)
        ? Optional.empty()
        : Optional.of(ended("Access token is expired."));
  }

  static ZoomReply ended(String message) {
    return ZoomReply.error(401, 124, message);
  }
}
