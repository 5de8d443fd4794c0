package org.lyceum.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where engines that go up and down together keep everything they have. */
record EngineFolder(Path folder) {
  EngineFolder {
    folder = realPath(folder);
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
