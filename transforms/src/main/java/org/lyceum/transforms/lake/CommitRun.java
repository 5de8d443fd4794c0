package org.lyceum.transforms.lake;

import java.io.IOException;
import java.time.Clock;
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

/**
 * All landed deliveries of a batch in, one commit of the lake out. A worker that repeats it finds
 * it done.
 */
public final class CommitRun extends PTransform<PCollection<Landed>, PDone> {
  private static final long serialVersionUID = 1;

  private final Lake lake;
  private final CommitRequest request;

  private CommitRun(Lake lake, CommitRequest request) {
    this.lake = lake;
    this.request = request;
  }

  public static CommitRun to(Lake lake, CommitRequest request) {
    return new CommitRun(lake, request);
  }

  @Override
  public PDone expand(PCollection<Landed> landed) {
    PCollectionView<Iterable<Landed>> all = landed.apply("WaitForAll", View.asIterable());
    landed
        .getPipeline()
        .apply(
            "CommitRequest",
            Create.of(request).withCoder(SerializableCoder.of(CommitRequest.class)))
        .apply("Commit", ParDo.of(new CommitFn(lake, all)).withSideInputs(all));
    return PDone.in(landed.getPipeline());
  }

  private static final class CommitFn extends DoFn<CommitRequest, Void> {
    private static final long serialVersionUID = 1;

    private final Lake lake;
    private final PCollectionView<Iterable<Landed>> all;

    CommitFn(Lake lake, PCollectionView<Iterable<Landed>> all) {
      this.lake = lake;
      this.all = all;
    }

    @ProcessElement
    public void commit(@Element CommitRequest request, ProcessContext context) throws IOException {
      java.util.List<Landed> landed = new java.util.ArrayList<>();
      context.sideInput(all).forEach(landed::add);
      // the order of arrival is the runner's; what is committed does not depend on it
      landed.sort(
          java.util.Comparator.comparing(Landed::delivery).thenComparingLong(Landed::start));
      try (RESTCatalog catalog = lake.connect()) {
        LakeCommit.commit(catalog, request, landed, Clock.systemUTC());
      }
    }
  }
}
