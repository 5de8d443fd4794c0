package org.lyceum.transforms.lake;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;

/** The lake in; the same rows in fewer files, without what nobody can reach any more, out. */
public final class Upkeep {
  /**
   * How long things are kept.
   *
   * @param snapshots what queries of an earlier state may need
   * @param orphans longer than any commit takes from its first file to its end
   */
  public record Ages(Duration snapshots, Duration orphans) {}

  private Upkeep() {}

  /** The state is one small file that every commit writes anew. */
  static boolean isMerged(Contract contract) {
    return !contract.table().equals(Books.STATE.table());
  }

  /** Does all of it, a line for each table and each check; returns whether every promise holds. */
  public static boolean run(
      RESTCatalog catalog, RunInfo run, Ages ages, Clock clock, Consumer<String> say)
      throws IOException {
    boolean isSound = true;
    for (Contract contract : Contracts.all()) {
      if (contract.namespace().equals("events")) {
        HideCopies.Found found = HideCopies.of(catalog, contract, run);
        isSound &= found.within() == 0;
        say.accept(line(contract, found));
      }
    }
    MergeFiles merge = new MergeFiles(catalog, clock, MergeFiles.Limits.STANDARD);
    for (Contract contract : Contracts.all()) {
      say.accept(contract.table() + ": " + keep(catalog, contract, merge, ages, clock));
    }
    for (CheckLake.Line line : CheckLake.check(catalog)) {
      isSound &= line.isKept();
      say.accept((line.isKept() ? "check ok      " : "check FAILED  ") + line.text());
    }
    return isSound;
  }

  private static String line(Contract contract, HideCopies.Found found) {
    return String.format(
        Locale.ROOT,
        "%s%s: %,d events showed twice and no longer do, %,d of the copies nearer than %s",
        found.within() == 0 ? "check ok      " : "check FAILED  ",
        contract.table(),
        found.copies(),
        found.within(),
        contract.copiesWithin());
  }

  private static String keep(
      RESTCatalog catalog, Contract contract, MergeFiles merge, Ages ages, Clock clock) {
    String files = "";
    if (isMerged(contract)) {
      MergeFiles.Result merged = merge.merge(contract, MergePlan.Closed.DAYS);
      files =
          String.format(
              Locale.ROOT,
              "%,d files, %.1f MB to %,d files, %.1f MB%s; ",
              merged.filesBefore(),
              merged.bytesBefore() / 1e6,
              merged.filesAfter(),
              merged.bytesAfter() / 1e6,
              merged.gaveWay() == 0 ? "" : " (" + merged.gaveWay() + " groups gave way)");
    }
    int expired =
        ExpireSnapshots.olderThan(
            catalog.loadTable(contract.identifier()), clock.instant().minus(ages.snapshots));
    int orphans =
        RemoveOrphans.of(catalog, contract.identifier(), clock.instant().minus(ages.orphans));
    return files
        + String.format(
            Locale.ROOT,
            "%,d snapshots expired; %s",
            expired,
            orphans < 0
                ? "orphans not looked for, its storage cannot list"
                : String.format(Locale.ROOT, "%,d orphans removed", orphans));
  }
}
