package org.lyceum.transforms.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Keys of events in, their ids out: UUID version 8 (RFC 9562) of the first 16 bytes of SHA-256 over
 * table and key.
 */
public final class EventKeys {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest sha;
  private final byte[] prefix;
  private final byte[] digest = new byte[32];

  /**
   * Ids for one table.
   *
   * @param table its name without the namespace
   */
  public EventKeys(String table) {
    this.prefix = (table + "\0").getBytes(StandardCharsets.UTF_8);
    try {
      this.sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The id of a key, whose parts are separated by 0x00. */
  public UUID id(byte[] key, int offset, int length) {
    sha.update(prefix);
    sha.update(key, offset, length);
    try {
      sha.digest(digest, 0, digest.length);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    long high = (long) LONGS.get(digest, 0);
    long low = (long) LONGS.get(digest, 8);
    return new UUID((high & ~0xf000L) | 0x8000L, (low & ~(3L << 62)) | (1L << 63));
  }
}
