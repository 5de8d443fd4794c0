package org.lyceum.transforms.lake;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * All batches of offsets of a bounded run in, one commit of the lake out: behind what the lake
 * holds, or, with a rereading, in the place of it.
 */
public final class CommitTopics extends PTransform<PCollection<OffsetBatch>, PDone> {
  private static final long serialVersionUID = 1;

  private final Lake lake;
  private final OffsetsCommit.Request request;
  private final OffsetsCommit.Rereading rereading;

  private CommitTopics(
      Lake lake, OffsetsCommit.Request request, OffsetsCommit.Rereading rereading) {
    this.lake = lake;
    this.request = request;
    this.rereading = rereading;
  }

  /**
   * Commits once.
   *
   * @param rereading null to go on where the lake ends
   */
  public static CommitTopics to(
      Lake lake, OffsetsCommit.Request request, OffsetsCommit.Rereading rereading) {
    return new CommitTopics(lake, request, rereading);
  }

  @Override
  public PDone expand(PCollection<OffsetBatch> batches) {
    PCollectionView<Iterable<OffsetBatch>> all = batches.apply("WaitForAll", View.asIterable());
    batches
        .getPipeline()
        .apply(
            "CommitRequest",
            Create.of(request).withCoder(SerializableCoder.of(OffsetsCommit.Request.class)))
        .apply("Commit", ParDo.of(new CommitFn(lake, rereading, all)).withSideInputs(all));
    return PDone.in(batches.getPipeline());
  }

  private static final class CommitFn extends DoFn<OffsetsCommit.Request, Void> {
    private static final long serialVersionUID = 1;

    private final Lake lake;
    private final OffsetsCommit.Rereading rereading;
    private final PCollectionView<Iterable<OffsetBatch>> all;

    CommitFn(
        Lake lake, OffsetsCommit.Rereading rereading, PCollectionView<Iterable<OffsetBatch>> all) {
      this.lake = lake;
      this.rereading = rereading;
      this.all = all;
    }

    @ProcessElement
    public void commit(@Element OffsetsCommit.Request request, ProcessContext context)
        throws IOException {
      List<OffsetBatch> batches = new ArrayList<>();
      context.sideInput(all).forEach(batches::add);
      try (RESTCatalog catalog = lake.connect()) {
        if (rereading != null) {
          OffsetsCommit.replace(catalog, request, batches, rereading, Clock.systemUTC());
          return;
        }
        OffsetsCommit.Outcome outcome =
            OffsetsCommit.append(catalog, request, batches, Clock.systemUTC());
        if (!outcome.waiting().isEmpty()) {
          throw new Refusal(
              Exit.FAILED,
              outcome.waiting().get(0)
                  + " does not begin where the lake ends: it was rolled back meanwhile; run again");
        }
      }
    }
  }
}
