package org.lyceum.transforms.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;
import org.lyceum.transforms.io.http.HttpReply;

/**
 * What the codes in the bodies of Zoom's errors mean, which says more than the status.
 *
 * @see <a href="https://developers.zoom.us/docs/api/errors/">Zoom's error definitions</a>
 */
final class ZoomErrors {
  /** The account's plan does not have this. */
  private static final int NOT_IN_PLAN = 200;

  /** A parameter is wrong; so is a page token that has ended. */
  private static final int WRONG_PARAMETER = 300;

  private static final int NO_SUCH_MEETING = 3001;
  private static final int NO_SUCH_USER = 1001;
  private static final int NO_SCOPE = 4711;

  private ZoomErrors() {}

  /** Also "is invalid or not end" of reports: the meeting is over, and Zoom not done with it. */
  static boolean isUnfinished(HttpFailureException failure) {
    return (failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.REFUSED)
        && code(failure) == NO_SUCH_MEETING;
  }

  static boolean isNoSuchUser(HttpFailureException failure) {
    return failure.kind() == Kind.NOT_FOUND && code(failure) == NO_SUCH_USER;
  }

  /** Of a request with a page token only: the code is that of every wrong parameter. */
  static boolean isPageTokenEnded(HttpFailureException failure) {
    return failure.kind() == Kind.REFUSED && code(failure) == WRONG_PARAMETER;
  }

  /** The failure in the words of who knows Zoom; as it is where there is nothing to add. */
  static HttpFailureException told(HttpFailureException failure, Instant now) {
    Optional<HttpReply> reply = failure.reply();
    if (reply.isEmpty()) {
      return failure;
    }
    if (failure.kind() == Kind.RATE_LIMITED) {
      return rateLimited(failure, reply.get(), now);
    }
    return failure.kind() == Kind.REFUSED || failure.kind() == Kind.AUTH_REFUSED
        ? refused(failure, reply.get())
        : failure;
  }

  /** A limit per day may say its end in words alone: it is midnight in UTC. */
  private static HttpFailureException rateLimited(
      HttpFailureException failure, HttpReply reply, Instant now) {
    boolean isOfDay =
        body(reply).path("message").asText().toLowerCase(Locale.ROOT).contains("daily");
    if (!isOfDay || reply.header("Retry-After").isPresent()) {
      return failure;
    }
    LocalDate tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
    return reply.rateLimited(
        "Zoom answers no more requests of this day",
        tomorrow.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  private static HttpFailureException refused(HttpFailureException failure, HttpReply reply) {
    return switch (code(failure)) {
      case NOT_IN_PLAN ->
          reply.failure(
              Kind.AUTH_REFUSED,
              "The plan of this Zoom account does not have this; one without dashboard is"
                  + " harvested by its reports");
      case NO_SCOPE ->
          reply.failure(Kind.AUTH_REFUSED, "Zoom's application lacks the scope for this");
      default -> failure;
    };
  }

  /** The range is ours to cut, so a wrong one is too old. */
  static HttpFailureException ofRange(HttpFailureException failure) {
    return failure.kind() == Kind.REFUSED && code(failure) == WRONG_PARAMETER
        ? failure
            .reply()
            .orElseThrow()
            .failure(Kind.REFUSED, "Zoom refuses these days; it has the last six months only")
        : failure;
  }

  /** 0 for none. */
  private static int code(HttpFailureException failure) {
    return failure.reply().map(reply -> body(reply).path("code").asInt()).orElse(0);
  }

  private static JsonNode body(HttpReply reply) {
    try {
      return reply.json();
    } catch (HttpFailureException notJson) {
      return MissingNode.getInstance();
    }
  }
}
