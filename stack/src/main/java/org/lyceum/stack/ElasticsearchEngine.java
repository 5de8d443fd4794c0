package org.lyceum.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An Elasticsearch of one real node, for tests and demonstrations; anybody may do anything. */
record ElasticsearchEngine(EngineFolder home, int port) implements Engine {

  @Override
  public String name() {
    return "elasticsearch";
  }

  @Override
  public String title() {
    return "Elasticsearch";
  }

  private Path data() {
    return home.folder().resolve("elasticsearch");
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(data());
  }

  @Override
  public List<String> arguments() throws EngineFailure {
    return List.of(
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dlog4j2.configurationFile=org/lyceum/stack/elasticsearch/log4j2.xml",
        "-cp",
        StackClasspath.find("elasticsearch"),
        "org.lyceum.stack.elasticsearch.ElasticsearchServer",
        data().toString(),
        Integer.toString(port),
        Integer.toString(transportPort()));
  }

  /** Chosen at each start: with one node nobody has to know it. */
  private static int transportPort() throws EngineFailure {
    try {
      return Ports.free(1).iterator().next();
    } catch (IOException e) {
      throw new EngineFailure("No port is free for Elasticsearch's own transport", e);
    }
  }

  /** It listens before its shards are there. */
  @Override
  public boolean answers(URI there) {
    return Http.get(there.resolve("/_cluster/health?wait_for_status=yellow&timeout=1s"))
        .filter(health -> health.contains("\"timed_out\":false"))
        .isPresent();
  }
}
