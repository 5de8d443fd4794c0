package org.lyceum.transforms.lake;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.iceberg.rest.RESTCatalog;
import org.joda.time.Duration;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * Batches of offsets without end in, one commit of the lake per interval of processing time out.
 * Batches wait in state, under one key; a batch that is repeated is dropped, because the lake has
 * it. An interval without batches commits nothing.
 */
public final class CommitOffsets extends PTransform<PCollection<OffsetBatch>, PDone> {
  private static final long serialVersionUID = 1;

  private final Lake lake;
  private final OffsetsCommit.Request request;
  private final Duration interval;

  private CommitOffsets(Lake lake, OffsetsCommit.Request request, Duration interval) {
    this.lake = lake;
    this.request = request;
    this.interval = interval;
  }

  /**
   * Commits for a run.
   *
   * @param request of the stream's first commit; the number of each is its time
   */
  public static CommitOffsets to(Lake lake, OffsetsCommit.Request request, Duration interval) {
    return new CommitOffsets(lake, request, interval);
  }

  @Override
  public PDone expand(PCollection<OffsetBatch> batches) {
    batches
        .apply("OneKey", WithKeys.of("lake"))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(OffsetBatch.class)))
        .apply("CommitInterval", ParDo.of(new CommitFn(lake, request, interval)));
    return PDone.in(batches.getPipeline());
  }

  private static final class CommitFn extends DoFn<KV<String, OffsetBatch>, Void> {
    private static final long serialVersionUID = 1;

    /**
     * Part of the interval that the first batch waits for those of other partitions, which are
     * looked at at the same time.
     */
    private static final int GATHERING = 8;

    /** A predecessor that has not come after so many commits never will. */
    private static final int MOST_WAITS = 30;

    private final Lake lake;
    private final OffsetsCommit.Request first;
    private final Duration interval;
    private transient RESTCatalog catalog;
    private transient StreamUpkeep upkeep;

    @StateId("batches")
    private final StateSpec<BagState<OffsetBatch>> batchesSpec =
        StateSpecs.bag(SerializableCoder.of(OffsetBatch.class));

    @StateId("isArmed")
    private final StateSpec<ValueState<Boolean>> isArmedSpec = StateSpecs.value(BooleanCoder.of());

    @StateId("lastAt")
    private final StateSpec<ValueState<Long>> lastAtSpec = StateSpecs.value(VarLongCoder.of());

    @StateId("commits")
    private final StateSpec<ValueState<Long>> commitsSpec = StateSpecs.value(VarLongCoder.of());

    @StateId("waits")
    private final StateSpec<ValueState<Long>> waitsSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId("interval")
    private final TimerSpec timerSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    CommitFn(Lake lake, OffsetsCommit.Request first, Duration interval) {
      this.lake = lake;
      this.first = first;
      this.interval = interval;
    }

    @Setup
    public void connect() {
      catalog = lake.connect();
      upkeep = StreamUpkeep.besideCommits(lake, first.run().runId());
    }

    @ProcessElement
    public void gather(
        @Element KV<String, OffsetBatch> batch,
        @StateId("batches") BagState<OffsetBatch> batches,
        @StateId("isArmed") ValueState<Boolean> isArmed,
        @StateId("lastAt") ValueState<Long> lastAt,
        @TimerId("interval") Timer timer) {
      batches.add(batch.getValue());
      arm(isArmed, lastAt, timer);
    }

    private void arm(ValueState<Boolean> isArmed, ValueState<Long> lastAt, Timer timer) {
      if (Boolean.TRUE.equals(isArmed.read())) {
        return;
      }
      isArmed.write(true);
      Long last = lastAt.read();
      long gathering = interval.getMillis() / GATHERING;
      long due =
          last == null ? gathering : last + interval.getMillis() / 2 - Clock.systemUTC().millis();
      timer.offset(Duration.millis(Math.max(gathering, due))).setRelative();
    }

    @OnTimer("interval")
    public void commit(
        @StateId("batches") BagState<OffsetBatch> batches,
        @StateId("isArmed") ValueState<Boolean> isArmed,
        @StateId("lastAt") ValueState<Long> lastAt,
        @StateId("commits") ValueState<Long> commits,
        @StateId("waits") ValueState<Long> waits,
        @TimerId("interval") Timer timer) {
      isArmed.clear();
      List<OffsetBatch> gathered = new ArrayList<>();
      batches.read().forEach(gathered::add);
      Long before = commits.read();
      long number = before == null ? 0 : before;
      long now = Clock.systemUTC().millis();
      OffsetsCommit.Request request =
          new OffsetsCommit.Request(
              first.run(),
              now,
              first.commits() + number,
              first.isFirst() && number == 0,
              false,
              first.feed(),
              first.starts());
      OffsetsCommit.Outcome outcome =
          OffsetsCommit.append(catalog, request, gathered, Clock.systemUTC());
      batches.clear();
      outcome.waiting().forEach(batches::add);
      lastAt.write(now);
      if (outcome.records() > 0) {
        commits.write(number + 1);
        StreamProgress.committed(outcome.records(), now, Clock.systemUTC().millis() - now);
        upkeep.afterCommit(number + 1);
      }
      if (outcome.waiting().isEmpty()) {
        waits.clear();
      } else {
        Long waited = waits.read();
        waits.write(waited == null ? 1 : waited + 1);
        if (waited != null && waited > MOST_WAITS) {
          throw new Refusal(
              Exit.FAILED,
              outcome.waiting().get(0)
                  + " still waits for what lies before it: somebody else writes this topic too, or"
                  + " the lake was rolled back; start again");
        }
        arm(isArmed, lastAt, timer);
      }
    }

    @Teardown
    public void disconnect() throws IOException {
      if (catalog != null) {
        upkeep.close();
        catalog.close();
      }
    }
  }
}
