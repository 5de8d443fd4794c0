package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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
class SinkEnginesIT {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private List<Integer> ports;

  @BeforeEach
  void choosePorts() throws Exception {
    ports = List.copyOf(Ports.free(2));
  }

  @AfterEach
  void leaveNoProcessBehind() {
    call("down");
  }

  private int call(String command) {
    out.reset();
    messages.reset();
    return new SinkEngines(stream(out), stream(messages))
        .run(
            command,
            "--folder=" + folder,
            "--elasticsearch-port=" + ports.get(0),
            "--sqs-port=" + ports.get(1));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void upStatusDown() {
    assertEquals(0, call("up"), text(messages));
    assertEquals(0, call("status"), text(messages));
    assertTrue(
        text(out).matches("(?s)elasticsearch +up .*sqs +up .*"), "not all are up: " + text(out));
    Optional<String> node = Http.get(Engine.uri(ports.get(0)));
    assertTrue(node.orElseThrow().contains("\"number\" : \"7.10.2\""), node.toString());

    assertEquals(0, call("down"), text(messages));
    assertTrue(ports.stream().allMatch(Ports::isFree));
    assertEquals(1, call("status"));
  }
}
