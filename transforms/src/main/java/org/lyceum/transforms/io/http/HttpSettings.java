package org.lyceum.transforms.io.http;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a host is asked: as fast and as long as it has patience for.
 *
 * @param connectTimeout for a connection to be made
 * @param responseTimeout for the next bytes of a reply to come
 * @param replyTimeout for a reply to come in whole
 * @param attempts most times that one request is sent while its fault may pass; waits that a host
 *     that limits its rate asks for are not counted
 * @param firstWait before the second attempt; each further wait is twice as long
 * @param longestWait no wait between two attempts is longer
 * @param rateLimitPatience what the waits of one request may add up to that a host that limits its
 *     rate asks for; beyond it the failure says when to go on
 * @param concurrency most requests at a time
 * @param rest between a reply and the next request, for each of those at a time
 * @param budget most requests of a session, repeated ones included
 * @param userAgent how we call ourselves
 */
public record HttpSettings(
    Duration connectTimeout,
    Duration responseTimeout,
    Duration replyTimeout,
    int attempts,
    Duration firstWait,
    Duration longestWait,
    Duration rateLimitPatience,
    int concurrency,
    Duration rest,
    int budget,
    String userAgent)
    implements Serializable {

  public HttpSettings {
    if (attempts < 1 || concurrency < 1 || budget < 1) {
      throw new IllegalArgumentException("attempts, concurrency and budget begin at 1");
    }
    if (connectTimeout.toMillis() < 1
        || responseTimeout.toMillis() < 1
        || replyTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("a timeout is at least a millisecond");
    }
    if (firstWait.isNegative()
        || longestWait.isNegative()
        || rateLimitPatience.isNegative()
        || rest.isNegative()) {
      throw new IllegalArgumentException("no wait and no rest is below zero");
    }
  }

  /** One request at a time without a rest, five attempts over about 15 seconds. */
  public static HttpSettings defaults() {
    return new HttpSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        5,
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        1,
        Duration.ZERO,
        1_000_000,
        "lyceum/" + version());
  }

  public HttpSettings withTimeouts(Duration connect, Duration response, Duration reply) {
    return new HttpSettings(
        connect,
        response,
        reply,
        attempts,
        firstWait,
        longestWait,
        rateLimitPatience,
        concurrency,
        rest,
        budget,
        userAgent);
  }

  public HttpSettings withAttempts(int most) {
    return new HttpSettings(
        connectTimeout,
        responseTimeout,
        replyTimeout,
        most,
        firstWait,
        longestWait,
        rateLimitPatience,
        concurrency,
        rest,
        budget,
        userAgent);
  }

  public HttpSettings withRateLimitPatience(Duration patience) {
    return new HttpSettings(
        connectTimeout,
        responseTimeout,
        replyTimeout,
        attempts,
        firstWait,
        longestWait,
        patience,
        concurrency,
        rest,
        budget,
        userAgent);
  }

  /**
   * The same at another pace.
   *
   * @param atATime most requests at a time
   * @param rest between a reply and the next request
   */
  public HttpSettings withPace(int atATime, Duration rest) {
    return new HttpSettings(
        connectTimeout,
        responseTimeout,
        replyTimeout,
        attempts,
        firstWait,
        longestWait,
        rateLimitPatience,
        atATime,
        rest,
        budget,
        userAgent);
  }

  public HttpSettings withBudget(int mostRequests) {
    return new HttpSettings(
        connectTimeout,
        responseTimeout,
        replyTimeout,
        attempts,
        firstWait,
        longestWait,
        rateLimitPatience,
        concurrency,
        rest,
        mostRequests,
        userAgent);
  }

  /** The jar's version, from its manifest. */
  private static String version() {
    String version = HttpSettings.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
