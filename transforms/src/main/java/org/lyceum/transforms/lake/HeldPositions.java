package org.lyceum.transforms.lake;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;

/** Deliveries in; where the rows and failed records lie out that the lake holds of them. */
public final class HeldPositions {
  private HeldPositions() {}

  /**
   * Reads them.
   *
   * @param table the event table that counts, {@code namespace.name}
   * @return positions by delivery, without deliveries that the lake has nothing of
   */
  public static Map<String, Set<String>> of(
      RESTCatalog catalog, String table, String feed, Collection<String> deliveries) {
    Contract events = Contracts.of(table);
    TableCommits tables = new TableCommits(catalog, "held");
    Scope scope = new Scope(feed).add(deliveries);
    Map<String, Set<String>> held = new TreeMap<>();
    for (Contract contract : List.of(events, Books.FAILED_RECORD)) {
      Table read = tables.table(contract.identifier());
      for (TableCommits.Planned planned :
          tables.plan(contract.identifier(), "delivery", "position", "occurred_at")) {
        if (scope.cover(RowFiles.bounds(read, planned.file())) == Scope.Cover.NONE) {
          continue;
        }
        TableCommits.count(
            contract,
            read,
            planned.file(),
            place -> {
              boolean isOfSource = place.source() == null || place.source().equals(events.source());
              if (isOfSource && scope.covers(place)) {
                held.computeIfAbsent(place.delivery(), any -> new TreeSet<>())
                    .add(place.position());
              }
              return false;
            });
      }
    }
    return held;
  }
}
