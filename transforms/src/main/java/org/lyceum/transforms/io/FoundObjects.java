package org.lyceum.transforms.io;

import java.util.List;

/**
 * What a listing gave.
 *
 * @param objects the Parquet files, ordered by URI, each place of a day once
 * @param misplaced Parquet files that no day and type can be given to, or whose place is taken;
 *     they are not among the objects, and somebody must be told
 * @param ignored how many other files there were: other endings, and all that is hidden, which is
 *     what begins with a dot or an underscore
 */
public record FoundObjects(List<StoredObject> objects, List<Misplaced> misplaced, long ignored) {

  /** A file that is left out, and why. */
  public record Misplaced(String uri, String problem) {}
}
