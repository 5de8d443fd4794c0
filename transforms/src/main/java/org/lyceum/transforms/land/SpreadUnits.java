package org.lyceum.transforms.land;

import java.io.Serializable;
import java.util.ArrayList;
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
public final class SpreadUnits<T extends Serializable> extends PTransform<PBegin, PCollection<T>> {
  private static final long serialVersionUID = 1;

  private final ArrayList<T> units;
  private final Class<T> type;

  private SpreadUnits(List<T> units, Class<T> type) {
    this.units = new ArrayList<>(units);
    this.type = type;
  }

  public static <T extends Serializable> SpreadUnits<T> of(List<T> units, Class<T> type) {
    return new SpreadUnits<>(units, type);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    return begin
        .apply(Impulse.create())
        .apply("Units", ParDo.of(new UnitsFn<>(units)))
        .setCoder(SerializableCoder.of(type))
        .apply(Reshuffle.viaRandomKey());
  }

  private static final class UnitsFn<T extends Serializable> extends DoFn<byte[], T> {
    private static final long serialVersionUID = 1;

    private final ArrayList<T> units;

    UnitsFn(List<T> units) {
      this.units = new ArrayList<>(units);
    }

    @ProcessElement
    public void emit(OutputReceiver<T> out) {
      units.forEach(out::output);
    }
  }
}
