package org.lyceum.transforms.land;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Units of work out, in their order, each for the first worker that is free. Not {@code Create}:
 * the Direct runner splits its source and holds the later half back until every worker is idle.
 */
public final class SpreadUnits<UnitT extends Serializable>
    extends PTransform<PBegin, PCollection<UnitT>> {
  private static final long serialVersionUID = 1;

  private final Class<UnitT> kind;
  private final List<UnitT> units;

  private SpreadUnits(Class<UnitT> kind, List<UnitT> units) {
    this.kind = kind;
    this.units = units;
  }

  public static <UnitT extends Serializable> SpreadUnits<UnitT> of(
      Class<UnitT> kind, List<UnitT> units) {
    return new SpreadUnits<>(kind, List.copyOf(units));
  }

  @Override
  public PCollection<UnitT> expand(PBegin begin) {
    return begin
        .apply(Impulse.create())
        .apply("Units", ParDo.of(new UnitsFn<>(units)))
        .setCoder(SerializableCoder.of(kind))
        .apply(Reshuffle.viaRandomKey());
  }

  private static final class UnitsFn<UnitT extends Serializable> extends DoFn<byte[], UnitT> {
    private static final long serialVersionUID = 1;

    private final List<UnitT> units;

    UnitsFn(List<UnitT> units) {
      this.units = units;
    }

    @ProcessElement
    public void emit(OutputReceiver<UnitT> out) {
      units.forEach(out::output);
    }
  }
}
