package org.lyceum.transforms.land;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.lake.OffsetBatch;
import org.lyceum.transforms.lake.Offsets;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.Verdict;

/**
 * Partitions of which offsets are gone that the lake never had in; a batch for each, that is one
 * failed record with the range, out. Committing it moves the lake's end behind the range.
 */
public final class ExpiredOffsets {
  private ExpiredOffsets() {}

  public static List<OffsetBatch> of(
      List<TopicPlan.Partition> partitions, RESTCatalog catalog, String runId, Clock clock)
      throws IOException {
    List<OffsetBatch> batches = new ArrayList<>();
    DeliveryFiles.Worker worker = new DeliveryFiles.Worker(catalog, runId);
    for (TopicPlan.Partition partition : partitions) {
      if (partition.expired() != null) {
        batches.add(batch(partition, worker, clock));
      }
    }
    return batches;
  }

  private static OffsetBatch batch(
      TopicPlan.Partition partition, DeliveryFiles.Worker worker, Clock clock) throws IOException {
    Topic topic = partition.topic();
    Offsets lost = partition.expired();
    // nobody knows their day: they stand where it was noticed
    String delivery =
        Offsets.delivery(topic.series(), TimeUnit.MILLISECONDS.toMicros(clock.millis()));
    DeliveryFiles files = new DeliveryFiles(worker, topic.source(), topic.feed(), delivery, 0);
    files.failed(
        Offsets.position(partition.number(), lost.from()),
        Verdict.failed(
            FailureCode.OFFSETS_EXPIRED,
            "The topic no longer has the offsets "
                + lost.from()
                + " to "
                + (lost.to() - 1)
                + " of partition "
                + partition.number()
                + ", and the lake never had them."),
        new byte[0],
        0,
        0);
    files.flush();
    Landed landed =
        new Landed(
            topic.source(),
            topic.feed(),
            delivery,
            null,
            lost.from(),
            lost,
            null,
            null,
            files.account(),
            null,
            null,
            files.rows(),
            files.failed(),
            List.of(),
            null);
    return new OffsetBatch(
        topic.source(),
        topic.feed(),
        topic.series(),
        topic.id(),
        partition.number(),
        lost.from(),
        lost.to(),
        List.of(landed));
  }
}
