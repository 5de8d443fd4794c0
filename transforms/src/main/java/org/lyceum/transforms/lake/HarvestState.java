package org.lyceum.transforms.lake;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;

/** The lake in, what a harvest of one source and feed starts from out. */
public final class HarvestState {
  private final String source;
  private final String feed;
  private final Ledger ledger;
  private final Map<StateBook.Key, Instant> watermarks;

  private HarvestState(
      String source, String feed, Ledger ledger, Map<StateBook.Key, Instant> watermarks) {
    this.source = source;
    this.feed = feed;
    this.ledger = ledger;
    this.watermarks = watermarks;
  }

  public static HarvestState read(RESTCatalog catalog, String source, String feed)
      throws IOException {
    Map<StateBook.Key, Instant> watermarks = StateBook.watermarks(catalog);
    Table deliveries = catalog.loadTable(Books.DELIVERY.identifier());
    Ledger ledger = Ledger.read(deliveries, deliveries.currentSnapshot(), source);
    return new HarvestState(source, feed, ledger, watermarks);
  }

  /**
   * Up to when the lake holds a listing; empty when it was never harvested.
   *
   * @param key the listing's name in {@code ops.state}
   */
  public Optional<Instant> watermark(String key) {
    return Optional.ofNullable(watermarks.get(new StateBook.Key(source, feed, key)));
  }

  /** Deliveries that are open, sorted. */
  public Set<String> open() {
    return ledger.open(feed);
  }

  /** How a delivery was last harvested that is harvested until it no longer changes. */
  public Optional<DayHarvest> harvest(String delivery) {
    return ledger
        .content(feed, delivery)
        .flatMap(entry -> DayHarvest.of(entry.scope(), entry.fingerprint()));
  }

  /** Windows and containers that gave nothing where the lake holds something, not read since. */
  public Set<String> emptyReplies() {
    return ledger.emptyReplies(feed).keySet();
  }
}
