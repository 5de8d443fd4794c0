package org.lyceum.transforms.opencast;

/**
 * One episode, as the search endpoint gave it.
 *
 * @param json the search result, byte by byte as it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; its bytes are what is wanted
public record OpencastEpisode(Generation generation, byte[] json) {

  /** Whose search endpoint replied; their results have different fields. */
  public enum Generation {
    /** Before Opencast 16: Dublin Core as {@code dcTitle} and its like. */
    OLD,
    /** Opencast 16 and later: Dublin Core as {@code dc}, an object of arrays. */
    NEW
  }
}
