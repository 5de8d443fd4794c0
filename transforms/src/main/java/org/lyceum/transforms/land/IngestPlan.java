package org.lyceum.transforms.land;

import java.util.List;

/** What a run will do: its commits, one after the other, and what it passes over. */
public interface IngestPlan<BatchT extends CommitBatch> {
  List<BatchT> batches();

  Tally tally();

  /** Nothing to read and nothing to note. */
  default boolean isEmpty() {
    return batches().isEmpty();
  }

  /** Bytes to read. */
  default long size() {
    return batches().stream().mapToLong(CommitBatch::size).sum();
  }

  /**
   * What was found, for people.
   *
   * @param things what is counted, such as files
   * @param found all of them
   * @param unchanged those that the lake holds as they are
   * @param removed those whose delivery was taken out by request, and stays out
   */
  record Tally(String things, int found, int unchanged, int removed) {}
}
