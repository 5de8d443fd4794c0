package org.lyceum.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * For tests: a lake whose engines are up, one for all tests of a JVM. It is the running one that
 * {@code LYCEUM_TEST_LAKE}, {@code LYCEUM_TEST_TRINO_PORT} and {@code LYCEUM_TEST_CATALOG_PORT}
 * name; without them it is made in a temporary folder on free ports, and goes with the JVM.
 *
 * <p>Tests leave things behind and take things away: never name a lake that somebody needs. The
 * engines are processes of their own, so the class path of the tests does not matter.
 */
public final class TestLake {
  /** Another process may take a port between our search and the engine's start. */
  private static final int ATTEMPTS = 3;

  private static TestLake shared;

  private final Lake lake;
  private final boolean isOwn;

  private TestLake(Lake lake, boolean isOwn) {
    this.lake = lake;
    this.isOwn = isOwn;
  }

  /** The lake of this JVM's tests; the first call waits until its engines answer. */
  public static synchronized TestLake shared() {
    if (shared == null) {
      Optional<Lake> running = running(System.getenv());
      shared = running.isPresent() ? new TestLake(running.get(), false) : start();
    }
    return shared;
  }

  public URI catalogUri() {
    return lake.catalogUri();
  }

  public URI trinoUri() {
    return lake.trinoUri();
  }

  /** With {@code lake} as the default catalog; any user name is accepted, without password. */
  public String jdbcUrl() {
    return "jdbc:trino://127.0.0.1:" + lake.trinoPort() + "/lake";
  }

  public Path folder() {
    return lake.folder();
  }

  /** Whether this JVM made it, and may take it down. */
  boolean isOwn() {
    return isOwn;
  }

  Lake lake() {
    return lake;
  }

  static Optional<Lake> running(Map<String, String> environment) {
    String folder = environment.getOrDefault("LYCEUM_TEST_LAKE", "");
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Lake(
            Path.of(folder),
            port(environment, "LYCEUM_TEST_TRINO_PORT"),
            port(environment, "LYCEUM_TEST_CATALOG_PORT"),
            Lake.DEFAULT_TRINO_HEAP));
  }

  private static int port(Map<String, String> environment, String name) {
    try {
      return Integer.parseInt(environment.getOrDefault(name, ""));
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          "LYCEUM_TEST_LAKE is set, so %s must be a port".formatted(name), e);
    }
  }

  private static TestLake start() {
    try {
      Path folder = new TestFolders("lyceum-test-lake-", TestLake::engines).make();
      for (int attempt = 1; ; attempt++) {
        Iterator<Integer> ports = Ports.free(2).iterator();
        Lake lake = new Lake(folder, ports.next(), ports.next(), Lake.DEFAULT_TRINO_HEAP);
        try {
          LakeEngines.of(lake, message -> {}).up();
          return new TestLake(lake, true);
        } catch (EngineFailure e) {
          if (attempt == ATTEMPTS || areFree(lake)) {
            throw new IllegalStateException("No lake to test with: " + e.getMessage(), e);
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("No lake to test with", e);
    }
  }

  private static boolean areFree(Lake lake) {
    return Ports.isFree(lake.trinoPort()) && Ports.isFree(lake.catalogPort());
  }

  private static LakeEngines engines(Path folder) {
    return LakeEngines.of(new Lake(folder, 1, 2, Lake.DEFAULT_TRINO_HEAP), message -> {});
  }
}
