package org.lyceum.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** A reply of {@link ZoomServer}, and the errors that Zoom's API has. */
record ZoomReply(int status, Map<String, String> headers, String body) {
  private static final String JSON_TYPE = "application/json;charset=UTF-8";
  private static final ObjectMapper JSON = new ObjectMapper();

  static ZoomReply ok(String json) {
    return json(200, json, Map.of());
  }

  private static ZoomReply json(int status, String json, Map<String, String> more) {
    return new ZoomReply(status, with(JSON_TYPE, more), json);
  }

  private static Map<String, String> with(String type, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Content-Type", type);
    return Map.copyOf(headers);
  }

  static ZoomReply html(int status) {
    String page = "<!DOCTYPE html><html><body>We will be back soon.</body></html>";
    return new ZoomReply(status, with("text/html", Map.of()), page);
  }

  /** An error as the API writes it. */
  static ZoomReply error(int status, int code, String message) {
    return error(status, code, message, Map.of());
  }

  private static ZoomReply error(
      int status, int code, String message, Map<String, String> headers) {
    ObjectNode body = JSON.createObjectNode().put("code", code).put("message", message);
    return json(status, body.toString(), headers);
  }

  /** An error as the server of tokens writes it. */
  static ZoomReply oauthError(String reason, String error) {
    ObjectNode body = JSON.createObjectNode().put("reason", reason).put("error", error);
    return json(400, body.toString(), Map.of());
  }

  static ZoomReply noSuchMeeting(String id) {
    return error(404, 3001, "Meeting does not exist: " + id + ".");
  }

  static ZoomReply pageTokenEnded() {
    return error(400, 300, "The next page token is invalid or expired.");
  }

  static ZoomReply perSecondLimit() {
    return error(
        429,
        429,
        "You have reached the maximum per-second rate limit for this API. Try again later.",
        Map.of(
            "Retry-After", "1",
            "X-RateLimit-Category", "Heavy",
            "X-RateLimit-Type", "QPS",
            "X-RateLimit-Limit", "10",
            "X-RateLimit-Remaining", "0"));
  }

  /** Zoom's days are UTC days; the moment is ISO 8601, not the form that HTTP has. */
  static ZoomReply dailyLimit(int limit, Instant now) {
    Instant midnight =
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .plusDays(1)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC);
    return error(
        429,
        429,
        "You have reached the maximum daily rate limit for this API. Refer to the response header"
            + " for details on when you can make another request.",
        Map.of(
            "Retry-After", midnight.toString(),
            "X-RateLimit-Category", "Heavy",
            "X-RateLimit-Type", "Daily-limit",
            "X-RateLimit-Limit", Integer.toString(limit),
            "X-RateLimit-Remaining", "0"));
  }

  static ZoomReply dailyLimitWithoutHeaders(int limit) {
    return error(
        429,
        429,
        "You have exceeded the daily rate limit ("
            + limit
            + ") of Report API requests permitted for this particular user. You may resume these"
            + " requests at GMT 00:00:00.");
  }
}
