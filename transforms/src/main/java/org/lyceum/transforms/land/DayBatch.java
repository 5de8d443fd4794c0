package org.lyceum.transforms.land;

import java.util.List;
import org.lyceum.transforms.lake.CommitRequest;

/**
 * Storage days of one commit.
 *
 * @param units the longest first, so that no worker is left with a long one at the end
 */
public record DayBatch(
    List<DayUnit> units, List<CommitRequest.LeftOut> leftOut, List<CommitRequest.Seen> seen)
    implements CommitBatch {
  public DayBatch {
    units = List.copyOf(units);
    leftOut = List.copyOf(leftOut);
    seen = List.copyOf(seen);
  }

  @Override
  public long size() {
    return units.stream().mapToLong(DayUnit::size).sum();
  }
}
