package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Files of one delivery in, a digest of what lies at which position out: a sum over rows, so that
 * order and the cut into files do not matter and memory stays flat.
 */
record Contents(long count, long sumHigh, long sumLow) {
  static final Contents NONE = new Contents(0, 0, 0);

  /** A delivery's rows before a position: their event ids and positions. */
  static Contents ofRows(Table table, List<DataFile> files, String delivery, String before) {
    Schema columns = table.schema().select("event_id", "delivery", "position");
    Contents sum = NONE;
    for (DataFile file : files) {
      try (CloseableIterable<StructLike> rows = RowFiles.read(table, file, columns)) {
        for (StructLike row : rows) {
          String position = row.get(2, CharSequence.class).toString();
          if (delivery.contentEquals(row.get(1, CharSequence.class))
              && position.compareTo(before) < 0) {
            UUID id = row.get(0, UUID.class);
            sum = sum.plus(id.getMostSignificantBits(), id.getLeastSignificantBits(), position);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sum;
  }

  /** A delivery's failed records before a position: their payloads and positions. */
  static Contents ofFailed(Table table, List<DataFile> files, String delivery, String before) {
    Schema columns =
        table
            .schema()
            .select("delivery", "position", "payload", "payload_size_bytes", "payload_sha256");
    Contents sum = NONE;
    for (DataFile file : files) {
      try (CloseableIterable<StructLike> rows = RowFiles.read(table, file, columns)) {
        for (StructLike row : rows) {
          String position = row.get(1, CharSequence.class).toString();
          if (delivery.contentEquals(row.get(0, CharSequence.class))
              && position.compareTo(before) < 0) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(row.get(2, ByteBuffer.class).duplicate());
            ByteBuffer digest = ByteBuffer.wrap(sha.digest());
            Object whole = row.get(4, CharSequence.class);
            sum =
                sum.plus(
                    digest.getLong() + row.get(3, Long.class),
                    digest.getLong() + (whole == null ? 0 : whole.toString().hashCode()),
                    position);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
    return sum;
  }

  private Contents plus(long high, long low, String position) {
    long at = 0;
    for (int i = 0; i < position.length(); i++) {
      at = at * 31 + position.charAt(i);
    }
    return new Contents(count + 1, sumHigh + mix(high ^ mix(at)), sumLow + mix(low + mix(~at)));
  }

  /**
   * Finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input moves every bit of
   * the output.
   */
  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
