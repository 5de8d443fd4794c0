package org.lyceum.transforms.lake;

import org.lyceum.catalog.Lake;

/** What a stream does for its tables beside its commits. */
final class StreamUpkeep implements AutoCloseable {
  StreamUpkeep(Lake lake, String runId) {}

  /** Is told of each commit. */
  void afterCommit(long number) {}

  @Override
  public void close() {}
}
