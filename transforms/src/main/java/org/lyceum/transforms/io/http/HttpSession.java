package org.lyceum.transforms.io.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.lyceum.transforms.io.http.HttpFailureException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request in, a whole reply of status 2xx out, or an {@link HttpFailureException}. Connections
 * are kept and used again; redirects are not followed, so that credentials go to no other host;
 * cookies are not kept.
 *
 * <p>What may pass is tried again, with growing, spread waits: 5xx, 408, timeouts, refused
 * connections, connections and replies that are cut. 429 is waited for as long as the host asks,
 * while the patience lasts. For many threads, as many of which ask at a time as the settings say.
 */
public final class HttpSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSession.class);

  private final HttpSettings settings;
  private final HttpWaiting waiting;
  private final HttpExchange exchange;
  private final AtomicInteger requests = new AtomicInteger();

  /** One for each request at a time: when it may be made. */
  private final BlockingQueue<Instant> turns;

  private HttpSession(HttpSettings settings, HttpAuth auth, HttpWaiting waiting) {
    this.settings = settings;
    this.waiting = waiting;
    this.exchange = new HttpExchange(settings, Identity.of(auth, waiting), this::spend);
    this.turns = new ArrayBlockingQueue<>(settings.concurrency());
    for (int i = 0; i < settings.concurrency(); i++) {
      turns.add(Instant.MIN);
    }
  }

  public static HttpSession open(HttpSettings settings, HttpAuth auth) {
    return open(settings, auth, HttpWaiting.real());
  }

  public static HttpSession open(HttpSettings settings, HttpAuth auth, HttpWaiting waiting) {
    return new HttpSession(settings, auth, waiting);
  }

  /**
   * Asks for something.
   *
   * @param uri absolute; goes out as it is, escapes included
   * @throws HttpFailureException for everything but 2xx
   */
  public HttpReply get(URI uri, Map<String, String> headers) {
    return send(HttpRequest.get(uri, headers));
  }

  /**
   * Sends a body, perhaps more than once: only for requests that may be repeated.
   *
   * @param headers Content-Type among them
   * @throws HttpFailureException for everything but 2xx
   */
  public HttpReply post(URI uri, Map<String, String> headers, byte[] body) {
    return send(HttpRequest.post(uri, headers, body));
  }

  /**
   * Puts a body in the place of what is there.
   *
   * @param headers Content-Type among them
   * @throws HttpFailureException for everything but 2xx
   */
  public HttpReply put(URI uri, Map<String, String> headers, byte[] body) {
    return send(HttpRequest.put(uri, headers, body));
  }

  /** How many requests it has sent, repeated ones included. */
  public int requests() {
    return Math.min(requests.get(), settings.budget());
  }

  @Override
  public void close() {
    exchange.close();
  }

  private HttpReply send(HttpRequest request) {
    Duration limited = Duration.ZERO;
    int faults = 0;
    while (true) {
      try {
        return inTurn(request);
      } catch (HttpFailureException failure) {
        Duration wait;
        if (failure.kind() == Kind.RATE_LIMITED) {
          wait = untilGranted(failure, limited);
          limited = limited.plus(wait);
        } else if (mayPass(failure) && faults + 1 < settings.attempts()) {
          faults++;
          wait = backoff(faults);
        } else {
          throw failure.after(faults + 1);
        }
        LOG.warn("{}; tries again in {} s", failure.fact(), seconds(wait));
        await(wait, request);
      }
    }
  }

  /** Waits for a turn, and rests after it. */
  private HttpReply inTurn(HttpRequest request) {
    Instant turn;
    try {
      turn = turns.take();
    } catch (InterruptedException e) {
      throw interrupted(request);
    }
    try {
      Instant now = waiting.now();
      if (turn.isAfter(now)) {
        await(Duration.between(now, turn), request);
      }
      return exchange.send(request, waiting);
    } finally {
      turns.add(waiting.now().plus(settings.rest()));
    }
  }

  private void spend(HttpRequest request) {
    if (requests.incrementAndGet() > settings.budget()) {
      throw HttpFailureException.of(
          Kind.BUDGET,
          "All " + settings.budget() + " requests of the budget are spent",
          request.where());
    }
  }

  private static boolean mayPass(HttpFailureException failure) {
    return switch (failure.kind()) {
      case CONNECTION_REFUSED, TIMEOUT, CUT, SERVER_ERROR -> true;
      case AUTH_REFUSED,
          NO_SUCH_HOST,
          TLS,
          RATE_LIMITED,
          NOT_JSON,
          UNEXPECTED,
          CHANGED,
          NOT_FOUND,
          REFUSED,
          TOO_LARGE,
          BUDGET,
          INTERRUPTED ->
          false;
    };
  }

  private Duration untilGranted(HttpFailureException failure, Duration limited) {
    Duration wait =
        Duration.between(waiting.now(), failure.goOnAt().orElseThrow()).plusMillis(jitterMillis());
    if (wait.isNegative()) {
      wait = Duration.ZERO;
    }
    // A host whose dates are over already must not be asked without a rest.
    wait = wait.compareTo(settings.firstWait()) < 0 ? settings.firstWait() : wait;
    if (limited.plus(wait).compareTo(settings.rateLimitPatience()) > 0) {
      throw failure;
    }
    return wait;
  }

  /** Up to half a second, so that many who wait for one instant do not meet there. */
  private long jitterMillis() {
    return (long) (500 * waiting.jitter());
  }

  /** Half to all of a wait that doubles. */
  private Duration backoff(int faults) {
    Duration wait = settings.firstWait().multipliedBy(1L << Math.min(faults - 1, 20));
    wait = wait.compareTo(settings.longestWait()) > 0 ? settings.longestWait() : wait;
    return Duration.ofMillis((long) (wait.toMillis() * (0.5 + waiting.jitter() / 2)));
  }

  private void await(Duration wait, HttpRequest request) {
    try {
      waiting.await(wait);
    } catch (InterruptedException e) {
      throw interrupted(request);
    }
  }

  private static HttpFailureException interrupted(HttpRequest request) {
    Thread.currentThread().interrupt();
    return HttpFailureException.of(
        Kind.INTERRUPTED, "Waiting for the host was interrupted", request.where());
  }

  private static String seconds(Duration wait) {
    return String.valueOf(wait.toMillis() / 1000.0);
  }
}
