package org.lyceum.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a local lake lies and listens. Everything it has is below its folder: {@code catalog.db}
 * and {@code warehouse} are the data; the rest can be made again.
 */
record Lake(Path folder, int trinoPort, int catalogPort, String trinoHeap) {
  static final String DEFAULT_TRINO_HEAP = "2g";

  Lake {
    checkPort("Trino", trinoPort);
    checkPort("The catalog", catalogPort);
    if (trinoPort == catalogPort) {
      throw new IllegalArgumentException(
          "Trino and the catalog cannot both have port %d".formatted(trinoPort));
    }
    if (!trinoHeap.matches("[1-9][0-9]*[mMgG]")) {
      throw new IllegalArgumentException(
          "Trino's heap is a number and m or g, such as 2g; not '%s'".formatted(trinoHeap));
    }
    folder = realPath(folder);
  }

  private static void checkPort(String who, int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "%s needs a port from 1 to 65535, not %d".formatted(who, port));
    }
  }

  /** One spelling per folder, made yet or not, because running engines are recognised by it. */
  private static Path realPath(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    for (Path made = absolute; made != null; made = made.getParent()) {
      if (Files.exists(made)) {
        try {
          return made.toRealPath().resolve(made.relativize(absolute)).normalize();
        } catch (IOException e) {
          throw new IllegalArgumentException("Cannot read " + made, e);
        }
      }
    }
    return absolute;
  }

  URI catalogUri() {
    return Engine.uri(catalogPort);
  }

  URI trinoUri() {
    return Engine.uri(trinoPort);
  }

  Path logs() {
    return folder.resolve("log");
  }

  Path processes() {
    return folder.resolve("run");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }
}
