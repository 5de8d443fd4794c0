package org.lyceum.transforms.lake;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.parse.FailureCode;

/**
 * What a worker made of one part of a delivery: its account, and the files it wrote, which nobody
 * sees until a commit names them.
 *
 * @param file the log, or the folder of a storage day; null for a delivery of a topic
 * @param start first byte of the part, or its number; parts of one delivery differ in it
 * @param offsets from the first to the last record of the delivery; null unless it is a topic's
 * @param fingerprint known only after reading for a gzip, and null in other parts than the last
 * @param unendedPosition position of a last line without line end, or null
 * @param firstOccurredAt microseconds since 1970, null without rows
 * @param rows files by the event table, {@code namespace.name}, that they are shaped for
 * @param unreadable objects of a storage day that could not be read; each has a failed record
 * @param fault why the whole delivery must be left out, or null
 */
public record Landed(
    String source,
    String feed,
    String delivery,
    LogFile file,
    long start,
    Offsets offsets,
    String fingerprint,
    String unendedPosition,
    Account account,
    Long firstOccurredAt,
    Long lastOccurredAt,
    Map<String, List<DataFile>> rows,
    List<DataFile> failed,
    List<Unreadable> unreadable,
    Fault fault)
    implements Serializable {

  /** An object that could not be read. */
  public record Unreadable(String name, FailureCode code, String message) implements Serializable {}

  /** Why a delivery is left out. */
  public record Fault(FailureCode code, String message) implements Serializable {}

  /** Law 1: {@code read = parsed + skipped + failed}. */
  public record Account(
      long bytes, long read, long parsed, long skipped, Map<String, Long> failedByCode)
      implements Serializable {

    public static final Account NONE = new Account(0, 0, 0, 0, Map.of());

    public long failed() {
      return failedByCode.values().stream().mapToLong(Long::longValue).sum();
    }

    public boolean balances() {
      return read == parsed + skipped + failed();
    }

    public Account plus(Account other) {
      Map<String, Long> codes = new TreeMap<>(failedByCode);
      other.failedByCode.forEach((code, count) -> codes.merge(code, count, Long::sum));
      return new Account(
          bytes + other.bytes,
          read + other.read,
          parsed + other.parsed,
          skipped + other.skipped,
          codes);
    }
  }
}
