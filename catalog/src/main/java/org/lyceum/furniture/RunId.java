package org.lyceum.furniture;

import com.fasterxml.uuid.Generators;

/** Ids of runs: UUID version 7 (RFC 9562), so that runs sort by their start. */
public final class RunId {
  private RunId() {}

  /** A new id; from now on every log line of this JVM shows it. */
  public static String start() {
    String id = Generators.timeBasedEpochGenerator().generate().toString();
    System.setProperty("lyceum.run", id);
    return id;
  }
}
