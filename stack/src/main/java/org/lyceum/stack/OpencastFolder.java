package org.lyceum.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * Test code: a folder in, an {@link OpencastServer} that holds what lies in it out. A line each is
 * an action in {@code actions.jsonl}, stored when it was created, or if it does not say when, after
 * the one before; in {@code episodes.jsonl} an object of {@code mpid}, {@code old} and {@code new};
 * in {@code workflows.jsonl} an object of {@code mpid} and {@code workflow}.
 */
final class OpencastFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OpencastFolder() {}

  /** Port, folder, user, password and time zone in; serves until it is told to end. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 5) {
      System.err.println("Wanted: <port> <folder> <user> <password> <time zone>");
      System.exit(2);
    }
    int port = Integer.parseInt(arguments[0]);
    ZoneId zone = ZoneId.of(arguments[4]);
    OpencastServer server = OpencastServer.start(port, arguments[2], arguments[3], zone);
    load(Path.of(arguments[1]), server);
    System.out.println("The test server of Opencast serves " + server.uri());
    park();
  }

  static void load(Path folder, OpencastServer server) throws IOException {
    Instant created = Instant.EPOCH;
    for (String line : Files.readAllLines(folder.resolve("actions.jsonl"))) {
      created = created(JSON.readTree(line).path("created").asText(), created);
      server.action(created, line);
    }
    for (String line : Files.readAllLines(folder.resolve("episodes.jsonl"))) {
      JsonNode episode = JSON.readTree(line);
      server.episode(
          episode.get("mpid").asText(),
          episode.get("old").toString(),
          episode.get("new").toString());
    }
    for (String line : Files.readAllLines(folder.resolve("workflows.jsonl"))) {
      JsonNode workflow = JSON.readTree(line);
      server.workflow(workflow.get("mpid").asText(), workflow.get("workflow").toString());
    }
  }

  private static Instant created(String text, Instant otherwise) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  /** The server's threads are daemons. */
  static void park() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
