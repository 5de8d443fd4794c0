package org.lyceum.transforms.lake;

import java.io.Serializable;
import java.util.List;

/**
 * What a worker made of offsets {@code [first, end)} of one partition: everything that the
 * partition holds there.
 *
 * @param series the topic; with {@code @2} and so on when it was deleted and created again
 * @param topicId the broker's identity of the topic
 * @param landed what became of the records, by delivery
 */
public record OffsetBatch(
    String source,
    String feed,
    String series,
    String topicId,
    int partition,
    long first,
    long end,
    List<Landed> landed)
    implements Serializable {
  public OffsetBatch {
    landed = List.copyOf(landed);
  }

  /** The partition, as {@code ops.state} knows it. */
  public StateBook.Key key() {
    return new StateBook.Key(source, feed, Offsets.key(series, partition));
  }

  @Override
  public String toString() {
    return series + " partition " + partition + " [" + first + "," + end + ")";
  }
}
