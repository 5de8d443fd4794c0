package org.lyceum.transforms.lake;

import java.util.Arrays;

/**
 * Event ids and the places where they stand, in primitive arrays: 28 bytes a place and 8 an id,
 * because a batch holds millions. Places of one id are chained; an id is numbered by its first
 * place.
 */
final class CopyTable {
  private static final int NONE = -1;

  private long[] high;
  private long[] low;
  private int[] file;
  private int[] row;
  private int[] next;
  private int[] slots;
  private int size;
  private int ids;

  CopyTable(int expected) {
    int places = Math.max(16, expected);
    high = new long[places];
    low = new long[places];
    file = new int[places];
    row = new int[places];
    next = new int[places];
    slots = new int[Integer.highestOneBit(places) * 4];
    Arrays.fill(slots, NONE);
  }

  /** Notes a place of an id. */
  void add(long idHigh, long idLow, int inFile, int atRow) {
    if (ids * 2 >= slots.length) {
      rehash();
    }
    int slot = find(idHigh, idLow);
    int place = append(idHigh, idLow, inFile, atRow);
    if (slots[slot] == NONE) {
      slots[slot] = place;
      ids++;
    } else {
      chain(slots[slot], place);
    }
  }

  /** Notes a place of an id that is there already; leaves others alone. */
  void addIfKnown(long idHigh, long idLow, int inFile, int atRow) {
    int head = slots[find(idHigh, idLow)];
    if (head != NONE) {
      chain(head, append(idHigh, idLow, inFile, atRow));
    }
  }

  boolean contains(long idHigh, long idLow) {
    return slots[find(idHigh, idLow)] != NONE;
  }

  private void chain(int head, int place) {
    next[place] = next[head];
    next[head] = place;
  }

  private int append(long idHigh, long idLow, int inFile, int atRow) {
    if (size == high.length) {
      int larger = (int) Math.min(Integer.MAX_VALUE - 8L, size * 2L);
      high = Arrays.copyOf(high, larger);
      low = Arrays.copyOf(low, larger);
      file = Arrays.copyOf(file, larger);
      row = Arrays.copyOf(row, larger);
      next = Arrays.copyOf(next, larger);
    }
    high[size] = idHigh;
    low[size] = idLow;
    file[size] = inFile;
    row[size] = atRow;
    next[size] = NONE;
    return size++;
  }

  private int find(long idHigh, long idLow) {
    int mask = slots.length - 1;
    int slot = (int) (idLow ^ (idLow >>> 32) ^ idHigh) & mask; // ids are digests: any bits will do
    while (slots[slot] != NONE && (low[slots[slot]] != idLow || high[slots[slot]] != idHigh)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void rehash() {
    int[] heads = slots;
    slots = new int[heads.length * 2];
    Arrays.fill(slots, NONE);
    for (int head : heads) {
      if (head != NONE) {
        slots[find(high[head], low[head])] = head;
      }
    }
  }

  /** Calls for the first place of every id. */
  void forEachId(java.util.function.IntConsumer action) {
    for (int head : slots) {
      if (head != NONE) {
        action.accept(head);
      }
    }
  }

  int size() {
    return size;
  }

  /** The following place of the same id; negative after the last. */
  int next(int place) {
    return next[place];
  }

  int file(int place) {
    return file[place];
  }

  int row(int place) {
    return row[place];
  }

  long high(int place) {
    return high[place];
  }

  long low(int place) {
    return low[place];
  }
}
