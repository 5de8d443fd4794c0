package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SourceEnginesIT {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private List<Integer> ports;

  @BeforeEach
  void choosePorts() throws Exception {
    ports = List.copyOf(Ports.free(3));
  }

  @AfterEach
  void leaveNoProcessBehind() {
    call("down");
  }

  private int call(String command) {
    out.reset();
    messages.reset();
    return new SourceEngines(stream(out), stream(messages))
        .run(
            command,
            "--folder=" + folder,
            "--kafka-port=" + ports.get(0),
            "--s3-port=" + ports.get(1),
            "--registry-port=" + ports.get(2));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void upTwiceStatusDownAndUpAgainWithItsData() {
    assertEquals(0, call("up"), text(messages));
    assertEquals(0, call("status"), text(messages));
    String status = text(out);
    assertTrue(
        status.matches("(?s)kafka +up .*s3 +up .*registry +up .*"), "not all are up: " + status);
    assertEquals(Optional.of("{\"id\":1}"), register("\"int\""));
    assertEquals(0, call("up"), text(messages));
    assertEquals(0, call("status"));
    assertEquals(status, text(out), "the same processes");

    assertEquals(0, call("down"), text(messages));
    assertTrue(ports.stream().allMatch(Ports::isFree));
    assertEquals(1, call("status"));
    assertEquals(0, call("up"), text(messages));
    assertEquals(Optional.of("{\"id\":2}"), register("\"long\""));
    assertEquals(Optional.of("{\"id\":1}"), register("\"int\""));
  }

  private Optional<String> register(String schema) {
    URI versions = Engine.uri(ports.get(2)).resolve("/subjects/nudged-value/versions");
    String body = "{\"schema\":\"" + schema.replace("\"", "\\\"") + "\"}";
    return Http.post(versions, body, "Content-Type", "application/json");
  }

  @Test
  void aBusyPortIsRefusedAndNothingStarts() throws Exception {
    try (ServerSocket busy = new ServerSocket(ports.get(1), 1, InetAddress.getLoopbackAddress())) {
      assertTrue(busy.isBound());
      assertEquals(1, call("up"));
      assertTrue(
          text(messages)
              .contains("exit 1: S3 cannot have port " + ports.get(1) + ": it is held by"),
          text(messages));
      assertEquals(1, call("status"));
      assertTrue(text(out).startsWith("kafka    down"), text(out));
    }
  }
}
