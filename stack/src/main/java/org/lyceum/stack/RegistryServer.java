package org.lyceum.stack;

import java.io.IOException;
import java.nio.file.Path;

/** A port and a folder in; a {@link SchemaRegistry} in this process until it is told to end. */
final class RegistryServer {
  private RegistryServer() {}

  public static void main(String[] args) throws IOException {
    SchemaRegistry registry = SchemaRegistry.start(Integer.parseInt(args[0]), Path.of(args[1]));
    System.out.println("The schema registry serves " + registry.uri());
  }
}
