package org.lyceum.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What data comes from in production, small, on one machine: Kafka, an S3 API and a schema registry
 * for tests and demonstrations; {@code up}, {@code down}, {@code status}. See {@link Launcher}.
 */
@Command(name = "sources", description = "Test engines: Kafka, S3 and a schema registry.")
public final class SourceEngines {
  private final Launcher launcher;

  SourceEngines(PrintStream out, PrintStream messages) {
    launcher = new Launcher(out, messages);
  }

  public static void main(String[] args) {
    System.exit(new SourceEngines(System.out, System.err).run(args));
  }

  int run(String... args) {
    return launcher.run(this, args);
  }

  /** Where they lie and listen. */
  static final class Options {
    @Option(names = "--folder", description = "Their folder (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of(".lake/sources");

    @Option(names = "--kafka-port", description = "Default: ${DEFAULT-VALUE}.")
    private int kafkaPort = 9092;

    @Option(names = "--s3-port", description = "Default: ${DEFAULT-VALUE}.")
    private int s3Port = 9000;

    @Option(names = "--registry-port", description = "Default: ${DEFAULT-VALUE}.")
    private int registryPort = 8085;

    private List<Engine> engines(EngineFolder home) {
      List<Engine> engines =
          List.of(
              new KafkaEngine(home, kafkaPort),
              new S3Engine(home, s3Port),
              new RegistryEngine(home, registryPort));
      for (Engine engine : engines) {
        Lake.checkPort(engine.title(), engine.port());
      }
      if (engines.stream().map(Engine::port).distinct().count() < engines.size()) {
        throw new IllegalArgumentException("Kafka, S3 and the registry need a port each");
      }
      return engines;
    }
  }

  @Command(description = "Starts those that are not up, and waits until all answer.")
  int up(@Mixin Options options) throws IOException, EngineFailure {
    launcher.messages().println("These are test engines: one node, no replicas, keys test/test");
    engines(options).up();
    return 0;
  }

  @Command(description = "Stops them; their data stays.")
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
