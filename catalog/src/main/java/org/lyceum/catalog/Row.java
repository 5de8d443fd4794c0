package org.lyceum.catalog;

import java.util.Arrays;
import org.apache.iceberg.StructLike;

/**
 * One row of one table: values in the contract's order, in Iceberg's internal form (timestamptz as
 * microseconds in a Long, text as CharSequence, uuid as UUID, binary as ByteBuffer). Not
 * thread-safe; a writer copies what it needs, so a row can be filled again.
 */
public final class Row implements StructLike {
  private final Object[] values;

  public Row(int size) {
    this.values = new Object[size];
  }

  public static Row of(Contract contract) {
    return new Row(contract.columns().size());
  }

  public void clear() {
    Arrays.fill(values, null);
  }

  @Override
  public int size() {
    return values.length;
  }

  public Object get(int ordinal) {
    return values[ordinal];
  }

  @Override
  public <T> T get(int ordinal, Class<T> type) {
    return type.cast(values[ordinal]);
  }

  @Override
  public <T> void set(int ordinal, T value) {
    values[ordinal] = value;
  }
}
