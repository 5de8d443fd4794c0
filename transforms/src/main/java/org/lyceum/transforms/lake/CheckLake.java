package org.lyceum.transforms.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;

/** The lake in, a line for each of its promises out: kept or not. Reads one state of all tables. */
public final class CheckLake {
  private static final int TRIES = 20;

  /** One promise. */
  public record Line(boolean isKept, String text) {}

  private final TableCommits tables;
  private final List<Contract> events =
      Contracts.all().stream().filter(contract -> contract.namespace().equals("events")).toList();

  private CheckLake(RESTCatalog catalog) {
    List<TableIdentifier> ids = new ArrayList<>();
    events.forEach(contract -> ids.add(contract.identifier()));
    for (Contract book : List.of(Books.DELIVERY, Books.DUPLICATE, Books.FAILED_RECORD)) {
      ids.add(book.identifier());
    }
    tables = still(catalog, ids);
  }

  /** Checks everything. */
  public static List<Line> check(RESTCatalog catalog) throws IOException {
    CheckLake check = new CheckLake(catalog);
    List<Line> lines = new ArrayList<>();
    lines.add(check.accounts());
    for (Contract contract : check.events) {
      lines.add(check.hidden(contract));
      lines.add(check.masks(contract));
    }
    return lines;
  }

  /** All tables as they stood together: loaded twice without a commit in between. */
  private static TableCommits still(RESTCatalog catalog, List<TableIdentifier> ids) {
    TableCommits before = new TableCommits(catalog, "check");
    ids.forEach(before::start);
    for (int i = 0; i < TRIES; i++) {
      TableCommits after = new TableCommits(catalog, "check");
      ids.forEach(after::start);
      TableCommits first = before;
      if (ids.stream().allMatch(id -> id(first.start(id)) == id(after.start(id)))) {
        return first;
      }
      before = after;
    }
    throw new IllegalStateException("the lake is written to all the time; check it later");
  }

  private static long id(Snapshot snapshot) {
    return snapshot == null ? -1 : snapshot.snapshotId();
  }

  /** Written less taken is what lies in the data files. */
  private Line accounts() throws IOException {
    Map<String, Long> apart = new TreeMap<>();
    Table deliveries = tables.table(Books.DELIVERY.identifier());
    for (TableCommits.Planned planned : tables.plan(Books.DELIVERY.identifier())) {
      for (org.lyceum.catalog.Row row : DeliveryBook.rows(deliveries, planned.file())) {
        add(apart, row, "rows_written", 1);
        add(apart, row, "rows_taken", -1);
      }
    }
    long accounts = apart.values().stream().mapToLong(Long::longValue).sum();
    long rows = 0;
    List<Contract> counted = new ArrayList<>(events);
    counted.add(Books.FAILED_RECORD);
    for (Contract contract : counted) {
      for (TableCommits.Planned planned : tables.plan(contract.identifier(), "delivery")) {
        rows += subtract(apart, contract, planned);
      }
    }
    apart.values().removeIf(difference -> difference == 0);
    return new Line(
        apart.isEmpty(),
        String.format(
            Locale.ROOT,
            "accounts: %,d rows written less taken, %,d in data files%s",
            accounts,
            rows,
            apart.isEmpty() ? "" : "; they differ in " + some(apart.keySet())));
  }

  private static String some(Set<String> names) {
    return names.stream().limit(5).collect(Collectors.joining(", "))
        + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "");
  }

  private static void add(
      Map<String, Long> sums, org.lyceum.catalog.Row row, String column, int sign) {
    String where =
        row.get(Books.DELIVERY.ordinal("feed")) + " " + row.get(Books.DELIVERY.ordinal("delivery"));
    ((Map<?, ?>) row.get(Books.DELIVERY.ordinal(column)))
        .forEach((table, count) -> sums.merge(table + " " + where, sign * (Long) count, Long::sum));
  }

  private long subtract(Map<String, Long> sums, Contract contract, TableCommits.Planned planned)
      throws IOException {
    Table table = tables.table(contract.identifier());
    long rows = 0;
    try (CloseableIterable<StructLike> read =
        RowFiles.read(table, planned.file(), table.schema().select("feed", "delivery"))) {
      for (StructLike row : read) {
        String delivery = row.get(1, CharSequence.class).toString();
        if (!delivery.startsWith(Ledger.LEFT_OUT)) {
          rows++;
          sums.merge(
              contract.name() + " " + row.get(0, CharSequence.class) + " " + delivery,
              -1L,
              Long::sum);
        }
      }
    }
    return rows;
  }

  /** Copies, added up so that their order does not matter. */
  private static final class Sum {
    private final CopyKeys keys = new CopyKeys();
    private long count;
    private long high;
    private long low;

    void add(StructLike row, int first) {
      long[] digest =
          keys.digest(
              row.get(first, UUID.class),
              row.get(first + 1, CharSequence.class).toString(),
              row.get(first + 2, CharSequence.class).toString(),
              row.get(first + 3, CharSequence.class).toString(),
              row.get(first + 4, CharSequence.class).toString());
      count++;
      high += digest[0];
      low += digest[1];
    }

    boolean isSame(Sum other) {
      return count == other.count && high == other.high && low == other.low;
    }
  }

  /** What masks hide is what ops.duplicate lists. */
  private Line hidden(Contract contract) throws IOException {
    Table table = tables.table(contract.identifier());
    Sum masked = new Sum();
    for (TableCommits.Planned planned : tables.plan(contract.identifier(), "delivery")) {
      EventFile file = EventFile.kept(table, planned);
      if (file.hidden().isEmpty()) {
        continue;
      }
      int number = 0;
      try (CloseableIterable<StructLike> rows =
          RowFiles.read(
              table,
              planned.file(),
              table.schema().select("event_id", "feed", "delivery", "position", "run_id"))) {
        for (StructLike row : rows) {
          if (file.hidden().get(number++)) {
            masked.add(row, 0);
          }
        }
      }
    }
    Sum listed = new Sum();
    Table duplicates = tables.table(Books.DUPLICATE.identifier());
    for (TableCommits.Planned planned : tables.plan(Books.DUPLICATE.identifier())) {
      try (CloseableIterable<StructLike> rows =
          RowFiles.read(
              duplicates,
              planned.file(),
              duplicates
                  .schema()
                  .select("table_name", "event_id", "feed", "delivery", "position", "run_id"))) {
        for (StructLike row : rows) {
          if (contract.name().contentEquals(row.get(0, CharSequence.class))) {
            listed.add(row, 1);
          }
        }
      }
    }
    return new Line(
        masked.isSame(listed),
        String.format(
            Locale.ROOT,
            "%s: %,d copies are hidden, %,d listed in ops.duplicate%s",
            contract.table(),
            masked.count,
            listed.count,
            masked.isSame(listed) || masked.count != listed.count ? "" : ", but other ones"));
  }

  /** Every mask is of a data file that is there, and hides rows that it has. */
  private Line masks(Contract contract) throws IOException {
    Snapshot start = tables.start(contract.identifier());
    Table table = tables.table(contract.identifier());
    Map<String, Long> rows = new HashMap<>();
    Set<String> dangling = new TreeSet<>();
    long masks = 0;
    for (TableCommits.Planned planned : tables.plan(contract.identifier(), "delivery")) {
      rows.put(planned.file().location(), planned.file().recordCount());
      if (EventFile.kept(table, planned).hidden().length() > planned.file().recordCount()) {
        dangling.add(planned.file().location());
      }
    }
    if (start != null) {
      for (ManifestFile manifest : start.deleteManifests(table.io())) {
        try (CloseableIterable<DeleteFile> files =
            ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
          for (DeleteFile mask : files) {
            masks++;
            if (!rows.containsKey(mask.referencedDataFile())) {
              dangling.add(mask.location());
            }
          }
        }
      }
    }
    return new Line(
        dangling.isEmpty(),
        String.format(
            Locale.ROOT,
            "%s: %,d masks on %,d files, %,d dangle%s",
            contract.table(),
            masks,
            rows.size(),
            dangling.size(),
            dangling.isEmpty() ? "" : ": " + some(dangling)));
  }
}
