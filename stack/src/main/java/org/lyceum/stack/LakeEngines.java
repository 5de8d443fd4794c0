package org.lyceum.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The engines of a folder, together. {@link #up} returns when all of them answer, or has started
 * nothing that stays; {@link #down} leaves no process behind. One process at a time may do either.
 */
final class LakeEngines {
  /** Trino needs 8 s on an idle laptop; a busy one may take long. */
  private static final Duration START = Duration.ofMinutes(4);

  private final EngineFolder home;
  private final List<EngineProcess> engines;
  private final Consumer<String> say;

  private LakeEngines(EngineFolder home, List<Engine> engines, Consumer<String> say) {
    this.home = home;
    this.engines = engines.stream().map(engine -> new EngineProcess(home, engine)).toList();
    this.say = say;
  }

  /** The catalog and Trino. */
  static LakeEngines of(Lake lake, Consumer<String> say) {
    return new LakeEngines(
        lake.home(),
        List.of(new CatalogEngine(lake), new TrinoEngine(lake, TrinoHome.ofUser())),
        say);
  }

  static LakeEngines catalogOnly(Lake lake, Consumer<String> say) {
    return new LakeEngines(lake.home(), List.of(new CatalogEngine(lake)), say);
  }

  /** Any engines that share a folder. */
  static LakeEngines in(EngineFolder home, List<Engine> engines, Consumer<String> say) {
    return new LakeEngines(home, engines, say);
  }

  /** One engine at a moment; the pid is empty when it is down. */
  record State(EngineProcess process, OptionalLong pid, int port, boolean answers) {
    String word() {
      return pid.isEmpty() ? "down" : answers ? "up" : "not answering";
    }
  }

  List<State> status() {
    List<State> states = new ArrayList<>();
    for (EngineProcess process : engines) {
      OptionalLong pid = process.pid();
      int port = pid.isPresent() ? process.port(pid.getAsLong()) : process.engine().port();
      boolean answers = pid.isPresent() && process.engine().answers(Engine.uri(port));
      states.add(new State(process, pid, port, answers));
    }
    return states;
  }

  void up() throws IOException, EngineFailure {
    Files.createDirectories(home.folder());
    try (FileChannel channel = lockFile();
        FileLock lock = lock(channel)) {
      if (lock.isValid()) {
        startMissing();
      }
    }
  }

  private void startMissing() throws IOException, EngineFailure {
    List<EngineProcess> missing = new ArrayList<>();
    for (EngineProcess process : engines) {
      process.staleness().ifPresent(say);
      OptionalLong pid = process.pid();
      if (pid.isEmpty()) {
        missing.add(process);
        continue;
      }
      checkSamePort(process, pid.getAsLong());
    }
    for (EngineProcess process : missing) {
      checkPortFree(process.engine());
    }
    for (EngineProcess process : missing) {
      process.engine().prepare();
    }
    long begin = System.nanoTime();
    Map<EngineProcess, Process> started = new LinkedHashMap<>();
    try {
      for (EngineProcess process : missing) {
        say.accept("%s starts on %s".formatted(process.engine().title(), process.engine().uri()));
        started.put(process, process.start());
      }
      for (EngineProcess process : engines) {
        awaitAnswer(process, started);
        say.accept(
            started.containsKey(process)
                ? "%s is up after %.1f s"
                    .formatted(process.engine().title(), (System.nanoTime() - begin) / 1e9)
                : "%s is up on %s already"
                    .formatted(process.engine().title(), process.engine().uri()));
      }
    } catch (IOException | EngineFailure | RuntimeException e) {
      for (EngineProcess process : started.keySet()) {
        process.stop(say);
      }
      throw e;
    }
  }

  private void checkSamePort(EngineProcess process, long pid) throws EngineFailure {
    int port = process.port(pid);
    if (port != process.engine().port()) {
      throw new EngineFailure(
          "%s of this lake is up on port %d, not %d; take it down first"
              .formatted(process.engine().title(), port, process.engine().port()));
    }
  }

  private static void checkPortFree(Engine engine) throws EngineFailure {
    if (!Ports.isFree(engine.port())) {
      throw new EngineFailure(
          "%s cannot have port %d: it is held by %s"
              .formatted(engine.title(), engine.port(), Ports.holder(engine.port())));
    }
  }

  private void awaitAnswer(EngineProcess process, Map<EngineProcess, Process> started)
      throws EngineFailure {
    Engine engine = process.engine();
    Deadline deadline = Deadline.in(START);
    deadline.await(() -> engine.answers(engine.uri()) || hasDied(process, started));
    if (!engine.answers(engine.uri())) {
      throw failure(process, started);
    }
  }

  private static boolean hasDied(EngineProcess waitedFor, Map<EngineProcess, Process> started) {
    return started.values().stream().anyMatch(process -> !process.isAlive())
        || (!started.containsKey(waitedFor) && waitedFor.pid().isEmpty());
  }

  private static EngineFailure failure(
      EngineProcess waitedFor, Map<EngineProcess, Process> started) {
    for (Map.Entry<EngineProcess, Process> each : started.entrySet()) {
      if (!each.getValue().isAlive()) {
        return new EngineFailure(
            "%s ended while starting; %s"
                .formatted(each.getKey().engine().title(), each.getKey().lastWords()));
      }
    }
    return new EngineFailure(
        "%s does not answer on %s; %s"
            .formatted(
                waitedFor.engine().title(), waitedFor.engine().uri(), waitedFor.lastWords()));
  }

  /** Stops the engines, the last started first. */
  void down() throws IOException, EngineFailure {
    if (!Files.isDirectory(home.folder())) {
      say.accept("Nothing is up: there is no folder " + home.folder());
      return;
    }
    try (FileChannel channel = lockFile();
        FileLock lock = lock(channel)) {
      for (int i = engines.size() - 1; lock.isValid() && i >= 0; i--) {
        EngineProcess process = engines.get(i);
        process.staleness().ifPresent(say);
        boolean wasUp = process.stop(say);
        say.accept(process.engine().title() + (wasUp ? " is down" : " was not up"));
      }
    }
  }

  /** Ends them at once, as a power cut would. */
  void kill() throws EngineFailure {
    for (EngineProcess process : engines) {
      process.kill();
    }
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        home.folder().resolve("lake.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      say.accept("Waiting for another `up` or `down` of this lake");
      lock = channel.lock();
    }
    return lock;
  }
}
