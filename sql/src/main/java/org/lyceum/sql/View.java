package org.lyceum.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.lyceum.catalog.Column;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;

/**
 * One view: its query, and what the query means.
 *
 * @param name {@code schema.view}
 * @param query as in query.sql
 * @param grain one sentence: what one row is; becomes the view's comment
 * @param reads the tables that the query reads
 * @param columns the columns in the query's order
 */
record View(
    String name, String query, String grain, List<String> reads, List<DescribedColumn> columns) {

  /** A column and its meaning, unit, and what NULL means; becomes the column's comment. */
  record DescribedColumn(String name, String description) {}

  /** What view.yaml says. */
  record Description(
      @JsonProperty(required = true) String view,
      @JsonProperty(required = true) String grain,
      @JsonProperty(required = true) List<String> reads,
      @JsonProperty(required = true) List<ColumnEntry> columns) {}

  /**
   * A column in view.yaml. Without a description it means what a column of a read table means, as
   * the contract says: the one of the same name, or the one that {@code same_as} names.
   */
  record ColumnEntry(
      @JsonProperty(required = true) String name,
      @JsonProperty("same_as") String sameAs,
      String description) {}

  View {
    reads = List.copyOf(reads);
    columns = List.copyOf(columns);
  }

  static View of(Description description, String query) {
    return new View(
        description.view,
        query,
        description.grain,
        description.reads,
        description.columns.stream()
            .map(entry -> new DescribedColumn(entry.name, meaning(description, entry)))
            .toList());
  }

  String schema() {
    return name.substring(0, name.indexOf('.'));
  }

  private static String meaning(Description view, ColumnEntry entry) {
    if (entry.description != null) {
      return entry.description;
    }
    String wanted = entry.sameAs == null ? entry.name : entry.sameAs;
    for (String table : view.reads) {
      Contract contract = Contracts.of(table);
      for (Column column : contract.columns()) {
        if (column.name().equals(wanted) || (table + "." + column.name()).equals(wanted)) {
          return column.description();
        }
      }
    }
    throw new IllegalArgumentException(
        "view " + view.view + ", column " + entry.name + ": no table that it reads has " + wanted);
  }
}
