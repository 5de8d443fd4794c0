package org.lyceum.transforms.lake;

import static org.lyceum.transforms.lake.EventFile.Role.ADDED;
import static org.lyceum.transforms.lake.EventFile.Role.REMOVED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.Tasks;
import org.apache.iceberg.util.ThreadPools;
import org.lyceum.catalog.Contract;

/**
 * Files that a commit adds and removes, and the files that stay, in; which rows it hides and shows
 * out. Of the rows with one event_id the one with the smallest (feed, delivery, position) shows, or
 * where the contract says so the one that was read last; the others are hidden.
 *
 * <p>Reads the event_id column of the files themselves: nothing but file names has to travel to the
 * commit, and a refused commit decides again from the same files. Of the files that stay only those
 * are read whose time range meets one that comes or goes, because equal ids have equal times.
 * Memory is bounded by {@code maxIds} places at a time; more ids are several passes.
 */
final class CopySearch {
  /** Rows whose ids are held at once: about 130 MB. */
  static final int MAX_IDS = 3_000_000;

  /** Files whose ids are held beside the table; each has at most a row group or two. */
  private static final int READ_AHEAD = 2 * Runtime.getRuntime().availableProcessors();

  /**
   * One copy of an event.
   *
   * @param isConflict whether its content differs from the copy that shows
   * @param isFar whether it lies further from the copy that shows than the contract says
   */
  record Copy(
      UUID eventId,
      String feed,
      String delivery,
      String position,
      String runId,
      boolean isConflict,
      boolean isFar) {}

  /** Is told of each row that becomes hidden or shown. */
  interface Changes {
    void hide(Copy copy);

    void show(Copy copy);

    /** A copy that was hidden and stays so, beside another one that shows now. */
    void compareAnew(Copy copy);
  }

  private final Table table;
  private final RowContent content;
  private final List<EventFile> files;
  private final Changes changes;
  private final int maxIds;
  private final long apart;
  private final Comparator<Place> order;
  private long shownTwice;
  private long shownTwiceWithin;

  private CopySearch(
      Table table, Contract contract, List<EventFile> files, Changes changes, int maxIds) {
    this.table = table;
    this.content = new RowContent(contract);
    this.apart = contract.copiesWithinMicros();
    this.order = contract.isLatestWins() ? Place.LATEST_FIRST : Place.FIRST_PLACE;
    this.files = files;
    this.changes = changes;
    this.maxIds = maxIds;
  }

  /**
   * Settles every id of the added and removed files; afterwards {@link EventFile#hiddenAfter} says
   * the result.
   */
  static void settle(
      Table table, Contract contract, List<EventFile> files, Changes changes, int maxIds) {
    List<EventFile> moving = files.stream().filter(CopySearch::isMoving).toList();
    if (moving.isEmpty()) {
      return;
    }
    List<EventFile> concerned = new ArrayList<>(moving);
    TimeRanges ranges = TimeRanges.of(moving, contract.copiesWithinMicros());
    files.stream().filter(file -> !isMoving(file) && ranges.meet(file)).forEach(concerned::add);
    new CopySearch(table, contract, concerned, changes, maxIds).run();
  }

  /**
   * Hides what shows beside a copy that should, wherever it lies. Files all stay.
   *
   * @return how many rows showed that do not any more
   */
  static HideCopies.Found settleShown(
      Table table, Contract contract, List<EventFile> files, Changes changes, int maxIds) {
    CopySearch search = new CopySearch(table, contract, files, changes, maxIds);
    long rows = files.stream().mapToLong(file -> file.file().recordCount()).sum();
    int passes = (int) Math.max(1, (rows + maxIds - 1) / maxIds);
    for (int pass = 0; pass < passes; pass++) {
      int now = pass;
      int expected = (int) (rows / passes + rows / passes / 8 + 16);
      CopyTable shown = new CopyTable(expected);
      search.forEachRow(
          files,
          file -> true,
          (high, low, time, file, row) -> {
            if ((passes == 1 || (high >>> 32) % passes == now)
                && !files.get(file).hidden().get(row)) {
              shown.add(high, low, file, row);
            }
          });
      CopyTable twice = new CopyTable(16);
      shown.forEachId(
          head -> {
            if (shown.next(head) >= 0) {
              twice.add(shown.high(head), shown.low(head), 0, 0);
            }
          });
      if (twice.size() > 0) {
        CopyTable copies = new CopyTable(2 * twice.size());
        search.forEachRow(
            files,
            file -> true,
            (high, low, time, file, row) -> {
              if (twice.contains(high, low)) {
                copies.add(high, low, file, row);
              }
            });
        search.settle(copies);
      }
    }
    return new HideCopies.Found(search.shownTwice, search.shownTwiceWithin);
  }

  /** Is told of each row of each file. */
  private interface EachRow {
    void at(long high, long low, long time, int file, int row);
  }

  /** Whether the ids of a file are looked for; those of the others count where they are known. */
  private static boolean isMoving(EventFile file) {
    return file.role() == ADDED || file.role() == REMOVED;
  }

  private void run() {
    long rows =
        files.stream().filter(CopySearch::isMoving).mapToLong(f -> f.file().recordCount()).sum();
    int passes = (int) Math.max(1, (rows + maxIds - 1) / maxIds);
    for (int pass = 0; pass < passes; pass++) {
      settle(read(pass, passes, (int) (rows / passes + rows / passes / 8 + 16)));
    }
  }

  private CopyTable read(int pass, int passes, int expected) {
    CopyTable copies = new CopyTable(expected);
    int moving = (int) files.stream().filter(CopySearch::isMoving).count();
    List<EventFile> staying = files.subList(moving, files.size());
    AskedIds asked = new AskedIds(table, apart, staying.isEmpty() ? 0 : expected);
    forEachRow(
        files.subList(0, moving),
        file -> true,
        (high, low, time, i, row) -> {
          EventFile file = files.get(i);
          boolean isOfPass = passes == 1 || (high >>> 32) % passes == pass;
          if (isOfPass && (file.role() == ADDED || file.goes(row))) {
            copies.add(high, low, i, row);
            if (!staying.isEmpty()) {
              asked.add(high, low, time);
            }
          }
        });
    asked.sort();
    forEachRow(
        staying,
        asked::mayBeIn,
        (high, low, time, i, row) -> {
          if (passes == 1 || (high >>> 32) % passes == pass) {
            copies.addIfKnown(high, low, moving + i, row);
          }
        });
    return copies;
  }

  /** Says whether a file has to be read. */
  private interface IsRead {
    boolean test(EventFile file) throws IOException;
  }

  private void forEachRow(List<EventFile> some, IsRead isRead, EachRow action) {
    Schema columns = table.schema().select("event_id", "occurred_at");
    // read side by side, taken in order: added and removed files come first
    Deque<Future<long[]>> ahead = new ArrayDeque<>();
    int next = 0;
    try {
      for (int i = 0; i < some.size(); i++) {
        while (next < some.size() && ahead.size() < READ_AHEAD) {
          EventFile later = some.get(next++);
          ahead.add(
              ThreadPools.getWorkerPool()
                  .submit(() -> isRead.test(later) ? ids(later, columns) : new long[0]));
        }
        long[] ids = ids(ahead.remove());
        for (int row = 0; row < ids.length / 3; row++) {
          action.at(ids[3 * row], ids[3 * row + 1], ids[3 * row + 2], i, row);
        }
      }
    } finally {
      ahead.forEach(reading -> reading.cancel(true));
    }
  }

  private static long[] ids(Future<long[]> reading) {
    try {
      return reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading ids", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io
          ? new UncheckedIOException(io)
          : new IllegalStateException("cannot read ids", e.getCause());
    }
  }

  /** The ids of a file, two longs each, and their times. */
  private long[] ids(EventFile file, Schema columns) throws IOException {
    long[] found = new long[Math.toIntExact(3 * file.file().recordCount())];
    int at = 0;
    int timeAt = columns.columns().indexOf(columns.findField("occurred_at"));
    int idAt = columns.columns().indexOf(columns.findField("event_id"));
    try (CloseableIterable<StructLike> rows = RowFiles.read(table, file.file(), columns)) {
      for (StructLike struct : rows) {
        UUID uuid = struct.get(idAt, UUID.class);
        found[at++] = uuid.getMostSignificantBits();
        found[at++] = uuid.getLeastSignificantBits();
        found[at++] = struct.get(timeAt, Long.class);
      }
    }
    return found;
  }

  private void settle(CopyTable copies) {
    int[] concerned = concerned(copies);
    if (concerned.length == 0) {
      return;
    }
    Place[] places = describe(copies, concerned);
    copies.forEachId(
        head -> {
          if (!isConcerned(copies, head)) {
            return;
          }
          List<Place> live = new ArrayList<>();
          for (int place = head; place >= 0; place = copies.next(place)) {
            if (places[place] != null) {
              live.add(places[place]);
            }
          }
          live.sort(order);
          decide(new UUID(copies.high(head), copies.low(head)), live);
        });
  }

  /** The first place shows, the others are hidden. */
  private void decide(UUID id, List<Place> live) {
    Place first = live.get(0);
    List<Place> shown =
        live.stream().filter(place -> place.file.role() != ADDED && !place.isHidden()).toList();
    // copies may have been hidden beside another that showed: one that came, went, or was too far
    boolean isOther = first.file.role() == ADDED || first.isHidden() || shown.size() > 1;
    note(shown);
    if (first.isHidden()) {
      first.file.hiddenAfter().set(first.row, false);
      changes.show(first.copy(id, first, apart));
    }
    for (Place place : live.subList(1, live.size())) {
      if (!place.isHidden()) {
        place.file.hiddenAfter().set(place.row, true);
        changes.hide(place.copy(id, first, apart));
      } else if (isOther && !content.columns().isEmpty()) {
        changes.compareAnew(place.copy(id, first, apart));
      }
    }
  }

  private void note(List<Place> shown) {
    for (int i = 1; i < shown.size(); i++) {
      shownTwice++;
      boolean isWithin = false;
      for (int j = 0; j < shown.size(); j++) {
        long far = Math.abs(shown.get(i).occurredAt - shown.get(j).occurredAt);
        isWithin |= i != j && far <= apart;
      }
      shownTwiceWithin += isWithin ? 1 : 0;
    }
  }

  /**
   * An id needs a decision when more than one row of it stays, or when a row of a kept file is the
   * only one left.
   */
  private boolean isConcerned(CopyTable copies, int head) {
    int live = 0;
    boolean isKept = false;
    for (int place = head; place >= 0; place = copies.next(place)) {
      EventFile.Role role = files.get(copies.file(place)).role();
      if (role != REMOVED) {
        live++;
        isKept |= role != ADDED;
      }
    }
    return live > 1 || isKept;
  }

  /** The rows that need a look at their position, in the order of files and rows. */
  private int[] concerned(CopyTable copies) {
    int[] found = new int[16];
    int[] count = {0};
    int[][] holder = {found};
    copies.forEachId(
        head -> {
          if (isConcerned(copies, head)) {
            for (int place = head; place >= 0; place = copies.next(place)) {
              if (files.get(copies.file(place)).role() != REMOVED) {
                if (count[0] == holder[0].length) {
                  holder[0] = Arrays.copyOf(holder[0], count[0] * 2);
                }
                holder[0][count[0]++] = place;
              }
            }
          }
        });
    return Arrays.stream(holder[0], 0, count[0])
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(copies::file).thenComparingInt(copies::row))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Reads position and run of the given places, file after file; the result is indexed by place.
   */
  private Place[] describe(CopyTable copies, int[] concerned) {
    Place[] places = new Place[copies.size()];
    List<int[]> perFile = new ArrayList<>();
    for (int from = 0, to; from < concerned.length; from = to) {
      to = from;
      while (to < concerned.length && copies.file(concerned[to]) == copies.file(concerned[from])) {
        to++;
      }
      perFile.add(Arrays.copyOfRange(concerned, from, to));
    }
    Tasks.foreach(perFile)
        .executeWith(ThreadPools.getWorkerPool())
        .stopOnFailure()
        .throwFailureWhenFinished()
        .run(some -> describe(copies, some, places));
    return places;
  }

  /** The same for places in one file, in the order of its rows. */
  private void describe(CopyTable copies, int[] concerned, Place[] places) {
    List<String> names = new ArrayList<>(content.columns());
    names.addAll(List.of("delivery", "position", "run_id", "occurred_at"));
    Schema columns = table.schema().select(names);
    int deliveryAt = columns.columns().indexOf(columns.findField("delivery"));
    int positionAt = columns.columns().indexOf(columns.findField("position"));
    int runAt = columns.columns().indexOf(columns.findField("run_id"));
    int timeAt = columns.columns().indexOf(columns.findField("occurred_at"));
    EventFile file = files.get(copies.file(concerned[0]));
    int i = 0;
    int row = 0;
    String runId = null;
    try (CloseableIterable<StructLike> rows = RowFiles.read(table, file.file(), columns)) {
      for (StructLike struct : rows) {
        if (copies.row(concerned[i]) == row) {
          String run = struct.get(runAt, CharSequence.class).toString();
          runId = run.equals(runId) ? runId : run; // one object for all rows of a run
          places[concerned[i]] =
              new Place(
                  file,
                  row,
                  file.delivery() != null
                      ? file.delivery()
                      : struct.get(deliveryAt, CharSequence.class).toString(),
                  struct.get(positionAt, CharSequence.class).toString(),
                  runId,
                  struct.get(timeAt, Long.class),
                  content.of(struct, columns));
          if (++i == concerned.length) {
            return;
          }
        }
        row++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Place(
      EventFile file,
      int row,
      String delivery,
      String position,
      String runId,
      long occurredAt,
      String content) {
    static final Comparator<Place> FIRST_PLACE =
        Comparator.<Place, String>comparing(place -> place.file.feed())
            .thenComparing(Place::delivery)
            .thenComparing(Place::position);

    /**
     * Runs sort by their start. Rows do not say which commit of a run brought them; so what comes
     * now beats what lies there, then what shows what is hidden, because a commit decided so, and
     * at last the file that was written later.
     */
    static final Comparator<Place> LATEST_FIRST =
        Comparator.comparing(Place::runId, Comparator.reverseOrder())
            .thenComparing(place -> place.file.role() != ADDED)
            .thenComparing(Place::isHidden)
            .thenComparing(
                Comparator.comparingLong((Place place) -> place.file.sequence()).reversed())
            .thenComparing(FIRST_PLACE);

    boolean isHidden() {
      return file.hidden().get(row);
    }

    Copy copy(UUID id, Place first, long apart) {
      return new Copy(
          id,
          file.feed(),
          delivery,
          position,
          runId,
          !content.equals(first.content),
          Math.abs(occurredAt - first.occurredAt) > apart);
    }
  }

  /** Time ranges, merged where they meet. */
  private record TimeRanges(List<long[]> merged) {
    static TimeRanges of(List<EventFile> files, long apart) {
      List<long[]> merged = new ArrayList<>();
      files.stream()
          .map(file -> new long[] {file.first() - apart, file.last() + apart})
          .sorted(Comparator.comparingLong(range -> range[0]))
          .forEach(
              range -> {
                long[] before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                if (before != null && range[0] <= before[1]) {
                  before[1] = Math.max(before[1], range[1]);
                } else {
                  merged.add(range);
                }
              });
      return new TimeRanges(merged);
    }

    boolean meet(EventFile file) {
      long first = file.first();
      long last = file.last();
      return merged.stream().anyMatch(range -> first <= range[1] && range[0] <= last);
    }
  }
}
