package org.lyceum.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process in; the arguments it was started with out, none for one that is gone or a zombie. */
final class CommandLines {
  private static final int SHOWN = 100;

  private CommandLines() {}

  static List<String> of(long pid) {
    Path linux = Path.of("/proc", Long.toString(pid), "cmdline");
    if (Files.isDirectory(Path.of("/proc/self"))) {
      try {
        // Whole: the platform's ProcessHandle cuts what is longer than a page.
        String line = new String(Files.readAllBytes(linux), StandardCharsets.UTF_8);
        return line.isEmpty() ? List.of() : List.of(line.split("\0"));
      } catch (IOException e) {
        return List.of();
      }
    }
    return ProcessHandle.of(pid)
        .map(ProcessHandle::info)
        .flatMap(
            info ->
                info.arguments()
                    .map(List::of)
                    .or(() -> info.commandLine().map(line -> List.of(line.split(" ")))))
        .orElse(List.of());
  }

  /** For people: {@code process 4711 (python3 -m http.server)}. */
  static String describe(long pid) {
    List<String> arguments = of(pid);
    Optional<String> engine = value(arguments, EngineProcess.ENGINE);
    Optional<String> lake = value(arguments, EngineProcess.LAKE);
    String line =
        engine.isPresent() && lake.isPresent()
            ? "the %s of the lake %s".formatted(engine.get(), lake.get())
            : String.join(" ", arguments);
    if (line.isEmpty()) {
      line = ProcessHandle.of(pid).flatMap(p -> p.info().command()).orElse("command unknown");
    }
    return "process %d (%s)"
        .formatted(pid, line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line);
  }

  static Optional<String> value(List<String> arguments, String flag) {
    return arguments.stream()
        .filter(argument -> argument.startsWith(flag))
        .map(argument -> argument.substring(flag.length()))
        .findFirst();
  }
}
