package org.lyceum.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The lake on one machine, from the command line: {@code up}, {@code down}, {@code status}, {@code
 * engines}; see {@link Launcher}.
 */
@Command(name = "lake", description = "The engines of a lake on this machine.")
public final class LocalLake {
  private final Launcher launcher;

  LocalLake(PrintStream out, PrintStream messages) {
    launcher = new Launcher(out, messages);
  }

  public static void main(String[] args) {
    System.exit(new LocalLake(System.out, System.err).run(args));
  }

  int run(String... args) {
    return launcher.run(this, args);
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
    return launcher.status(engines(options));
  }

  @Command(description = "Prints where Trino is installed; exit status 1 when it is not.")
  int engines(
      @Option(names = "--from", description = "Install it from the archives in this list.")
          Path list)
      throws IOException, EngineFailure {
    TrinoHome home = TrinoHome.ofUser();
    if (list != null) {
      home.install(list, launcher.messages()::println);
    }
    if (!home.isInstalled()) {
      throw new EngineFailure(
          "Trino %s is not installed in %s".formatted(TrinoHome.version(), home.folder()));
    }
    launcher.out().println(home.folder());
    return 0;
  }

  private LakeEngines engines(LakeOptions options) {
    return LakeEngines.of(options.lake(), launcher.messages()::println);
  }
}
