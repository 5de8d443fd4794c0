package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;

/**
 * An event table in; every event shows once out. Commits only look for copies as far apart as the
 * contract says; this looks everywhere.
 */
public final class HideCopies {
  /**
   * What was found, and is hidden now.
   *
   * @param within copies that were not further apart than the contract says: a commit should have
   *     hidden them
   */
  public record Found(long copies, long within) {}

  private HideCopies() {}

  /** One commit, or none when every event shows once. */
  public static Found of(RESTCatalog catalog, Contract contract, RunInfo run) {
    return LakeCommit.untilDone(
        catalog,
        run.runId() + "/" + contract.name(),
        List.of(contract.identifier()),
        new Found(0, 0),
        tables -> hide(tables, contract, run));
  }

  private static Found hide(TableCommits tables, Contract contract, RunInfo run) {
    Table events = tables.table(contract.identifier());
    List<EventFile> files =
        tables.plan(contract.identifier(), "delivery", "position", "occurred_at").stream()
            .map(planned -> EventFile.kept(events, planned))
            .toList();
    try (Duplicates changes = new Duplicates(tables, run, contract)) {
      Found found = CopySearch.settleShown(events, contract, files, changes, CopySearch.MAX_IDS);
      if (found.copies() == 0) {
        return found;
      }
      List<DeleteFile> masksIn = new ArrayList<>();
      List<DeleteFile> masksOut = new ArrayList<>();
      for (EventFile file : files) {
        if (file.needsMask()) {
          masksOut.addAll(file.masks());
          DeleteFile mask = file.writeMask();
          if (mask != null) {
            masksIn.add(mask);
          }
        }
      }
      tables.change(contract.identifier(), List.of(), List.of(), masksIn, masksOut);
      Duplicates.write(tables, List.of(changes), new Scope(""), run);
      tables.commit();
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
