package org.lyceum.stack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The class path that the catalog's process starts with: our own classes, wherever this one was
 * loaded from, and the list of jars that the build left beside them. The class path of the JVM that
 * asks does not matter.
 */
final class StackClasspath {
  private StackClasspath() {}

  static String find() throws EngineFailure {
    try (InputStream list = StackClasspath.class.getResourceAsStream("stack.classpath")) {
      if (list == null) {
        throw new EngineFailure("The stack is not built: its class path is missing");
      }
      Path own =
          Path.of(StackClasspath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      String jars = new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
      return own + File.pathSeparator + jars;
    } catch (IOException | URISyntaxException e) {
      throw new EngineFailure("The stack's class path cannot be read: " + e.getMessage(), e);
    }
  }
}
