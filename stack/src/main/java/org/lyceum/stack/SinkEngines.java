package org.lyceum.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What documents go to in production, small, on one machine: Elasticsearch and a queue server that
 * speaks SQS, for tests and demonstrations; {@code up}, {@code down}, {@code status}. See {@link
 * Launcher}.
 */
@Command(name = "sinks", description = "Test engines: Elasticsearch and SQS.")
public final class SinkEngines {
  private final Launcher launcher;

  SinkEngines(PrintStream out, PrintStream messages) {
    launcher = new Launcher(out, messages);
  }

  public static void main(String[] args) {
    System.exit(new SinkEngines(System.out, System.err).run(args));
  }

  int run(String... args) {
    return launcher.run(this, args);
  }

  /** Where they lie and listen. */
  static final class Options {
    @Option(names = "--folder", description = "Their folder (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of(".lake/sinks");

    @Option(names = "--elasticsearch-port", description = "Default: ${DEFAULT-VALUE}.")
    private int elasticsearchPort = 9200;

    @Option(names = "--sqs-port", description = "Default: ${DEFAULT-VALUE}.")
    private int sqsPort = 9324;

    private List<Engine> engines(EngineFolder home) {
      List<Engine> engines =
          List.of(new ElasticsearchEngine(home, elasticsearchPort), new SqsEngine(home, sqsPort));
      for (Engine engine : engines) {
        Lake.checkPort(engine.title(), engine.port());
      }
      if (engines.stream().map(Engine::port).distinct().count() < engines.size()) {
        throw new IllegalArgumentException("Elasticsearch and SQS need a port each");
      }
      return engines;
    }
  }

  @Command(description = "Starts those that are not up, and waits until all answer.")
  int up(@Mixin Options options) throws IOException, EngineFailure {
    launcher
        .messages()
        .println("These are test engines: one node, no passwords, messages kept in memory");
    engines(options).up();
    return 0;
  }

  @Command(description = "Stops them; indexes stay, messages go.")
  int down(@Mixin Options options) throws IOException, EngineFailure {
    engines(options).down();
    return 0;
  }

  @Command(description = "Says for each whether it is up, and where.")
  int status(@Mixin Options options) {
    return launcher.status(engines(options));
  }

  private LakeEngines engines(Options options) {
    EngineFolder home = new EngineFolder(options.folder);
    return LakeEngines.in(home, options.engines(home), launcher.messages()::println);
  }
}
