package org.lyceum.transforms.lake;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.parse.FailureCode;

/**
 * What one commit of a run is asked to do, beside the deliveries that landed.
 *
 * @param number of the commit in its run, from 1; with the run id it is how a commit recognises
 *     itself
 * @param scope what a delivery is read as, and so replaces
 * @param tables the event tables of the source, {@code namespace.name}
 * @param force deliveries go in although the lake holds them unchanged
 * @param replace what would be refused because something in the lake would go, goes in
 */
public record CommitRequest(
    RunInfo run,
    long number,
    boolean isLast,
    String source,
    String feed,
    Kind scope,
    List<String> tables,
    long parserVersion,
    boolean force,
    boolean replace,
    List<LeftOut> leftOut,
    List<Seen> seen,
    List<Removal> removals)
    implements Serializable {

  /** What a delivery is read as. */
  public enum Kind {
    /** A log: its name says its content. */
    FILE,
    /** A storage day: objects come and change. */
    DAY;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A file that does not go in, and why. */
  public record LeftOut(LogFile file, FailureCode code, String message) implements Serializable {}

  /** A delivery that the lake holds, found at a path where it was not known to lie. */
  public record Seen(String delivery, LogFile file) implements Serializable {}

  /** A delivery that is to be taken out. */
  public record Removal(String delivery) implements Serializable {}

  public CommitRequest {
    tables = List.copyOf(tables);
    leftOut = List.copyOf(leftOut);
    seen = List.copyOf(seen);
    removals = List.copyOf(removals);
  }

  /** The sentence for a file that shares its name with another but not its content. */
  public static String differs(String path) {
    return "it begins like "
        + path
        + " and is as long, but its content differs; REPLACE=1 takes it instead";
  }

  String id() {
    return run.runId() + "/" + number;
  }
}
