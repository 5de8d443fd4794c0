package org.lyceum.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A queue server that speaks SQS, for tests and demonstrations. Queues and messages are in memory:
 * they go with the process. Any key and secret will do.
 */
record SqsEngine(EngineFolder home, int port) implements Engine {

  @Override
  public String name() {
    return "sqs";
  }

  @Override
  public String title() {
    return "SQS";
  }

  private Path configuration() {
    return home.folder().resolve("sqs.conf");
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(home.folder());
    try (var template = SqsEngine.class.getResourceAsStream("sqs/sqs.conf")) {
      String text =
          new String(template.readAllBytes(), StandardCharsets.UTF_8)
              .replace("{port}", Integer.toString(port));
      Files.writeString(configuration(), text);
    }
  }

  @Override
  public List<String> arguments() throws EngineFailure {
    return List.of(
        "-Xmx192m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dlogback.configurationFile=org/lyceum/stack/sqs/logback.xml",
        "-Dconfig.file=" + configuration(),
        "-cp",
        StackClasspath.find("sqs"),
        "org.elasticmq.server.Main");
  }

  @Override
  public boolean answers(URI there) {
    return Http.get(there.resolve("/?Action=ListQueues"))
        .filter(queues -> queues.contains("ListQueuesResponse"))
        .isPresent();
  }
}
