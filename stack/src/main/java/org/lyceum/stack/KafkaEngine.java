package org.lyceum.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A Kafka broker of one node, for tests and demonstrations: its own controller, no replicas, no
 * topic that was not created.
 */
record KafkaEngine(EngineFolder home, int port) implements Engine {
  private static final int CONNECT_MILLIS = 1000;
  private static final String PATIENCE_MILLIS = "5000";

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String title() {
    return "Kafka";
  }

  private Path properties() {
    return home.folder().resolve("kafka.properties");
  }

  private Path data() {
    return home.folder().resolve("kafka");
  }

  @Override
  public void prepare() throws IOException {
    int controllerPort = Ports.free(1).iterator().next();
    try (var template = KafkaEngine.class.getResourceAsStream("kafka/kafka.properties")) {
      String text =
          new String(template.readAllBytes(), StandardCharsets.UTF_8)
              .replace("{port}", Integer.toString(port))
              .replace("{controllerPort}", Integer.toString(controllerPort))
              .replace("{data}", data().toString().replace("\\", "\\\\"));
      Files.writeString(properties(), text);
    }
  }

  @Override
  public List<String> arguments() throws EngineFailure {
    return List.of(
        "-Xmx384m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dlog4j2.configurationFile=org/lyceum/stack/kafka/log4j2.xml",
        "-cp",
        StackClasspath.find("kafka"),
        "org.lyceum.stack.kafka.KafkaServer",
        properties().toString());
  }

  /** It listens before it can serve; then it names itself in the cluster. */
  @Override
  public boolean answers(URI there) {
    if (!listens(there.getPort())) {
      return false;
    }
    try (Admin admin = admin(there.getPort())) {
      return admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).size() == 1;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean listens(int port) {
    try (Socket client = new Socket()) {
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  static String servers(int port) {
    return "127.0.0.1:" + port;
  }

  static Admin admin(int port) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers(port),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PATIENCE_MILLIS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            "30000"));
  }
}
