package org.lyceum.transforms.land;

import java.util.List;
import org.lyceum.transforms.lake.CommitRequest;

/** What one commit covers, beside the units that are to be read. */
public interface CommitBatch {
  /** Bytes to read. */
  long size();

  /** What does not go in, and why. */
  List<CommitRequest.LeftOut> leftOut();

  /** What the lake holds already, and is noted. */
  List<CommitRequest.Seen> seen();
}
