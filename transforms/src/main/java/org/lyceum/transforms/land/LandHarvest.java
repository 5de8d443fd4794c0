package org.lyceum.transforms.land;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.parse.Verdict;

/**
 * Rows and failed records of one scope of a harvest in, as its listings give them; files and
 * accounts by delivery out. They are held until all is read, because of what is read twice of a
 * position the last counts, wherever it lies then. For one thread.
 */
public final class LandHarvest {
  private final DeliveryFiles.Worker worker;
  private final String source;
  private final String feed;
  private final LastRead<Read> reads = new LastRead<>();

  /** Writes one record. */
  private interface Write {
    void to(DeliveryFiles files) throws IOException;
  }

  /** A record as it was read last. */
  private record Read(String delivery, long occurredAt, Write write) {}

  public LandHarvest(RESTCatalog catalog, String runId, String source, String feed) {
    this.worker = new DeliveryFiles.Worker(catalog, runId);
    this.source = source;
    this.feed = feed;
  }

  /**
   * A record that became a row.
   *
   * @param row is kept: each record needs one of its own
   * @param bytes of the record
   */
  public void parsed(String delivery, String position, Contract contract, Row row, byte[] bytes) {
    long occurredAt = row.get(contract.ordinal("occurred_at"), Long.class);
    reads.add(
        position,
        new Read(
            delivery,
            occurredAt,
            files -> {
              files.bytes(bytes.length);
              files.parsed(contract, row, position);
            }));
  }

  /**
   * A record that did not.
   *
   * @param verdict with the record's time; in a window without one of its own that of the record
   *     before it in the listing, or else the window's start: by its time it is replaced
   */
  public void failed(String delivery, String position, Verdict verdict, byte[] bytes) {
    reads.add(
        position,
        new Read(
            delivery,
            0,
            files -> {
              files.bytes(bytes.length);
              files.failed(position, verdict, bytes, 0, bytes.length);
            }));
  }

  /** Writes what was read, one delivery after the other; a scope is landed once. */
  public List<Landed> land() throws IOException {
    Map<String, List<Read>> deliveries = new TreeMap<>();
    for (Read read : reads.all()) {
      deliveries.computeIfAbsent(read.delivery, any -> new ArrayList<>()).add(read);
    }
    Map<String, DeliveryFiles> written = new HashMap<>();
    List<Landed> landed = new ArrayList<>();
    try {
      for (Map.Entry<String, List<Read>> delivery : deliveries.entrySet()) {
        DeliveryFiles files =
            new DeliveryFiles(worker, source, feed, delivery.getKey(), delivery.getValue().size());
        written.put(delivery.getKey(), files);
        delivery.getValue().sort(Comparator.comparingLong(Read::occurredAt));
        for (Read read : delivery.getValue()) {
          read.write.to(files);
        }
        files.flush();
        landed.add(landed(delivery.getKey(), files));
      }
      return landed;
    } catch (IOException | RuntimeException e) {
      for (DeliveryFiles files : written.values()) {
        files.abandon();
      }
      throw e;
    }
  }

  private Landed landed(String delivery, DeliveryFiles files) {
    return new Landed(
        source,
        feed,
        delivery,
        null,
        0,
        null,
        null,
        null,
        files.account(),
        files.first(),
        files.last(),
        files.rows(),
        files.failed(),
        List.of(),
        null);
  }
}
