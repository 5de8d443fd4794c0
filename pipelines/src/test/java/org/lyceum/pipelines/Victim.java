package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A main in a JVM of its own, which somebody kills while it runs. */
final class Victim {
  private static final int KILLED = 137;

  private Process process;

  /** kill -9; returns when it is dead. */
  synchronized void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Kills it when the catalog is to get its first commit, which it may then make or not. */
  CatalogInBetween.AtCommit beforeItsCommit() {
    return new CatalogInBetween.AtCommit() {
      @Override
      public void before() {
        kill();
      }
    };
  }

  /** Kills it when the catalog has made its first commit, before it hears of it. */
  CatalogInBetween.AtCommit afterItsCommit() {
    return new CatalogInBetween.AtCommit() {
      @Override
      public boolean after() {
        kill();
        return false;
      }
    };
  }

  /** Runs a main until it is killed, with a catalog that may do that at its commit. */
  void run(
      Class<?> main, Map<String, String> environment, CatalogInBetween catalog, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Daws.region=us-east-1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("CATALOG_PORT", Integer.toString(catalog.port()));
    synchronized (this) {
      process = builder.start();
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the victim hangs");
    assertEquals(KILLED, process.exitValue(), said);
  }
}
