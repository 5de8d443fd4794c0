package org.lyceum.transforms.land;

import java.io.IOException;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.transforms.lake.OffsetBatch;

/** Units of offsets in; a batch with the files and accounts of each out. */
public final class LandTopics extends PTransform<PCollection<TopicUnit>, PCollection<OffsetBatch>> {
  private static final long serialVersionUID = 1;

  private final Lake lake;
  private final String runId;

  private LandTopics(Lake lake, String runId) {
    this.lake = lake;
    this.runId = runId;
  }

  public static LandTopics with(Lake lake, String runId) {
    return new LandTopics(lake, runId);
  }

  @Override
  public PCollection<OffsetBatch> expand(PCollection<TopicUnit> units) {
    return units
        .apply("LandOffsets", ParDo.of(new LandOffsetsFn(lake, runId)))
        .setCoder(SerializableCoder.of(OffsetBatch.class));
  }

  private static final class LandOffsetsFn extends DoFn<TopicUnit, OffsetBatch> {
    private static final long serialVersionUID = 1;

    private final Lake lake;
    private final String runId;
    private transient RESTCatalog catalog;
    private transient LandOffsets landing;

    LandOffsetsFn(Lake lake, String runId) {
      this.lake = lake;
      this.runId = runId;
    }

    @Setup
    public void connect() {
      catalog = lake.connect();
      landing = new LandOffsets(catalog, runId);
    }

    @ProcessElement
    public void land(@Element TopicUnit unit, OutputReceiver<OffsetBatch> out) throws IOException {
      OffsetBatch batch =
          landing.land(unit.topic(), unit.partition(), unit.offsets(), Long.MAX_VALUE);
      landing.requireSame(unit.topic());
      out.output(batch);
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
