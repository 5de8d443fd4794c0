package org.lyceum.transforms.edx;

import java.security.MessageDigest;
import java.util.UUID;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.FailureCode;
import org.lyceum.transforms.parse.RecordParser;
import org.lyceum.transforms.parse.Verdict;

/** Stand-in until the room is merged. */
public final class EdxTrackingLogParser implements RecordParser {
  private final Contract contract = Contracts.of("events.edx_tracking_log");

  @Override
  public Contract contract() {
    return contract;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Verdict parse(byte[] buffer, int offset, int length, Row row) {
    String line =
        new String(buffer, offset, length, java.nio.charset.StandardCharsets.UTF_8).strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return Verdict.SKIPPED;
    }
    int at = line.indexOf("\"time\": \"");
    if (at < 0) {
      return Verdict.failed(FailureCode.NO_TIME, "no time");
    }
    try {
      byte[] d =
          MessageDigest.getInstance("SHA-256")
              .digest(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      row.set(0, UUID.nameUUIDFromBytes(d));
      row.set(
          1,
          java.time.temporal.ChronoUnit.MICROS.between(
              java.time.Instant.EPOCH,
              java.time.OffsetDateTime.parse(line.substring(at + 9, at + 41)).toInstant()));
      row.set(contract.ordinal("envelope"), "tracking");
      row.set(contract.ordinal("event_shape"), "object");
      row.set(contract.ordinal("is_event_truncated"), false);
      return Verdict.PARSED;
    } catch (Exception e) {
      return Verdict.failed(FailureCode.BAD_TIME, "bad time");
    }
  }
}
