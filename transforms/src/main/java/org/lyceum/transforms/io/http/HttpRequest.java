package org.lyceum.transforms.io.http;

import java.net.URI;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** What is asked; made anew for the client each time that it is sent. */
final class HttpRequest {
  private final String method;
  private final URI uri;
  private final Map<String, String> headers;
  private final byte[] body;

  private HttpRequest(String method, URI uri, Map<String, String> headers, byte[] body) {
    if (uri.getHost() == null || uri.getScheme() == null || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "A URL has scheme and host, and no credentials: those are settings of their own.");
    }
    this.method = method;
    this.uri = uri;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  static HttpRequest get(URI uri, Map<String, String> headers) {
    return new HttpRequest("GET", uri, headers, null);
  }

  static HttpRequest post(URI uri, Map<String, String> headers, byte[] body) {
    return new HttpRequest("POST", uri, headers, body.clone());
  }

  static HttpRequest put(URI uri, Map<String, String> headers, byte[] body) {
    return new HttpRequest("PUT", uri, headers, body.clone());
  }

  HttpHost host() {
    return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
  }

  HttpUriRequestBase toClient() {
    HttpUriRequestBase request;
    if (body == null) {
      request = new HttpGet(uri);
    } else {
      request = method.equals("PUT") ? new HttpPut(uri) : new HttpPost(uri);
      request.setEntity(new ByteArrayEntity(body, contentType()));
    }
    headers.forEach(
        (name, value) -> {
          if (!isContentType(name)) {
            request.setHeader(name, value);
          }
        });
    return request;
  }

  String where() {
    return HttpFailureException.where(method, uri);
  }

  private ContentType contentType() {
    return headers.entrySet().stream()
        .filter(header -> isContentType(header.getKey()))
        .findFirst()
        .map(header -> ContentType.parse(header.getValue()))
        .orElse(ContentType.APPLICATION_OCTET_STREAM);
  }

  private static boolean isContentType(String header) {
    return header.equalsIgnoreCase("Content-Type");
  }
}
