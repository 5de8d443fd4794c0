package org.lyceum.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.lake.MergeFiles;
import org.lyceum.transforms.lake.MergePlan;
import org.lyceum.transforms.lake.Offsets;
import org.lyceum.transforms.lake.RowFiles;

/**
 * A table in, the same with a day in it as a stream leaves it, out: hours that are over in merged
 * files, the hour that runs in the small files of its commits, thousands of commits.
 */
final class FullDay {
  private static final Contract CONTRACT = Contracts.of("events.kinesinlms_event");
  private static final int HOUR_COMMITS = 360;
  private static final int MERGED_ROWS = 1_000_000;
  private static final int EARLIER_ROWS = 1_000;
  private static final int HOUR_ROWS = 6_000;
  private static final int KEPT_SNAPSHOTS = 100;

  private final RESTCatalog catalog;
  private final Table table;
  private final String series;
  private final String feed;
  private final Instant now;

  FullDay(RESTCatalog catalog, String feed, String series, Instant now) {
    this.catalog = catalog;
    this.table = catalog.loadTable(CONTRACT.identifier());
    this.series = series;
    this.feed = feed;
    this.now = now;
  }

  /**
   * Writes the day: so many rows, by so many commits. The merged files lie behind each other in
   * time, as merging the hours leaves them.
   */
  void write(long rows, int commits) {
    int earlier = commits - HOUR_COMMITS;
    long inHour = (long) HOUR_COMMITS * HOUR_ROWS;
    long merged = rows - inHour - (long) earlier * EARLIER_ROWS;
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    commit(earlier, EARLIER_ROWS, hour.minus(8, ChronoUnit.HOURS), hour, 1_000);
    new MergeFiles(catalog, Clock.fixed(now, ZoneOffset.UTC), MergeFiles.Limits.STANDARD)
        .merge(CONTRACT, MergePlan.Closed.HOURS);
    int files = Math.toIntExact(Math.max(1, merged / MERGED_ROWS));
    Instant first = hour.minus(8, ChronoUnit.HOURS);
    Duration each = Duration.between(first, hour).dividedBy(files);
    List<DataFile> large =
        IntStream.range(0, files)
            .parallel()
            .mapToObj(
                i ->
                    file(
                        i,
                        MERGED_ROWS,
                        first.plus(each.multipliedBy(i)),
                        first.plus(each.multipliedBy(i + 1L))))
            .toList();
    AppendFiles append = table.newFastAppend();
    large.forEach(append::appendFile);
    append.commit();
    commit(HOUR_COMMITS, HOUR_ROWS, hour, now, 10_000);
  }

  private void commit(int commits, int rows, Instant from, Instant to, int seed) {
    int ahead = 60;
    for (int start = 0; start < commits; start += ahead) {
      List<DataFile> files =
          IntStream.range(start, Math.min(commits, start + ahead))
              .parallel()
              .mapToObj(i -> file(seed + i, rows, from, to))
              .toList();
      for (DataFile file : files) {
        table.newAppend().appendFile(file).commit();
      }
      table // as a stream does
          .expireSnapshots()
          .expireOlderThan(System.currentTimeMillis())
          .retainLast(KEPT_SNAPSHOTS)
          .commit();
    }
  }

  private DataFile file(int seed, int rows, Instant from, Instant to) {
    Random random = new Random(seed);
    long first = TimeUnit.MILLISECONDS.toMicros(from.toEpochMilli());
    long span = Math.max(1, TimeUnit.MILLISECONDS.toMicros(to.toEpochMilli()) - first);
    String delivery = Offsets.delivery(series, TimeUnit.MILLISECONDS.toMicros(now.toEpochMilli()));
    Row row = Row.of(CONTRACT);
    set(row, "feed", feed);
    set(row, "delivery", delivery);
    set(row, "run_id", "prepared");
    set(row, "generation", "current");
    set(row, "event_type", "kinesinlms.course.video.activity");
    set(row, "event_name", "kinesinlms.course.video.activity");
    set(row, "course_slug", "ALG1");
    set(row, "course_run", "2026");
    try {
      DataWriter<StructLike> writer =
          RowFiles.open(table, table.schema(), feed, "prepared-" + seed, rows);
      try (writer) {
        for (int i = 0; i < rows; i++) {
          long high = random.nextLong();
          set(row, "event_id", new UUID(high, random.nextLong()));
          set(row, "occurred_at", first + span / rows * i);
          set(row, "position", Offsets.position(900 + seed % 90, (long) seed * rows + i));
          set(row, "event_data_video_id", "v" + (high & 0xFF));
          writer.write(row);
        }
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void set(Row row, String column, Object value) {
    row.set(CONTRACT.ordinal(column), value);
  }
}
