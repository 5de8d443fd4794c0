package org.lyceum.stack;

import java.net.URI;
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
    folder = new EngineFolder(folder).folder();
  }

  static void checkPort(String who, int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "%s needs a port from 1 to 65535, not %d".formatted(who, port));
    }
  }

  URI catalogUri() {
    return Engine.uri(catalogPort);
  }

  URI trinoUri() {
    return Engine.uri(trinoPort);
  }

  /** The same folder, as its engines see it. */
  EngineFolder home() {
    return new EngineFolder(folder);
  }

  Path logs() {
    return home().logs();
  }
}
