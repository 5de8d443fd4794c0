package org.lyceum.transforms.lake;

import java.util.Collection;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;

/** A scope in, the rows and failed records out that the lake holds there. */
final class HeldRows {
  /** Is told of rows that lie in the scope. */
  interface Each {
    /**
     * Told of rows.
     *
     * @param place of one of the rows; all are of its table, delivery and container
     */
    void at(Scope.Place place, long rows);
  }

  private HeldRows() {}

  /** Looks into event tables, and into failed records. */
  static void in(TableCommits tables, Collection<String> names, Scope scope, Each each) {
    Stream.concat(names.stream().map(Contracts::of), Stream.of(Books.FAILED_RECORD))
        .forEach(contract -> in(tables, contract, scope, each));
  }

  private static void in(TableCommits tables, Contract contract, Scope scope, Each each) {
    Table table = tables.table(contract.identifier());
    for (TableCommits.Planned planned :
        tables.plan(contract.identifier(), "delivery", "position", "occurred_at")) {
      Scope.Bounds bounds = RowFiles.bounds(table, planned.file());
      Scope.Cover cover = scope.cover(bounds);
      if (cover == Scope.Cover.ALL && !contract.equals(Books.FAILED_RECORD)) {
        each.at(
            new Scope.Place(
                contract.table(),
                null,
                bounds.feed(),
                bounds.firstDelivery(),
                bounds.first(),
                null),
            planned.file().recordCount());
      } else if (cover != Scope.Cover.NONE) { // bounds do not say of which source a record is
        TableCommits.count(
            contract,
            table,
            planned.file(),
            place -> {
              boolean isIn = scope.covers(place);
              if (isIn) {
                each.at(place, 1);
              }
              return isIn;
            });
      }
    }
  }
}
