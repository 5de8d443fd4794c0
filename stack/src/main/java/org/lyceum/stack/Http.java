package org.lyceum.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A request to an engine on this machine in; its answer's text, or empty when it gave none. */
final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(PATIENCE)
          .build();

  private Http() {}

  static Optional<String> get(URI uri) {
    return send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build());
  }

  static Optional<String> post(URI uri, String body, String header, String value) {
    return send(
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header(header, value)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** The status of whatever answer it gives to a plain GET. */
  static OptionalInt status(URI uri) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    try {
      return OptionalInt.of(CLIENT.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return OptionalInt.empty(); // not there, or not yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  private static Optional<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not there, or not yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
