package org.lyceum.transforms.land;

import java.util.List;
import org.lyceum.transforms.lake.CommitRequest;

/**
 * What one commit covers.
 *
 * @param units largest first, so that no worker is left with a long one at the end
 */
public record LogBatch(
    List<LandUnit> units, List<CommitRequest.LeftOut> leftOut, List<CommitRequest.Seen> seen)
    implements CommitBatch {
  public LogBatch {
    units = List.copyOf(units);
    leftOut = List.copyOf(leftOut);
    seen = List.copyOf(seen);
  }

  @Override
  public long size() {
    return units.stream().mapToLong(LandUnit::size).sum();
  }
}
