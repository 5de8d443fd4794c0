package org.lyceum.transforms.io.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header Retry-After in, the instant it means out: seconds or a date (RFC 9110, 10.2.3), or a
 * date as ISO 8601 has it, which Zoom sends for its daily limits.
 */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private RetryAfter() {}

  /** Empty if there is none, or none that can be read. */
  static Optional<Instant> of(HttpReply reply, Instant now) {
    return reply.header("Retry-After").flatMap(text -> parse(text.strip(), now));
  }

  private static Optional<Instant> parse(String text, Instant now) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(now.plusSeconds(Long.parseLong(text)));
    }
    Optional<Instant> date = HttpReply.httpDate(text);
    if (date.isPresent()) {
      return date;
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
