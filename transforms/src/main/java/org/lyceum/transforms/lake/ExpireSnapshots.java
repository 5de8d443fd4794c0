package org.lyceum.transforms.lake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Snapshots of a table in, fewer out; files that no other snapshot refers to go with them. The
 * current snapshot stays, so no writer is refused.
 */
public final class ExpireSnapshots {
  private ExpireSnapshots() {}

  /** Expires what is older; returns how many snapshots that were. */
  public static int olderThan(Table table, Instant oldest) {
    Snapshot current = table.currentSnapshot();
    int old = 0;
    for (Snapshot snapshot : table.snapshots()) {
      boolean isCurrent = current != null && snapshot.snapshotId() == current.snapshotId();
      old += !isCurrent && snapshot.timestampMillis() < oldest.toEpochMilli() ? 1 : 0;
    }
    if (old > 0) {
      table
          .expireSnapshots()
          .expireOlderThan(oldest.toEpochMilli())
          .retainLast(1)
          .cleanExpiredFiles(true)
          .commit();
    }
    return old;
  }

  /**
   * Expires the snapshots that a run's commits made, up to its newest ones; those of others stay.
   *
   * @param keep so many of the run's snapshots stay
   */
  public static int ofRun(Table table, String runId, int keep) {
    List<Long> own = new ArrayList<>();
    for (Snapshot snapshot : table.snapshots()) { // oldest first
      String commit = snapshot.summary().get(LakeCommit.COMMIT_ID);
      if (commit != null && commit.startsWith(runId + "/")) {
        own.add(snapshot.snapshotId());
      }
    }
    Snapshot current = table.currentSnapshot();
    List<Long> old = new ArrayList<>(own.subList(0, Math.max(0, own.size() - keep)));
    old.removeIf(id -> current != null && current.snapshotId() == id);
    if (!old.isEmpty()) {
      var expire = table.expireSnapshots().expireOlderThan(0).cleanExpiredFiles(true);
      old.forEach(expire::expireSnapshotId);
      expire.commit();
    }
    return old.size();
  }
}
