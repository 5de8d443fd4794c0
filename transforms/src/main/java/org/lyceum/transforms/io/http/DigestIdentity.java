package org.lyceum.transforms.io.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.AuthenticationException;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.auth.MalformedChallengeException;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.DigestScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.ParserCursor;

/**
 * Digest authentication (RFC 7616). A host's last challenge is kept, so that only its first request
 * is sent twice; the count of its nonce goes up with each. The client's own cache starts the count
 * again for each request, which careful hosts refuse.
 */
final class DigestIdentity implements Identity {
  private final BasicCredentialsProvider credentials = new BasicCredentialsProvider();
  private final Map<HttpHost, DigestScheme> challenged = new HashMap<>();

  DigestIdentity(HttpAuth.Digest auth) {
    credentials.setCredentials(
        new AuthScope(null, -1),
        new UsernamePasswordCredentials(auth.user(), auth.password().toCharArray()));
  }

  @Override
  public synchronized String sign(ClassicHttpRequest request, HttpHost host) {
    DigestScheme scheme = challenged.get(host);
    if (scheme == null) {
      return NOTHING;
    }
    HttpClientContext context = HttpClientContext.create();
    try {
      if (!scheme.isResponseReady(host, credentials, context)) {
        return NOTHING;
      }
      request.setHeader(
          HttpHeaders.AUTHORIZATION, scheme.generateAuthResponse(host, request, context));
    } catch (AuthenticationException e) {
      challenged.remove(host); // a challenge of a kind that cannot be answered
      return NOTHING;
    }
    return scheme.getNonce();
  }

  @Override
  public synchronized boolean canAnswer(
      HttpHost host, String sent, List<String> challenges, int answers) {
    DigestScheme known = challenged.get(host);
    if (known != null && !known.getNonce().equals(sent) && answers == 0) {
      return true; // another thread has a newer challenge
    }
    Optional<AuthChallenge> challenge = digest(challenges);
    // Who was refused with an answer to this very challenge is refused; a nonce may be too old.
    if (challenge.isEmpty() || answers > (isStale(challenge.get()) ? 1 : 0)) {
      challenged.remove(host);
      return false;
    }
    DigestScheme scheme = new DigestScheme();
    try {
      scheme.processChallenge(challenge.get(), HttpClientContext.create());
    } catch (MalformedChallengeException e) {
      return false;
    }
    challenged.put(host, scheme);
    return true;
  }

  private static Optional<AuthChallenge> digest(List<String> challenges) {
    return challenges.stream()
        .flatMap(header -> parse(header).stream())
        .filter(challenge -> challenge.getSchemeName().equalsIgnoreCase(StandardAuthScheme.DIGEST))
        .findFirst();
  }

  /** The challenges of a header; none of one that is broken, since another may be sound. */
  private static List<AuthChallenge> parse(String header) {
    try {
      return AuthChallengeParser.INSTANCE.parse(
          ChallengeType.TARGET, header, new ParserCursor(0, header.length()));
    } catch (ParseException e) {
      return List.of();
    }
  }

  private static boolean isStale(AuthChallenge challenge) {
    List<NameValuePair> parameters = challenge.getParams();
    return parameters != null
        && parameters.stream()
            .anyMatch(
                parameter ->
                    parameter.getName().equalsIgnoreCase("stale")
                        && "true".equalsIgnoreCase(parameter.getValue()));
  }
}
