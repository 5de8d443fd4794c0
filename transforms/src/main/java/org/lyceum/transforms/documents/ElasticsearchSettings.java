package org.lyceum.transforms.documents;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.apache.beam.sdk.io.elasticsearch.ElasticsearchIO.ConnectionConfiguration;
import org.apache.http.Header;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * Where Elasticsearch is. User and password are not part of it: who speaks to it takes them from
 * its own environment, so they never travel.
 *
 * @param uri scheme, host and port, perhaps a path before all its paths, without a slash at the end
 */
public record ElasticsearchSettings(URI uri) implements Serializable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 60_000;
  private static final int PORT = 9200;
  private static final String NOT_SUCH =
      "ES_HOST is neither host:port nor a URL, such as http://localhost:9200";

  /**
   * From {@code ES_HOST}: {@code host:port}, as the old harvesters have it, or a whole URL; port
   * 9200 when a host stands alone.
   *
   * @throws Refusal when it is not such
   */
  public static ElasticsearchSettings of(Map<String, String> environment) {
    String host = environment.getOrDefault("ES_HOST", "").strip();
    if (host.isEmpty()) {
      throw refusal("ES_HOST is blank: host:port or URL of Elasticsearch, such as localhost:9200");
    }
    try {
      return new ElasticsearchSettings(
          host.contains("://")
              ? checked(new URI(host))
              : withPort(checked(new URI("http://" + host))));
    } catch (URISyntaxException e) {
      throw refusal(NOT_SUCH); // its own message quotes what may be a password
    }
  }

  private static URI withPort(URI uri) throws URISyntaxException {
    return uri.getPort() >= 0
        ? uri
        : new URI(uri.getScheme(), null, uri.getHost(), PORT, uri.getPath(), null, null);
  }

  private static URI checked(URI uri) throws URISyntaxException {
    if (uri.getRawUserInfo() != null) {
      throw refusal("ES_HOST holds credentials: those are ES_USER and ES_PASSWORD");
    }
    boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!isHttp || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw refusal(NOT_SUCH);
    }
    return new URI(uri.toString().replaceFirst("/+$", ""));
  }

  private static Refusal refusal(String sentence) {
    return new Refusal(Exit.WRONG_USE, sentence);
  }

  /** As Beam has it. */
  ConnectionConfiguration connection() {
    String path = uri.getRawPath();
    String address = uri.getScheme() + "://" + uri.getRawAuthority();
    ConnectionConfiguration connection =
        ConnectionConfiguration.create(new String[] {address})
            .withConnectTimeout(CONNECT_MILLIS)
            .withSocketTimeout(SILENCE_MILLIS);
    if (!path.isEmpty()) {
      connection = connection.withPathPrefix(path);
    }
    return BasicAuthorization.isKnown()
        ? connection.withDefaultHeaders(new Header[] {new BasicAuthorization()})
        : connection;
  }
}
