package org.lyceum.transforms.io.http;

import java.util.List;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;

/** What a session knows of its own authentication. For many threads. */
interface Identity {

  /** What a request without authentication was sent with. */
  String NOTHING = "";

  /** Adds what the host should see; what that was, to be compared only. */
  String sign(ClassicHttpRequest request, HttpHost host);

  /**
   * Learns from a 401, and says whether to send the request again.
   *
   * @param sent what {@link #sign} gave
   * @param challenges the values of WWW-Authenticate
   * @param answers how often this request was sent again for a 401 before
   */
  boolean canAnswer(HttpHost host, String sent, List<String> challenges, int answers);

  static Identity of(HttpAuth auth, HttpWaiting waiting) {
    if (auth instanceof HttpAuth.Digest digest) {
      return new DigestIdentity(digest);
    }
    if (auth instanceof HttpAuth.Bearer bearer) {
      return new BearerIdentity(bearer, waiting);
    }
    return new Identity() {
      @Override
      public String sign(ClassicHttpRequest request, HttpHost host) {
        return NOTHING;
      }

      @Override
      public boolean canAnswer(HttpHost host, String sent, List<String> challenges, int answers) {
        return false;
      }
    };
  }
}
