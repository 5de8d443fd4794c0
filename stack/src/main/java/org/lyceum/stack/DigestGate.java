package org.lyceum.stack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For tests and demonstrations: the host's side of digest authentication (RFC 2617, MD5, qop auth).
 * It does the sum, and lets no nonce be counted twice.
 */
final class DigestGate {
  private static final String REALM = "Opencast Matterhorn";
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]*))");

  private final String user;
  private final String password;

  /** The counts that were used of each nonce that holds. */
  private final Map<String, Set<String>> nonces = new HashMap<>();

  private final Set<String> expired = new HashSet<>();
  private int made;

  DigestGate(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /** A new challenge, for the header WWW-Authenticate. */
  synchronized String challenge(RestServer.Request refused) {
    made++;
    String nonce =
        Base64.getEncoder().encodeToString(("nonce " + made).getBytes(StandardCharsets.UTF_8));
    nonces.put(nonce, new HashSet<>());
    boolean isStale = expired.contains(parameters(refused).get("nonce"));
    return "Digest realm=\""
        + REALM
        + "\", qop=\"auth\", nonce=\""
        + nonce
        + "\""
        + (isStale ? ", stale=\"true\"" : "");
  }

  /** From now on answers to earlier challenges are stale. */
  synchronized void expire() {
    expired.addAll(nonces.keySet());
    nonces.clear();
  }

  synchronized boolean admits(RestServer.Request request) {
    Map<String, String> answer = parameters(request);
    String nonce = answer.getOrDefault("nonce", "");
    String count = answer.getOrDefault("nc", "");
    if (!nonces.containsKey(nonce)
        || !user.equals(answer.get("username"))
        || !REALM.equals(answer.get("realm"))
        || !"auth".equals(answer.get("qop"))
        || !request.target().equals(answer.get("uri"))) {
      return false;
    }
    String expected =
        md5(
            String.join(
                ":",
                md5(user + ":" + REALM + ":" + password),
                nonce,
                count,
                answer.getOrDefault("cnonce", ""),
                "auth",
                md5(request.method() + ":" + request.target())));
    return expected.equals(answer.get("response")) && nonces.get(nonce).add(count);
  }

  private static Map<String, String> parameters(RestServer.Request request) {
    Map<String, String> parameters = new HashMap<>();
    String header = request.header("Authorization").orElse("");
    if (header.startsWith("Digest ")) {
      Matcher matcher = PARAMETER.matcher(header);
      while (matcher.find()) {
        parameters.put(
            matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
      }
    }
    return parameters;
  }

  private static String md5(String text) {
    try {
      byte[] sum = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }
}
