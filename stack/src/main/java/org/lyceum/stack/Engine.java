package org.lyceum.stack;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** One engine of a lake: how it starts, and how to tell that it answers. */
interface Engine {
  /** Its name in file names and on command lines. */
  String name();

  /** Its name at the beginning of a sentence. */
  String title();

  int port();

  default URI uri() {
    return uri(port());
  }

  static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Checks and writes what it needs, before any engine starts. */
  void prepare() throws IOException, EngineFailure;

  /** JVM flags, main class and arguments. */
  List<String> arguments() throws EngineFailure;

  /** Whether an engine of this kind answers a real query there at this moment. */
  boolean answers(URI there);
}
