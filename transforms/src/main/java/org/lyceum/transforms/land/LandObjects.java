package org.lyceum.transforms.land;

import java.io.IOException;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.transforms.io.ReadObjects;
import org.lyceum.transforms.io.S3Settings;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.parse.Formats;
import org.lyceum.transforms.parse.StoredParser;

/**
 * Units of storage days in; the account and the files of every part of a day out. Failed records
 * are files too; a day that changed while it was read comes out with a fault, and stops nothing
 * else.
 */
public final class LandObjects extends PTransform<PCollection<DayUnit>, PCollection<Landed>> {
  private static final long serialVersionUID = 1;

  private final Lake lake;
  private final S3Settings s3;
  private final String format;
  private final String runId;

  private LandObjects(Lake lake, S3Settings s3, String format, String runId) {
    this.lake = lake;
    this.s3 = s3;
    this.format = format;
    this.runId = runId;
  }

  /**
   * Lands units with a parser, for a run.
   *
   * @param format name of the parser
   */
  public static LandObjects with(Lake lake, S3Settings s3, String format, String runId) {
    return new LandObjects(lake, s3, format, runId);
  }

  @Override
  public PCollection<Landed> expand(PCollection<DayUnit> units) {
    return units
        .apply("LandUnit", ParDo.of(new LandUnitFn(lake, s3, format, runId)))
        .setCoder(SerializableCoder.of(Landed.class));
  }

  private static final class LandUnitFn extends DoFn<DayUnit, Landed> {
    private static final long serialVersionUID = 1;

    /** Reads wait for their store most of the time. */
    private static final int READERS = 16;

    private static final long READ_AHEAD_BYTES = 32 << 20;

    private final Lake lake;
    private final S3Settings s3;
    private final String format;
    private final String runId;
    private final Counter parsed = Metrics.counter(LandObjects.class, "parsed");
    private final Counter failed = Metrics.counter(LandObjects.class, "failed");
    private transient RESTCatalog catalog;
    private transient DeliveryFiles.Worker worker;
    private transient StoredParser parser;
    private transient ReadObjects objects;

    LandUnitFn(Lake lake, S3Settings s3, String format, String runId) {
      this.lake = lake;
      this.s3 = s3;
      this.format = format;
      this.runId = runId;
    }

    @Setup
    public void connect() {
      catalog = lake.connect();
      worker = new DeliveryFiles.Worker(catalog, runId);
      parser = Formats.storedParser(format);
      objects = new ReadObjects(s3, READERS, READ_AHEAD_BYTES);
    }

    @ProcessElement
    public void land(@Element DayUnit unit, OutputReceiver<Landed> out) throws IOException {
      for (DayPart part : unit.parts()) {
        Landed landed = new LandDay(worker, parser, unit.feed(), part).land(objects);
        parsed.inc(landed.account().parsed());
        failed.inc(landed.account().failed());
        out.output(landed);
      }
    }

    @Teardown
    public void disconnect() throws IOException {
      if (objects != null) {
        objects.close();
      }
      if (catalog != null) {
        catalog.close();
      }
    }
  }
}
