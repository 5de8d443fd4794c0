package org.lyceum.transforms.land;

import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.values.PCollection;
import org.apache.iceberg.rest.RESTCatalog;
import org.joda.time.Duration;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.lake.OffsetBatch;
import org.lyceum.transforms.lake.Offsets;
import org.lyceum.transforms.lake.OffsetsCommit;
import org.lyceum.transforms.lake.StateBook;

/**
 * Partitions in; batches of what they get, without end, out: one batch for each partition and
 * interval, or more when there is more than 64 MB to read.
 *
 * <p>A splittable DoFn that reads the broker itself and lands what it reads, and not KafkaIO with
 * rows that wait in state: a runner's bundles are 10 to 1,000 messages, so rows would have to wait
 * in state, which the Direct runner copies with every bundle; and a batch has to be a range of
 * offsets whose files are closed, so that the commit can fence it.
 */
public final class FollowTopics
    extends PTransform<PCollection<TopicUnit>, PCollection<OffsetBatch>> {
  private static final long serialVersionUID = 1;

  /** Bytes of messages in one batch. */
  private static final long BATCH_BYTES = 64L << 20;

  private final Lake lake;
  private final String runId;
  private final Duration interval;

  private FollowTopics(Lake lake, String runId, Duration interval) {
    this.lake = lake;
    this.runId = runId;
    this.interval = interval;
  }

  /**
   * Follows partitions from the first offset of their unit on.
   *
   * @param interval from one look at a partition to the next
   */
  public static FollowTopics with(Lake lake, String runId, Duration interval) {
    return new FollowTopics(lake, runId, interval);
  }

  @Override
  public PCollection<OffsetBatch> expand(PCollection<TopicUnit> partitions) {
    return partitions
        .apply("FollowPartition", ParDo.of(new FollowFn(lake, runId, interval)))
        .setCoder(SerializableCoder.of(OffsetBatch.class));
  }

  @DoFn.UnboundedPerElement
  private static final class FollowFn extends DoFn<TopicUnit, OffsetBatch> {
    private static final long serialVersionUID = 1;

    private final Lake lake;
    private final String runId;
    private final Duration interval;
    private transient RESTCatalog catalog;
    private transient LandOffsets landing;
    private transient Patience patience;

    FollowFn(Lake lake, String runId, Duration interval) {
      this.lake = lake;
      this.runId = runId;
      this.interval = interval;
    }

    @Setup
    public void connect() {
      patience = new Patience();
      catalog = patience.until("the catalog", lake::connect);
      landing = new LandOffsets(catalog, runId);
    }

    @GetInitialRestriction
    public OffsetRange everythingFrom(@Element TopicUnit unit) {
      return new OffsetRange(unit.offsets().from(), Long.MAX_VALUE);
    }

    @ProcessElement
    public ProcessContinuation follow(
        @Element TopicUnit unit,
        RestrictionTracker<OffsetRange, Long> tracker,
        OutputReceiver<OffsetBatch> out)
        throws IOException {
      long from = Math.max(tracker.currentRestriction().getFrom(), lakeEnd(unit));
      long end = patience.until("the broker", () -> landing.end(unit.topic(), unit.partition()));
      if (end < from) {
        throw new Refusal(
            Exit.FAILED,
            unit.topic()
                + " partition "
                + unit.partition()
                + " ends at "
                + end
                + ", and "
                + from
                + " messages were read of it: it was deleted and created again; start again with"
                + " REPLACE=1, which begins a new series");
      }
      if (end == from) {
        return ProcessContinuation.resume().withResumeDelay(untilNextLook());
      }
      OffsetBatch batch =
          landing.land(unit.topic(), unit.partition(), new Offsets(from, end), BATCH_BYTES);
      if (batch.landed().isEmpty()) {
        return ProcessContinuation.resume().withResumeDelay(untilNextLook());
      }
      patience.until(
          "the broker",
          () -> {
            landing.requireSame(unit.topic());
            return true;
          });
      if (lakeEnd(unit) > from) {
        landing.discard(
            batch); // somebody committed meanwhile, as an earlier attempt of this job may
        return ProcessContinuation.resume();
      }
      // claimed as one, when it is written: a batch is not to be cut by the runner's clock
      if (!tracker.tryClaim(batch.end() - 1)) {
        landing.discard(batch);
        return ProcessContinuation.stop();
      }
      out.output(batch);
      return batch.end() < end
          ? ProcessContinuation.resume()
          : ProcessContinuation.resume().withResumeDelay(untilNextLook());
    }

    /** A checkpoint or a runner may begin below what the lake holds. */
    private long lakeEnd(TopicUnit unit) {
      StateBook.Key key =
          new StateBook.Key(
              unit.topic().source(),
              unit.topic().feed(),
              Offsets.key(unit.topic().series(), unit.partition()));
      Optional<Long> end = patience.until("the catalog", () -> OffsetsCommit.end(catalog, key));
      return end.orElse(0L);
    }

    /** All partitions are looked at at the same times, so that one commit has them all. */
    private Duration untilNextLook() {
      long millis = interval.getMillis();
      return Duration.millis(millis - System.currentTimeMillis() % millis);
    }

    @Teardown
    public void disconnect() throws IOException {
      if (catalog != null) {
        landing.close();
        catalog.close();
      }
    }
  }
}
