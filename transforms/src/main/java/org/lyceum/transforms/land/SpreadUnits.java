package org.lyceum.transforms.land;

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
public final class SpreadUnits extends PTransform<PBegin, PCollection<LandUnit>> {
  private static final long serialVersionUID = 1;

  private final List<LandUnit> units;

  private SpreadUnits(List<LandUnit> units) {
    this.units = units;
  }

  public static SpreadUnits of(List<LandUnit> units) {
    return new SpreadUnits(List.copyOf(units));
  }

  @Override
  public PCollection<LandUnit> expand(PBegin begin) {
    return begin
        .apply(Impulse.create())
        .apply("Units", ParDo.of(new UnitsFn(units)))
        .setCoder(SerializableCoder.of(LandUnit.class))
        .apply(Reshuffle.viaRandomKey());
  }

  private static final class UnitsFn extends DoFn<byte[], LandUnit> {
    private static final long serialVersionUID = 1;

    private final List<LandUnit> units;

    UnitsFn(List<LandUnit> units) {
      this.units = units;
    }

    @ProcessElement
    public void emit(OutputReceiver<LandUnit> out) {
      units.forEach(out::output);
    }
  }
}
