package org.lyceum.transforms.lake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.lyceum.catalog.Contract;

/**
 * The files of a table in, groups to merge out. A group is of one feed and becomes one file, and
 * one more where some of its rows are hidden.
 */
public final class MergePlan {
  /** What is not waited for any more. */
  public enum Closed {
    /**
     * Deliveries whose day is over, and those that have no day: all of what is small, and what is
     * partly hidden.
     */
    DAYS,
    /**
     * Also rows of hours that are over, in a delivery that still grows. Done while a stream runs:
     * files are only merged with others of their size, so that none is written again every hour.
     */
    HOURS
  }

  /** Books are small: fewer files than these are left alone. */
  private static final int FEW_FILES = 8;

  /** Files below this size count as equal. */
  private static final long TINY_BYTES = 1 << 20;

  private static final Pattern DAY =
      Pattern.compile("(?:^|[/=])(\\d{4})[-/a-z=]{1,8}(\\d{2})[-/a-z=]{1,6}(\\d{2})$");

  private final Table table;
  private final boolean isBook;
  private final Closed closed;
  private final LocalDate today;
  private final long hour;
  private final MergeFiles.Limits limits;

  MergePlan(Table table, Contract contract, Closed closed, Instant now, MergeFiles.Limits limits) {
    this.table = table;
    this.isBook = contract.namespace().equals(Books.RUN.namespace());
    this.closed = closed;
    this.today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    this.hour = TimeUnit.SECONDS.toMicros(now.truncatedTo(ChronoUnit.HOURS).getEpochSecond());
    this.limits = limits;
  }

  List<List<TableCommits.Planned>> groups(List<TableCommits.Planned> files) {
    Map<String, List<TableCommits.Planned>> kinds = new TreeMap<>();
    for (TableCommits.Planned file : files) {
      if (isCandidate(file)) {
        kinds.computeIfAbsent(kind(file), any -> new ArrayList<>()).add(file);
      }
    }
    List<List<TableCommits.Planned>> groups = new ArrayList<>();
    kinds
        .values()
        .forEach(
            some -> {
              if (!isBook || some.size() >= FEW_FILES) {
                cut(closed == Closed.HOURS ? ofOneSize(some) : some, groups);
              }
            });
    return groups;
  }

  /** What is hidden as a whole stays apart: in one group with others it would need a mask. */
  private String kind(TableCommits.Planned file) {
    String feed =
        table.spec().isPartitioned()
            ? file.file().partition().get(0, CharSequence.class).toString()
            : "";
    return feed + (isAllHidden(file) ? "\0hidden" : "");
  }

  private static boolean isAllHidden(TableCommits.Planned file) {
    return !file.masks().isEmpty() && hiddenRows(file) >= file.file().recordCount();
  }

  private static long hiddenRows(TableCommits.Planned file) {
    return file.masks().stream().mapToLong(mask -> mask.recordCount()).sum();
  }

  private boolean isCandidate(TableCommits.Planned file) {
    boolean isSmall = file.file().fileSizeInBytes() < limits.fileBytes() * 3 / 4;
    return (isSmall || isWorthwhileAlone(file))
        && file.file().recordCount() <= limits.fileRows()
        && isClosed(file);
  }

  /** Readers scan such a file with its mask; apart from what it hides it needs none. */
  private boolean isWorthwhileAlone(TableCommits.Planned file) {
    return closed == Closed.DAYS && !file.masks().isEmpty() && !isAllHidden(file);
  }

  private boolean isClosed(TableCommits.Planned file) {
    if (isBook) {
      return true;
    }
    Scope.Bounds bounds = RowFiles.bounds(table, file.file());
    if (bounds.firstDelivery() == null || bounds.lastDelivery() == null) {
      return false;
    }
    if (isOver(bounds.firstDelivery()) && isOver(bounds.lastDelivery())) {
      return true;
    }
    Object last = RowFiles.upper(table, file.file(), "occurred_at");
    return closed == Closed.HOURS && last != null && (Long) last < hour;
  }

  private boolean isOver(String delivery) {
    Matcher day = DAY.matcher(delivery);
    if (!day.find()) {
      return true;
    }
    try {
      return LocalDate.of(
              Integer.parseInt(day.group(1)),
              Integer.parseInt(day.group(2)),
              Integer.parseInt(day.group(3)))
          .isBefore(today);
    } catch (DateTimeException e) {
      return true; // a name that only looks like a day
    }
  }

  /** The smaller files, up to the first that is larger than all before it together. */
  private static List<TableCommits.Planned> ofOneSize(List<TableCommits.Planned> files) {
    List<TableCommits.Planned> some = new ArrayList<>();
    long bytes = TINY_BYTES;
    files.sort(Comparator.comparingLong(file -> file.file().fileSizeInBytes()));
    for (TableCommits.Planned file : files) {
      if (file.file().fileSizeInBytes() > bytes) {
        break;
      }
      bytes += file.file().fileSizeInBytes();
      some.add(file);
    }
    return some;
  }

  /** Cuts files, in the order of their rows, where a merged file would become too large. */
  private void cut(List<TableCommits.Planned> files, List<List<TableCommits.Planned>> groups) {
    files.sort(
        Comparator.<TableCommits.Planned, String>comparing(file -> firstDelivery(file))
            .thenComparingLong(this::firstTime)
            .thenComparing(file -> file.file().location()));
    List<TableCommits.Planned> group = new ArrayList<>();
    long bytes = 0;
    long rows = 0;
    for (TableCommits.Planned file : files) {
      bytes += file.file().fileSizeInBytes();
      rows += file.file().recordCount();
      if (bytes > limits.fileBytes() || rows > limits.fileRows()) {
        addWorthwhile(group, groups);
        group = new ArrayList<>();
        bytes = file.file().fileSizeInBytes();
        rows = file.file().recordCount();
      }
      group.add(file);
    }
    addWorthwhile(group, groups);
  }

  private void addWorthwhile(
      List<TableCommits.Planned> group, List<List<TableCommits.Planned>> groups) {
    if (group.size() > 1 || group.stream().anyMatch(this::isWorthwhileAlone)) {
      groups.add(group);
    }
  }

  private String firstDelivery(TableCommits.Planned file) {
    boolean hasDelivery = table.schema().findField("delivery") != null;
    Object first = hasDelivery ? RowFiles.lower(table, file.file(), "delivery") : null;
    return first == null ? "" : first.toString();
  }

  private long firstTime(TableCommits.Planned file) {
    boolean hasTime = table.schema().findField("occurred_at") != null;
    Object first = hasTime ? RowFiles.lower(table, file.file(), "occurred_at") : null;
    return first == null ? 0 : (Long) first;
  }
}
