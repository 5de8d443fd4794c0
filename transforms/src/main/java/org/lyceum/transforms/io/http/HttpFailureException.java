package org.lyceum.transforms.io.http;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A host that gave no reply that can be used. The message is one clear sentence on what happened
 * and where (method, scheme, host, port and path, nothing of the query), and one on what to do.
 */
public final class HttpFailureException extends RuntimeException {

  /** What went wrong; whose fault it most often is, and what to do, is each one's sentence. */
  public enum Kind {
    /** 401 or 403: ours, the credentials or what they may see. */
    AUTH_REFUSED("Check the credentials, and that they may see this."),
    /** Ours, the base URL; or the network. */
    NO_SUCH_HOST("Check the host in the base URL, and the network."),
    /** Ours, the base URL; or the host is down. */
    CONNECTION_REFUSED("Check host and port in the base URL, and that the service is up."),
    /** The host's: no reply in time. */
    TIMEOUT("Run again when the host has less to do, or ask for less at a time."),
    /** The host's or the network's: the connection ended before the reply did. */
    CUT("Run again; if this stays, something between here and the host cuts replies."),
    /** Ours or the host's: no secure connection. */
    TLS("Check the scheme in the base URL, and the host's certificate."),
    /** 5xx: the host's. */
    SERVER_ERROR("Run again when the host is well."),
    /** 429: we asked more than the host grants. */
    RATE_LIMITED("Run again then, or ask more slowly."),
    /** Not JSON: a login page or a proxy's, so mostly the base URL. */
    NOT_JSON("Check the base URL, and that nobody stands between here and the service."),
    /** JSON, but not what the protocol says: another version of the service, or another service. */
    UNEXPECTED("Check the base URL, and the version of the service."),
    /** What is read in pages changes too often to be read in whole. */
    CHANGED("Run again when the host has less to do, or ask for larger pages."),
    /** 404: nothing there. */
    NOT_FOUND("Check the base URL, and that what is asked for exists."),
    /** A redirect or another 4xx: ours, the host does not want this request. */
    REFUSED("Check the base URL, its scheme too, and what is asked for."),
    /** More than a reply may hold. */
    TOO_LARGE("Ask for less at a time."),
    /** We have asked as often as we may. */
    BUDGET("Run again to go on, or raise the request budget."),
    /** The waiting thread was told to end. */
    INTERRUPTED("Run again to go on.");

    private final String advice;

    Kind(String advice) {
      this.advice = advice;
    }
  }

  private final Kind kind;
  private final String fact;
  private final Instant goOnAt;
  private final transient HttpReply reply;

  private HttpFailureException(Kind kind, String fact, Instant goOnAt, HttpReply reply) {
    super(fact + ". " + kind.advice);
    this.kind = kind;
    this.fact = fact;
    this.goOnAt = goOnAt;
    this.reply = reply;
  }

  /**
   * @param what a sentence without its full stop
   * @param where see {@link #where}
   */
  static HttpFailureException of(Kind kind, String what, String where) {
    return new HttpFailureException(kind, what + " (" + where + ")", null, null);
  }

  /** One that the host has replied with. */
  static HttpFailureException of(Kind kind, String what, HttpReply reply) {
    return new HttpFailureException(kind, what + " (" + reply.where() + ")", null, reply);
  }

  static HttpFailureException rateLimited(String what, Instant goOnAt, HttpReply reply) {
    String fact = what + " until " + goOnAt + " (" + reply.where() + ")";
    return new HttpFailureException(Kind.RATE_LIMITED, fact, goOnAt, reply);
  }

  /** The same, after so many attempts. */
  HttpFailureException after(int attempts) {
    return attempts == 1
        ? this
        : new HttpFailureException(kind, fact + ", after " + attempts + " attempts", goOnAt, reply);
  }

  /** What happened and where, without the full stop and what to do. */
  String fact() {
    return fact;
  }

  public Kind kind() {
    return kind;
  }

  /** When the host wants to be asked again; of {@link Kind#RATE_LIMITED} only. */
  public Optional<Instant> goOnAt() {
    return Optional.ofNullable(goOnAt);
  }

  /** What the host replied, if it did: for protocols whose errors have bodies that matter. */
  public Optional<HttpReply> reply() {
    return Optional.ofNullable(reply);
  }

  /** A request without what it may hold of secrets and people: {@code GET http://host:80/path}. */
  static String where(String method, URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return method.toUpperCase(Locale.ROOT)
        + " "
        + uri.getScheme()
        + "://"
        + uri.getHost()
        + port
        + uri.getRawPath();
  }
}
