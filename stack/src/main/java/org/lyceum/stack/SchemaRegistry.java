package org.lyceum.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For tests and demonstrations: a schema registry within this JVM that gives schemas by id ({@code
 * GET /schemas/ids/<id>}) and takes them ({@code POST /subjects/<any>/versions}). Equal text has
 * one id. It can be stopped and started again on its port and knows its schemas still; they are
 * gone with the JVM.
 */
public final class SchemaRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BY_ID = Pattern.compile("/schemas/ids/([0-9]{1,9})");
  private static final Pattern VERSIONS = Pattern.compile("/subjects/[^/]+/versions");

  private final List<String> schemas = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private int port;
  private HttpServer server;

  private final Optional<Path> folder;

  private SchemaRegistry(int port, Optional<Path> folder) {
    this.port = port;
    this.folder = folder;
  }

  /** One on a free port of this machine. */
  public static SchemaRegistry start() {
    SchemaRegistry registry = new SchemaRegistry(0, Optional.empty());
    registry.up();
    return registry;
  }

  /**
   * One that keeps each schema as {@code <id>.avsc} in a folder, and knows those that are there.
   */
  static SchemaRegistry start(int port, Path folder) throws IOException {
    SchemaRegistry registry = new SchemaRegistry(port, Optional.of(folder));
    Files.createDirectories(folder);
    for (int id = 1; Files.exists(file(folder, id)); id++) {
      registry.schemas.add(Files.readString(file(folder, id)));
    }
    registry.up();
    return registry;
  }

  private static Path file(Path folder, int id) {
    return folder.resolve(id + ".avsc");
  }

  public URI uri() {
    return Engine.uri(port);
  }

  /** The schema's id, the same for the same text. */
  public synchronized int register(String schema) {
    int known = schemas.indexOf(schema);
    if (known < 0) {
      keep(schemas.size() + 1, schema);
      schemas.add(schema);
      known = schemas.size() - 1;
    }
    return known + 1;
  }

  private void keep(int id, String schema) {
    if (folder.isPresent()) {
      try {
        Files.writeString(file(folder.get(), id), schema);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** How many requests came since it was made. */
  public int requests() {
    return requests.get();
  }

  /** Refuses connections from now on. */
  public synchronized void stop() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** Serves again on the same port; fine when it does. */
  public synchronized void up() {
    if (server != null) {
      return;
    }
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("The schema registry cannot have port " + port, e);
    }
    port = server.getAddress().getPort();
    server.createContext("/", this::answer);
    server.start();
  }

  @Override
  public void close() {
    stop();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    Matcher byId = BY_ID.matcher(path);
    if (byId.matches() && exchange.getRequestMethod().equals("GET")) {
      send(exchange, Integer.parseInt(byId.group(1)));
    } else if (VERSIONS.matcher(path).matches() && exchange.getRequestMethod().equals("POST")) {
      take(exchange);
    } else if (path.equals("/")) {
      send(exchange, 200, Map.of());
    } else {
      send(exchange, 404, Map.of("error_code", 404, "message", "Not found"));
    }
  }

  private void send(HttpExchange exchange, int id) throws IOException {
    String schema = schema(id);
    if (schema.isEmpty()) {
      send(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
    } else {
      send(exchange, 200, Map.of("schema", schema));
    }
  }

  private synchronized String schema(int id) {
    return id >= 1 && id <= schemas.size() ? schemas.get(id - 1) : "";
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode schema;
    try {
      schema = JSON.readTree(exchange.getRequestBody().readAllBytes()).path("schema");
    } catch (JsonProcessingException e) {
      send(exchange, 422, Map.of("error_code", 422, "message", "Not JSON"));
      return;
    }
    if (schema.isTextual()) {
      send(exchange, 200, Map.of("id", register(schema.textValue())));
    } else {
      send(exchange, 422, Map.of("error_code", 42201, "message", "No schema"));
    }
  }

  private static void send(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
