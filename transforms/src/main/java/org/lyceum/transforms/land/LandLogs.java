package org.lyceum.transforms.land;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.iceberg.Schema;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.parse.Formats;
import org.lyceum.transforms.parse.RecordParser;

/**
 * Units of work in; the account and the files of every part of a delivery out. Failed records are
 * files too; a log that cannot be read to its end comes out with a fault, and stops nothing else.
 */
public final class LandLogs extends PTransform<PCollection<LandUnit>, PCollection<Landed>> {
  private static final long serialVersionUID = 1;

  private final Lake lake;
  private final String format;
  private final String runId;
  private final List<String> columns;

  private LandLogs(Lake lake, String format, String runId, List<String> columns) {
    this.lake = lake;
    this.format = format;
    this.runId = runId;
    this.columns = columns;
  }

  /**
   * Lands units with a parser, for a run.
   *
   * @param format name of the parser
   * @param columns optional columns to write; all when empty. The others read as NULL.
   */
  public static LandLogs with(Lake lake, String format, String runId, List<String> columns) {
    return new LandLogs(lake, format, runId, List.copyOf(columns));
  }

  @Override
  public PCollection<Landed> expand(PCollection<LandUnit> units) {
    return units
        .apply("LandUnit", ParDo.of(new LandUnitFn(lake, format, runId, columns)))
        .setCoder(SerializableCoder.of(Landed.class));
  }

  private static final class LandUnitFn extends DoFn<LandUnit, Landed> {
    private static final long serialVersionUID = 1;

    private final Lake lake;
    private final String format;
    private final String runId;
    private final List<String> columns;
    private final Counter parsed = Metrics.counter(LandLogs.class, "parsed");
    private final Counter failed = Metrics.counter(LandLogs.class, "failed");
    private transient RESTCatalog catalog;
    private transient LandRange.Tools tools;

    LandUnitFn(Lake lake, String format, String runId, List<String> columns) {
      this.lake = lake;
      this.format = format;
      this.runId = runId;
      this.columns = columns;
    }

    @Setup
    public void connect() {
      catalog = lake.connect();
      RecordParser parser = Formats.parser(format);
      var events = catalog.loadTable(parser.contract().identifier());
      tools =
          new LandRange.Tools(
              events,
              catalog.loadTable(Contracts.of("ops.failed_record").identifier()),
              schema(events.schema(), parser.contract()),
              parser,
              parser.contract().source(),
              runId);
    }

    private Schema schema(Schema whole, Contract contract) {
      if (columns.isEmpty()) {
        return whole;
      }
      Set<String> wanted = new LinkedHashSet<>(columns);
      List<Types.NestedField> fields = new ArrayList<>();
      for (Types.NestedField field : whole.columns()) {
        fields.add(field.isRequired() || wanted.contains(field.name()) ? field : null);
      }
      wanted.forEach(contract::ordinal); // a name that is none is refused
      return new Schema(fields.stream().filter(field -> field != null).toList());
    }

    @ProcessElement
    public void land(@Element LandUnit unit, OutputReceiver<Landed> out) throws IOException {
      for (LogRange range : unit.ranges()) {
        try (LandRange landing = new LandRange(tools, unit.feed(), range)) {
          Landed landed = landing.land();
          parsed.inc(landed.account().parsed());
          failed.inc(landed.account().failed());
          out.output(landed);
        }
      }
    }

    @Teardown
    public void disconnect() throws IOException {
      if (catalog != null) {
        catalog.close();
      }
    }
  }
}
