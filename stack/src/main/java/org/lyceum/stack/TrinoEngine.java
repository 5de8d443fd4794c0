package org.lyceum.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Trino over a lake's catalog; its configuration is written anew from our templates each time. */
record TrinoEngine(Lake lake, TrinoHome home) implements Engine {
  /** What this version of Trino was proven on. */
  private static final int JDK = 25;

  /** Answered from the catalog, so it says that both engines and the way between them work. */
  private static final String QUERY = "select count(*) from lake.information_schema.schemata";

  /** By name, because its classes need Trino's SPI, which only Trino has. */
  private static final String PLUGIN = "org.lyceum.stack.trino";

  /** A catalog that hangs would keep the query waiting for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Pattern NEXT = Pattern.compile("\"nextUri\":\"([^\"]+)\"");

  @Override
  public String name() {
    return "trino";
  }

  @Override
  public String title() {
    return "Trino";
  }

  @Override
  public int port() {
    return lake.trinoPort();
  }

  @Override
  public void prepare() throws IOException, EngineFailure {
    if (Runtime.version().feature() < JDK) {
      throw new EngineFailure(
          "Trino needs JDK %d or later; %s is JDK %d"
              .formatted(JDK, System.getProperty("java.home"), Runtime.version().feature()));
    }
    if (!home.isInstalled()) {
      throw new EngineFailure(
          "Trino %s is not installed in %s; run `make engines`"
              .formatted(TrinoHome.version(), home.folder()));
    }
    Path etc = lake.folder().resolve("trino/etc");
    Files.createDirectories(etc.resolve("catalog"));
    writePlugins(lake.folder().resolve("trino/plugin"));
    Map<String, String> values =
        Map.of(
            "${lake}", lake.folder().toString(),
            "${port}", Integer.toString(lake.trinoPort()),
            "${catalog.port}", Integer.toString(lake.catalogPort()));
    write("config.properties", etc, values);
    write("log.properties", etc, values);
    write("rules.properties", etc, values);
    write("no-table-procedures.properties", etc, values);
    write("rules.json", etc, values);
    write("lake.properties", etc.resolve("catalog"), values);
  }

  /**
   * Trino's one plugin where it was unpacked, and ours, copied so that a build does not touch it.
   */
  private void writePlugins(Path plugins) throws IOException {
    Folders.delete(plugins);
    Path own = Files.createDirectories(plugins.resolve("lyceum")).resolve("access.jar");
    Files.createSymbolicLink(plugins.resolve("iceberg"), home.folder().resolve("plugin/iceberg"));
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(own))) {
      jar.putNextEntry(new JarEntry("META-INF/services/io.trino.spi.Plugin"));
      jar.write((PLUGIN + ".AccessPlugin\n").getBytes(StandardCharsets.UTF_8));
      for (String name : List.of("AccessPlugin", "NoTableProcedures")) {
        String file = PLUGIN.replace('.', '/') + "/" + name + ".class";
        jar.putNextEntry(new JarEntry(file));
        try (InputStream in = TrinoEngine.class.getResourceAsStream("/" + file)) {
          in.transferTo(jar);
        }
      }
    }
  }

  private static void write(String template, Path folder, Map<String, String> values)
      throws IOException {
    try (InputStream in = TrinoEngine.class.getResourceAsStream("trino/" + template)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace(value.getKey(), value.getValue());
      }
      Files.writeString(folder.resolve(template), text);
    }
  }

  @Override
  public List<String> arguments() {
    return List.of(
        "-Xmx" + lake.trinoHeap(),
        "-XX:+UseG1GC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:ReservedCodeCacheSize=256M",
        "-Djdk.attach.allowAttachSelf=true",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dfile.encoding=UTF-8",
        "-Dconfig=" + lake.folder().resolve("trino/etc/config.properties"),
        "-cp",
        home.folder().resolve("lib") + "/*",
        "io.trino.server.TrinoServer");
  }

  @Override
  public boolean answers(URI there) {
    if (Http.get(there.resolve("/v1/info"))
        .filter(i -> i.contains("\"starting\":false"))
        .isEmpty()) {
      return false;
    }
    Optional<String> page =
        Http.post(there.resolve("/v1/statement"), QUERY, "X-Trino-User", "lyceum_status");
    Deadline deadline = Deadline.in(PATIENCE);
    while (page.isPresent() && !deadline.isOver()) {
      Matcher next = NEXT.matcher(page.get());
      if (!next.find()) {
        return !page.get().contains("\"error\":{");
      }
      page = Http.get(URI.create(next.group(1)));
    }
    return false;
  }
}
