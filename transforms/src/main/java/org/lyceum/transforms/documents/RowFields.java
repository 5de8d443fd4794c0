package org.lyceum.transforms.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.iceberg.StructLike;
import org.lyceum.catalog.Contract;
import org.lyceum.transforms.parse.EventTime;

/** A row in, its values by the names of their columns out; null where a column is NULL. */
public final class RowFields {
  private final Contract contract;
  private final StructLike row;

  /**
   * @param row with all columns in the contract's order, fresh from a parser or read from the lake
   */
  public RowFields(Contract contract, StructLike row) {
    this.contract = contract;
    this.row = row;
  }

  public String text(String column) {
    Object value = value(column);
    return value == null ? null : value.toString();
  }

  /** A whole number of any width. */
  public Long number(String column) {
    Number value = (Number) value(column);
    return value == null ? null : value.longValue();
  }

  public Boolean flag(String column) {
    return (Boolean) value(column);
  }

  /** A time in UTC, such as 2024-02-05T09:06:05Z. */
  public String time(String column) {
    Long micros = number(column);
    return micros == null ? null : EventTime.text(micros);
  }

  /**
   * A time as Python's {@code isoformat} spells it, which is how the old harvesters did: {@code
   * 2024-02-05T09:06:05+00:00}, with six digits of a fraction if there is one.
   */
  public String pythonTime(String column) {
    Long micros = number(column);
    if (micros == null) {
      return null;
    }
    long fraction = Math.floorMod(micros, 1_000_000L);
    String seconds = EventTime.text(micros - fraction);
    return seconds.substring(0, seconds.length() - 1)
        + (fraction == 0 ? "" : "." + Long.toString(1_000_000 + fraction).substring(1))
        + "+00:00";
  }

  /** The UTC day of a time as names of indexes have it: 2024.02.05. */
  public String indexDay(String column) {
    return EventTime.day(number(column)).replace('-', '.');
  }

  /** Puts the text of a column into a document, unless it is NULL. */
  public void putText(ObjectNode body, String name, String column) {
    if (value(column) != null) {
      body.put(name, text(column));
    }
  }

  /** Puts the number of a column into a document, unless it is NULL. */
  public void putNumber(ObjectNode body, String name, String column) {
    if (value(column) != null) {
      body.put(name, number(column));
    }
  }

  private Object value(String column) {
    return row.get(contract.ordinal(column), Object.class);
  }
}
