package org.lyceum.transforms.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * @param status 200, or what else the registry answers
   */
  private record Answer(int status, String body) {}

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final List<Duration> waits = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          Answer answer = answers.remove();
          byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSchemaIsAskedForOnce() {
    answers.add(new Answer(200, "{\"schemaType\":\"AVRO\",\"schema\":\"\\\"string\\\"\"}"));
    SchemaRegistryClient client = client("/registry/");
    assertEquals(Optional.of("\"string\""), client.schema(7));
    assertEquals(Optional.of("\"string\""), client.schema(7));
    assertEquals(List.of("/registry/schemas/ids/7"), List.copyOf(asked));
  }

  @Test
  void anUnknownIdIsAskedForAgain() {
    answers.add(new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));
    answers.add(new Answer(200, "{\"schema\":\"x\"}"));
    SchemaRegistryClient client = client("");
    assertEquals(Optional.empty(), client.schema(7));
    assertEquals(Optional.of("x"), client.schema(7));
    assertEquals(List.of(), waits);
  }

  @Test
  void aRegistryThatIsDownIsWaitedFor() {
    answers.add(new Answer(503, "starting"));
    answers.add(new Answer(500, ""));
    answers.add(new Answer(200, "<html>a proxy</html>"));
    answers.add(new Answer(200, "{\"schema\":\"x\"}"));
    assertEquals(Optional.of("x"), client("").schema(7));
    assertEquals(
        List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400)), waits);
  }

  @Test
  void patienceEnds() {
    SchemaRegistryClient client = client("");
    server.stop(0);
    SchemaRegistryException refused =
        assertThrows(SchemaRegistryException.class, () -> client.schema(7));
    assertTrue(
        refused
            .getMessage()
            .startsWith("The schema registry cannot be asked (ConnectException) after waits of "),
        refused.getMessage());
    Duration waited = waits.stream().reduce(Duration.ZERO, Duration::plus);
    assertTrue(waited.compareTo(PATIENCE) >= 0, waited.toString());
    assertEquals(Duration.ofSeconds(10), new ArrayDeque<>(waits).getLast());
  }

  @Test
  void aRefusalIsNotWaitedFor() {
    answers.add(new Answer(401, ""));
    SchemaRegistryException refused =
        assertThrows(SchemaRegistryException.class, () -> client("").schema(7));
    assertEquals("The schema registry answers 401 (schema id 7).", refused.getMessage());
    assertEquals(List.of(), waits);
  }

  private SchemaRegistryClient client(String path) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return new SchemaRegistryClient(url, PATIENCE, waits::add);
  }
}
