package org.lyceum.stack;

import java.net.URI;
import java.util.List;

/** The Iceberg REST catalog of a lake, in a process with a class path of its own. */
record CatalogEngine(Lake lake) implements Engine {
  @Override
  public String name() {
    return "catalog";
  }

  @Override
  public String title() {
    return "The catalog";
  }

  @Override
  public int port() {
    return lake.catalogPort();
  }

  @Override
  public void prepare() {}

  @Override
  public List<String> arguments() throws EngineFailure {
    return List.of(
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dlog4j2.configurationFile=org/lyceum/stack/catalog/log4j2.xml",
        "-cp",
        StackClasspath.find(),
        "org.lyceum.stack.catalog.CatalogServer",
        Integer.toString(port()),
        lake.folder().toString());
  }

  @Override
  public boolean answers(URI there) {
    return Http.get(there.resolve("/v1/namespaces")).isPresent();
  }
}
