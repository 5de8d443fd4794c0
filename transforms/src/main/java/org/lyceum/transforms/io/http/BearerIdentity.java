package org.lyceum.transforms.io.http;

import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;

/** A bearer token (RFC 6750), kept until it expires or is refused. */
final class BearerIdentity implements Identity {
  /** A token must outlive the request that it goes with. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final HttpAuth.Bearer auth;
  private final HttpWaiting waiting;
  private HttpAuth.Token token;

  BearerIdentity(HttpAuth.Bearer auth, HttpWaiting waiting) {
    this.auth = auth;
    this.waiting = waiting;
  }

  @Override
  public synchronized String sign(ClassicHttpRequest request, HttpHost host) {
    if (token == null || !waiting.now().isBefore(token.expiresAt().minus(MARGIN))) {
      token = auth.tokens().get();
    }
    request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.value());
    return token.value();
  }

  @Override
  public synchronized boolean canAnswer(
      HttpHost host, String sent, List<String> challenges, int answers) {
    if (token != null && token.value().equals(sent)) {
      token = null; // unless another thread has a new one already
    }
    return answers == 0;
  }
}
