package org.lyceum.transforms.lake;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;

/**
 * Ids that a commit brings or takes, with their times, in; whether a file that stays may hold a
 * copy of one of them out. A file is asked, by its filter, for those alone whose time is near
 * enough to its rows: so a late event does not make a commit look for all others in the past.
 */
final class AskedIds {
  /** Looking for so many ids in a filter takes as long as reading one row of its file. */
  private static final long IDS_PER_ROW = 20;

  /** And for so many as long as opening a file. */
  private static final long IDS_PER_FILE = 200_000;

  private static final int PLACE_BITS = 25;

  private final Table table;
  private final long apart;
  private long[] hashes;
  private long[] times;
  private int size;

  /**
   * @param apart how far copies lie apart at most, microseconds
   */
  AskedIds(Table table, long apart, int expected) {
    this.table = table;
    this.apart = apart;
    this.hashes = new long[expected];
    this.times = new long[expected];
  }

  void add(long high, long low, long time) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(16, 2 * size));
      times = Arrays.copyOf(times, hashes.length);
    }
    hashes[size] = IdFilters.hash(high, low);
    times[size++] = Math.floorDiv(time, TimeUnit.SECONDS.toMicros(1));
  }

  /** To be called once all are there: puts them in the order of their times, in seconds. */
  void sort() {
    long[] places = new long[size];
    for (int place = 0; place < size; place++) {
      places[place] = times[place] << PLACE_BITS | place;
    }
    Arrays.sort(places);
    long[] sorted = new long[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = hashes[(int) (places[i] & (1 << PLACE_BITS) - 1)];
      times[i] = places[i] >> PLACE_BITS;
    }
    hashes = sorted;
  }

  boolean mayBeIn(EventFile file) throws IOException {
    int from = firstSince(Math.floorDiv(file.first() - apart, TimeUnit.SECONDS.toMicros(1)));
    int to = firstSince(Math.floorDiv(file.last() + apart, TimeUnit.SECONDS.toMicros(1)) + 1);
    return from < to
        && (to - from > IDS_PER_FILE + IDS_PER_ROW * file.file().recordCount()
            || IdFilters.mayHold(table, file.file(), hashes, from, to));
  }

  /** The first id whose time is a second or behind it. */
  private int firstSince(long second) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < second) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
