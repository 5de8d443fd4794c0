package org.lyceum.stack;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;

/**
 * What all command lines of engines have in common: answers go to standard output, messages to
 * standard error; the exit status is 0 done, 1 failed, 2 wrong use, and the last line of a failure
 * begins {@code exit <n>:}.
 */
record Launcher(PrintStream out, PrintStream messages) {
  static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  int run(Object command, String... args) {
    return new CommandLine(command)
        .setParameterExceptionHandler((e, rest) -> wrongUse(e.getMessage()))
        .setExecutionExceptionHandler((e, line, parsed) -> failed(e))
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

  /** A line per engine; 0 only when all of them answer. */
  int status(LakeEngines engines) {
    List<LakeEngines.State> states = engines.status();
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
}
