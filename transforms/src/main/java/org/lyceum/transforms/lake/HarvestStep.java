package org.lyceum.transforms.lake;

import java.io.Serializable;

/**
 * One step of a harvest: what it reads is committed before the next begins.
 *
 * @param number of the step, from 1 on
 * @param replace empty replies are taken as they are
 */
public record HarvestStep(RunInfo run, long number, boolean isLast, String feed, boolean replace)
    implements Serializable {
  /** More listings than any step reads. */
  private static final int MOST_LISTINGS = 100;

  /** The commit of one of the step's listings, counted from 0; never the same twice in a run. */
  long commit(int listing) {
    if (listing >= MOST_LISTINGS) {
      throw new IllegalArgumentException("a step reads fewer listings than " + MOST_LISTINGS);
    }
    return number * MOST_LISTINGS + listing;
  }
}
