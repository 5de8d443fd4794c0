package org.lyceum.pipelines.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contracts;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.land.IngestPlan;

/** What a run did, read from the books that it left in the lake, whatever runner it used. */
public final class ClosingTable {
  private final Map<String, Long> failedByCode = new TreeMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private final List<String> grown = new ArrayList<>();
  private long deliveries;
  private long bytes;
  private long read;
  private long parsed;
  private long skipped;
  private long taken;
  private long duplicates;

  private ClosingTable() {}

  /** Reads the entries of one run. */
  public static ClosingTable of(RESTCatalog catalog, String runId) {
    ClosingTable closing = new ClosingTable();
    Table table = catalog.loadTable(Contracts.of("ops.delivery").identifier());
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table).where(Expressions.equal("run_id", runId)).build()) {
      rows.forEach(closing::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Table hidden = catalog.loadTable(Contracts.of("ops.duplicate").identifier());
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(hidden)
            .select("run_id")
            .where(Expressions.equal("run_id", runId))
            .build()) {
      for (Record unused : rows) {
        closing.duplicates++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return closing;
  }

  @SuppressWarnings("unchecked")
  private void add(Record row) {
    if (row.getField("status").equals(Ledger.Status.failed.name())) {
      leftOut.add(row.getField("path") + ": " + row.getField("message"));
      return;
    }
    if (row.getField("status").equals(Ledger.Status.grown.name())) {
      grown.add((String) row.getField("delivery"));
    }
    if (row.getField("scope") != null) {
      deliveries++;
    }
    bytes += (long) row.getField("bytes");
    read += (long) row.getField("read");
    parsed += (long) row.getField("parsed");
    skipped += (long) row.getField("skipped");
    ((Map<String, Long>) row.getField("failed_by_code"))
        .forEach((code, count) -> failedByCode.merge(code, count, Long::sum));
    taken +=
        ((Map<String, Long>) row.getField("rows_taken"))
            .values().stream().mapToLong(Long::longValue).sum();
  }

  public List<String> leftOut() {
    return leftOut;
  }

  /** The table, ready to print. */
  public String render(String runId, IngestPlan.Tally tally, double seconds) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        tally.things(),
        count(tally.found())
            + " ("
            + count(tally.unchanged())
            + " unchanged, "
            + count(leftOut.size())
            + " left out)");
    if (tally.removed() > 0) {
      line(
          text,
          "",
          count(tally.removed())
              + " stay out: taken out by `make remove`; FORCE=1 brings them back");
    }
    line(text, "deliveries in", count(deliveries) + ", " + ProgressLine.size(bytes) + " as read");
    renderCounts(text, "without content, such as blank lines");
    line(text, "seconds", String.format(Locale.ROOT, "%.1f", seconds));
    whereToLook(text, runId);
    return text.toString();
  }

  /** The table of a run over topics. */
  String renderTopics(String runId, double seconds) {
    StringBuilder text = new StringBuilder();
    line(text, "deliveries", count(deliveries) + ", " + ProgressLine.size(bytes) + " of messages");
    renderCounts(text, "null and empty messages, empty arrays");
    line(text, "seconds", String.format(Locale.ROOT, "%.1f", seconds));
    whereToLook(text, runId);
    return text.toString();
  }

  /** The table of a harvest. */
  String renderHarvest(String runId, double seconds) {
    StringBuilder text = new StringBuilder();
    line(text, "deliveries", count(deliveries) + ", " + ProgressLine.size(bytes) + " of records");
    renderCounts(text, "without content");
    line(text, "seconds", String.format(Locale.ROOT, "%.1f", seconds));
    whereToLook(text, runId);
    return text.toString();
  }

  private void renderCounts(StringBuilder text, String skippedWhat) {
    line(text, "read", count(read) + " records");
    line(text, "skipped", count(skipped) + " " + skippedWhat);
    line(text, "failed", count(failedByCode.values().stream().mapToLong(Long::longValue).sum()));
    failedByCode.forEach((code, number) -> line(text, "  " + code, count(number)));
    line(
        text,
        "written",
        count(parsed) + " rows" + (taken > 0 ? ", in place of " + count(taken) : ""));
    line(text, "duplicates", count(duplicates) + " of these rows are hidden copies");
    grown.forEach(
        delivery -> line(text, "grown", delivery + " went: a longer log holds every row of it"));
    leftOut.forEach(sentence -> line(text, "left out", sentence));
  }

  private static void whereToLook(StringBuilder text, String runId) {
    line(
        text,
        "where to look",
        "make sql Q=\"select * from ops.run_summary where run_id = '" + runId + "'\"");
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append(String.format(Locale.ROOT, "%-16s %s%n", label, value));
  }
}
