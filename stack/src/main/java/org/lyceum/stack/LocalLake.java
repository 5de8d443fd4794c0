package org.lyceum.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The lake on one machine, from the command line: {@code up}, {@code down}, {@code status}, {@code
 * engines}. Answers go to standard output, messages to standard error; the exit status is 0 done, 1
 * failed, 2 wrong use, and the last line of a failure begins {@code exit <n>:}.
 */
@Command(name = "lake", description = "The engines of a lake on this machine.")
public final class LocalLake {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  private final PrintStream out;
  private final PrintStream messages;

  LocalLake(PrintStream out, PrintStream messages) {
    this.out = out;
    this.messages = messages;
  }

  public static void main(String[] args) {
    System.exit(new LocalLake(System.out, System.err).run(args));
  }

  int run(String... args) {
    return new CommandLine(this)
        .setParameterExceptionHandler((e, rest) -> wrongUse(e.getMessage()))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e))
        .execute(args);
  }

  private int wrongUse(String message) {
    messages.println("exit 2: " + message);
    return WRONG_USE;
  }

  private int failed(Exception e) {
    if (e instanceof IllegalArgumentException) {
      return wrongUse(e.getMessage());
    }
    messages.println("exit 1: " + (e instanceof EngineFailure ? e.getMessage() : e.toString()));
    return FAILED;
  }

  /** What every command about a lake is told. */
  static final class LakeOptions {
    @Option(names = "--lake", description = "The lake's folder (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of(".lake");

    @Option(names = "--trino-port", description = "Default: ${DEFAULT-VALUE}.")
    private int trinoPort = 8080;

    @Option(names = "--catalog-port", description = "Default: ${DEFAULT-VALUE}.")
    private int catalogPort = 8181;

    @Option(names = "--trino-heap", description = "Default: ${DEFAULT-VALUE}.")
    private String trinoHeap = Lake.DEFAULT_TRINO_HEAP;

    Lake lake() {
      return new Lake(folder, trinoPort, catalogPort, trinoHeap);
    }
  }

  @Command(description = "Starts the engines that are not up, and waits until both answer.")
  int up(@Mixin LakeOptions options) throws IOException, EngineFailure {
    engines(options).up();
    return 0;
  }

  @Command(description = "Stops the engines of this lake.")
  int down(@Mixin LakeOptions options) throws IOException, EngineFailure {
    engines(options).down();
    return 0;
  }

  @Command(description = "Says for each engine whether it is up, and where.")
  int status(@Mixin LakeOptions options) {
    List<LakeEngines.State> states = engines(options).status();
    for (LakeEngines.State state : states) {
      state.process().staleness().ifPresent(messages::println);
      out.printf(
          "%-8s %-13s pid %-7s %s  log %s%n",
          state.process().engine().name(),
          state.word(),
          state.pid().isPresent() ? Long.toString(state.pid().getAsLong()) : "-",
          Engine.uri(state.port()),
          state.process().log());
    }
    for (LakeEngines.State state : states) {
      if (!state.answers()) {
        messages.printf("exit 1: %s is %s%n", state.process().engine().title(), state.word());
        return FAILED;
      }
    }
    return 0;
  }

  @Command(description = "Prints where Trino is installed; exit status 1 when it is not.")
  int engines(
      @Option(names = "--from", description = "Install it from the archives in this list.")
          Path list)
      throws IOException, EngineFailure {
    TrinoHome home = TrinoHome.ofUser();
    if (list != null) {
      home.install(list, messages::println);
    }
    if (!home.isInstalled()) {
      throw new EngineFailure(
          "Trino %s is not installed in %s".formatted(TrinoHome.version(), home.folder()));
    }
    out.println(home.folder());
    return 0;
  }

  private LakeEngines engines(LakeOptions options) {
    return LakeEngines.of(options.lake(), messages::println);
  }
}
