package org.lyceum.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The process of one engine of one home. It is recognised by what stands on its command line, so a
 * pid that was given to another process meanwhile is never taken for it, and an engine whose pid
 * file is gone is still found.
 */
final class EngineProcess {
  static final String ENGINE = "-Dlyceum.engine=";
  static final String LAKE = "-Dlyceum.lake=";
  private static final String PORT = "-Dlyceum.port=";

  /** After this long without an end, SIGTERM becomes SIGKILL. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /**
   * The shell notes its own pid, which the engine keeps, and goes out of reach of the terminal: a
   * session of its own where the platform has setsid, and deaf to Ctrl-C and hang-up anyway.
   */
  private static final String DETACHED =
      "echo $$ >\"$0\"; trap '' HUP INT;"
          + " if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi; exec \"$@\"";

  private final EngineFolder home;
  private final Engine engine;

  EngineProcess(EngineFolder home, Engine engine) {
    this.home = home;
    this.engine = engine;
  }

  Engine engine() {
    return engine;
  }

  /** The log that the engine writes. */
  Path log() {
    return home.logs().resolve(engine.name() + ".log");
  }

  /** What the engine prints before it has a log, or when its JVM dies. */
  private Path output() {
    return home.logs().resolve(engine.name() + ".out");
  }

  private Path pidFile() {
    return home.processes().resolve(engine.name() + ".pid");
  }

  /** The engine's pid if it runs. */
  OptionalLong pid() {
    OptionalLong noted = notedPid();
    if (noted.isPresent() && isOurs(noted.getAsLong())) {
      return noted;
    }
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(this::isOurs)
        .findFirst();
  }

  /** The port it was started on, which need not be the one that is asked for now. */
  int port(long pid) {
    return CommandLines.value(CommandLines.of(pid), PORT)
        .map(Integer::parseInt)
        .orElse(engine.port());
  }

  /** A warning, if the pid file names a process that is not the engine. */
  Optional<String> staleness() {
    OptionalLong noted = notedPid();
    if (noted.isEmpty() || isOurs(noted.getAsLong())) {
      return Optional.empty();
    }
    long pid = noted.getAsLong();
    boolean reused = !CommandLines.of(pid).isEmpty();
    return Optional.of(
        reused
            ? "Warning: %s is stale: its pid belongs to %s, which is left alone"
                .formatted(pidFile(), CommandLines.describe(pid))
            : "Warning: %s is stale: process %d ended without `down`".formatted(pidFile(), pid));
  }

  private OptionalLong notedPid() {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(pidFile()).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private boolean isOurs(long pid) {
    List<String> arguments = CommandLines.of(pid);
    return arguments.contains(ENGINE + engine.name()) && arguments.contains(LAKE + home.folder());
  }

  /** Starts the prepared engine, which outlives this JVM and holds none of its streams. */
  Process start() throws IOException, EngineFailure {
    Path temporary = home.temporary().resolve(engine.name());
    Folders.delete(temporary); // native libraries that a killed engine left behind
    Files.createDirectories(temporary);
    Files.createDirectories(home.logs());
    Files.createDirectories(home.processes());

    String javaHome = System.getProperty("java.home");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", DETACHED, pidFile().toString()));
    command.add(Path.of(javaHome, "bin", "java").toString());
    command.add(ENGINE + engine.name());
    command.add(LAKE + home.folder());
    command.add(PORT + engine.port());
    command.add("-Dlyceum.log=" + log());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-XX:ErrorFile=" + home.logs().resolve(engine.name() + "-crash.log"));
    command.addAll(engine.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.folder().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output().toFile());
    builder.environment().put("JAVA_HOME", javaHome);
    return builder.start();
  }

  /** Where to look after an engine died, and the last thing it said. */
  String lastWords() {
    FileTime start;
    try {
      start = Files.getLastModifiedTime(pidFile());
    } catch (IOException e) {
      start = FileTime.fromMillis(0);
    }
    return LastWords.of(List.of(log(), output()), start);
  }

  /** Ends the engine if it runs, and forgets its pid. Whether there was one. */
  boolean stop(Consumer<String> say) throws IOException, EngineFailure {
    OptionalLong pid = pid();
    if (pid.isPresent()) {
      end(pid.getAsLong(), say);
    }
    Files.deleteIfExists(pidFile());
    return pid.isPresent();
  }

  /** Ends the engine at once, as a power cut would. */
  void kill() throws EngineFailure {
    OptionalLong pid = pid();
    if (pid.isPresent()) {
      kill(pid.getAsLong());
    }
  }

  private void kill(long pid) throws EngineFailure {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    if (!Deadline.in(GRACE).await(() -> !isOurs(pid))) {
      throw new EngineFailure("%s, process %d, cannot be stopped".formatted(engine.title(), pid));
    }
  }

  private void end(long pid, Consumer<String> say) throws EngineFailure {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    if (Deadline.in(GRACE).await(() -> !isOurs(pid))) {
      return;
    }
    say.accept(
        "%s did not stop within %d s; killing it".formatted(engine.title(), GRACE.toSeconds()));
    kill(pid);
  }
}
