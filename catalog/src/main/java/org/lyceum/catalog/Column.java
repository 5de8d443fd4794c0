package org.lyceum.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One column of a contract.
 *
 * @param type Iceberg's name: {@code string, long, double, boolean, binary, uuid, timestamptz}, or
 *     {@code map<string,long>}
 * @param source where the value comes from: a JSON Pointer into the record, or words
 * @param description meaning, unit, and what NULL means; becomes the column's comment
 */
public record Column(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String type,
    boolean required,
    @JsonProperty(required = true) Pii pii,
    @JsonProperty(required = true) String source,
    @JsonProperty(required = true) String description) {

  /** How close a column comes to a person. */
  public enum Pii {
    none,
    indirect,
    direct
  }

  public Column {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("column " + name + ": names are snake_case");
    }
    if (description.isBlank()) {
      throw new IllegalArgumentException("column " + name + ": the description is blank");
    }
  }
}
