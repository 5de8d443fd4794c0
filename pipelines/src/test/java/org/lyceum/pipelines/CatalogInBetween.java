package org.lyceum.pipelines;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a pipeline and the catalog, and does something at the moment of a commit. */
final class CatalogInBetween implements AutoCloseable {
  /** What happens around the first commit that passes. */
  interface AtCommit {
    /** Before the catalog gets it. */
    default void before() {}

    /**
     * After the catalog made it, before the pipeline is told; true to tell it of a bad gateway
     * instead.
     */
    default boolean after() {
      return false;
    }
  }

  private final URI catalog;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtCommit atCommit;
  private final AtomicInteger commits = new AtomicInteger();
  private volatile boolean isDown;

  CatalogInBetween(URI catalog, AtCommit atCommit) throws IOException {
    this.catalog = catalog;
    this.atCommit = atCommit;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::pass);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  int commits() {
    return commits.get();
  }

  /** From now on nothing passes. */
  void down() {
    isDown = true;
  }

  void up() {
    isDown = false;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (isDown) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      boolean isCommit = exchange.getRequestURI().getPath().endsWith("transactions/commit");
      boolean isFirst = isCommit && commits.incrementAndGet() == 1;
      byte[] body;
      try (InputStream in = exchange.getRequestBody()) {
        body = in.readAllBytes();
      }
      if (isFirst) {
        atCommit.before();
      }
      HttpResponse<byte[]> answer =
          client.send(request(exchange, body), HttpResponse.BodyHandlers.ofByteArray());
      if (isFirst && atCommit.after()) {
        exchange.sendResponseHeaders(502, -1);
        return;
      }
      answer
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().add("content-type", type));
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(HttpExchange exchange, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(catalog.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!java.util.Set.of(
                      "host",
                      "connection",
                      "content-length",
                      "upgrade",
                      "http2-settings",
                      "transfer-encoding")
                  .contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
