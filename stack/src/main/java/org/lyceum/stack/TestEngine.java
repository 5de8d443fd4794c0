package org.lyceum.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * One engine for the tests of a JVM, in a process of its own: made in a temporary folder on a free
 * port, or a running one whose folder an environment variable names.
 */
final class TestEngine {
  /** Another process may take a port between our search and the engine's start. */
  private static final int ATTEMPTS = 3;

  /** A process that was killed loses its command line at once, its port a little later. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final EngineFolder home;
  private final Engine engine;
  private final boolean isOwn;

  private TestEngine(EngineFolder home, Engine engine, boolean isOwn) {
    this.home = home;
    this.engine = engine;
    this.isOwn = isOwn;
  }

  /** The engine that runs in the folder that the variable names, else a new one. */
  static TestEngine shared(
      String variable, String prefix, BiFunction<EngineFolder, Integer, Engine> kind) {
    String folder = System.getenv().getOrDefault(variable, "");
    if (folder.isEmpty()) {
      return start(prefix, kind);
    }
    EngineFolder home = new EngineFolder(Path.of(folder));
    EngineProcess process = new EngineProcess(home, kind.apply(home, 1));
    OptionalLong pid = process.pid();
    if (pid.isEmpty()) {
      throw new IllegalStateException(
          "%s is set, but %s does not run in %s"
              .formatted(variable, process.engine().title(), home.folder()));
    }
    return new TestEngine(home, kind.apply(home, process.port(pid.getAsLong())), false);
  }

  static TestEngine start(String prefix, BiFunction<EngineFolder, Integer, Engine> kind) {
    TestFolders folders =
        new TestFolders(
            prefix,
            folder -> {
              EngineFolder home = new EngineFolder(folder);
              return LakeEngines.in(home, List.of(kind.apply(home, 1)), message -> {});
            });
    try {
      EngineFolder home = new EngineFolder(folders.make());
      for (int attempt = 1; ; attempt++) {
        int port = Ports.free(1).iterator().next();
        TestEngine made = new TestEngine(home, kind.apply(home, port), true);
        try {
          made.engines().up();
          return made;
        } catch (EngineFailure e) {
          if (attempt == ATTEMPTS || Ports.isFree(port)) {
            throw new IllegalStateException("Nothing to test with: " + e.getMessage(), e);
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("Nothing to test with", e);
    }
  }

  private LakeEngines engines() {
    return LakeEngines.in(home, List.of(engine), message -> {});
  }

  int port() {
    return engine.port();
  }

  EngineFolder home() {
    return home;
  }

  /** Ends it with kill -9. */
  void kill() {
    if (!isOwn) {
      throw new IllegalStateException(engine.title() + " was not started here: others need it");
    }
    try {
      engines().kill();
      if (!Deadline.in(GRACE).await(() -> Ports.isFree(engine.port()))) {
        throw new IllegalStateException(engine.title() + " is dead and keeps its port");
      }
    } catch (EngineFailure e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Starts it again where it was, with what it had; fine when it runs. */
  void up() {
    try {
      engines().up();
    } catch (IOException | EngineFailure e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Ends it, and removes all that it had. */
  void remove() {
    kill();
    try {
      Folders.delete(home.folder());
    } catch (IOException e) {
      throw new IllegalStateException("The test folder " + home.folder() + " stays", e);
    }
  }
}
