package org.lyceum.transforms.land;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.ReadLines;
import org.lyceum.transforms.parse.Verdict;

/** Shapes rows of {@code ops.failed_record}: law 6 says how much of the bytes is kept. */
final class FailedRows {
  static final Contract CONTRACT = Contracts.of("ops.failed_record");
  private static final int WHOLE_BYTES = 32 << 20;

  private final String source;
  private final String feed;
  private final String runId;

  FailedRows(String source, String feed, String runId) {
    this.source = source;
    this.feed = feed;
    this.runId = runId;
  }

  /** A record whose bytes are all at hand. */
  Row of(String delivery, String position, Verdict verdict, byte[] buffer, int offset, int length) {
    String sha256 = length <= WHOLE_BYTES ? null : sha256(buffer, offset, length);
    return of(delivery, position, verdict, buffer, offset, length, length, sha256);
  }

  /**
   * A record of which perhaps only the beginning is at hand.
   *
   * @param length bytes at hand
   * @param wholeLength bytes of the record
   * @param sha256 of the whole record, hexadecimal; used where it is not kept whole
   */
  Row of(
      String delivery,
      String position,
      Verdict verdict,
      byte[] buffer,
      int offset,
      int length,
      long wholeLength,
      String sha256) {
    boolean isWhole = wholeLength <= WHOLE_BYTES;
    int kept = isWhole ? length : Math.min(length, ReadLines.KEPT_BYTES);
    Row row = Row.of(CONTRACT);
    row.set(CONTRACT.ordinal("source"), source);
    row.set(CONTRACT.ordinal("feed"), feed);
    row.set(CONTRACT.ordinal("delivery"), delivery);
    row.set(CONTRACT.ordinal("position"), position);
    row.set(CONTRACT.ordinal("run_id"), runId);
    row.set(CONTRACT.ordinal("stage"), "parse");
    row.set(CONTRACT.ordinal("code"), verdict.code().code());
    row.set(CONTRACT.ordinal("message"), verdict.message());
    row.set(
        CONTRACT.ordinal("payload"), buffer == null ? null : ByteBuffer.wrap(buffer, offset, kept));
    row.set(CONTRACT.ordinal("payload_size_bytes"), wholeLength);
    row.set(CONTRACT.ordinal("payload_sha256"), isWhole ? null : sha256);
    row.set(CONTRACT.ordinal("occurred_at"), verdict.occurredAt());
    return row;
  }

  private static String sha256(byte[] buffer, int offset, int length) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(buffer, offset, length);
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
