package org.lyceum.furniture;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

/** Ids of runs: UUID version 7 (RFC 9562), so that runs sort by their start. */
public final class RunId {
  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  private RunId() {}

  /** A new id; from now on every log line of this JVM shows it. */
  public static String start() {
    String id = GENERATOR.generate().toString();
    System.setProperty("lyceum.run", id);
    return id;
  }
}
