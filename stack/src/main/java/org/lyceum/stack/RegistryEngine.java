package org.lyceum.stack;

import java.net.URI;
import java.util.List;

/** A schema registry for demonstrations; its schemas lie beside Kafka's data. */
record RegistryEngine(EngineFolder home, int port) implements Engine {
  @Override
  public String name() {
    return "registry";
  }

  @Override
  public String title() {
    return "The schema registry";
  }

  @Override
  public void prepare() {}

  @Override
  public List<String> arguments() throws EngineFailure {
    return List.of(
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-cp",
        StackClasspath.find(),
        "org.lyceum.stack.RegistryServer",
        Integer.toString(port),
        home.folder().resolve("registry").toString());
  }

  @Override
  public boolean answers(URI there) {
    return Http.get(there.resolve("/")).isPresent();
  }
}
