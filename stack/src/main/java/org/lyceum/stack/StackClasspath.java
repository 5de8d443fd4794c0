package org.lyceum.stack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The class path that an engine's process starts with: our own classes, wherever this one was
 * loaded from, and the list of jars that the build left beside them. The class path of the JVM that
 * asks does not matter.
 */
final class StackClasspath {
  private StackClasspath() {}

  /** Of the launcher and the catalog. */
  static String find() throws EngineFailure {
    return find("stack");
  }

  /** Of an engine that has a module to itself, so that nobody else gets its jars. */
  static String find(String engine) throws EngineFailure {
    String resource = engine + ".classpath";
    try (InputStream list = StackClasspath.class.getResourceAsStream(resource)) {
      if (list == null) {
        throw new EngineFailure("The stack is not built: its class path is missing");
      }
      Set<String> path = new LinkedHashSet<>();
      path.add(place(StackClasspath.class.getResource("StackClasspath.class")));
      path.add(place(StackClasspath.class.getResource(resource)));
      path.add(new String(list.readAllBytes(), StandardCharsets.UTF_8).strip());
      return String.join(File.pathSeparator, path);
    } catch (IOException | URISyntaxException e) {
      throw new EngineFailure("The stack's class path cannot be read: " + e.getMessage(), e);
    }
  }

  /** The folder or jar that a resource of this package was found in. */
  private static String place(URL resource) throws URISyntaxException {
    if (resource.getProtocol().equals("jar")) {
      String path = resource.getPath();
      return Path.of(URI.create(path.substring(0, path.indexOf("!/")))).toString();
    }
    Path place = Path.of(resource.toURI());
    int depth = StackClasspath.class.getPackageName().split("[.]").length + 1;
    for (int i = 0; i < depth; i++) {
      place = place.getParent();
    }
    return place.toString();
  }
}
