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
 * The parts of an event's key in, its {@code event_id} out: a UUID of version 8 from the first 16
 * bytes of the SHA-256 over the table's name and the parts, separated by zero bytes. Equal keys
 * give equal ids, today and in ten years, so nothing here may change. For one thread.
 */
public final class EventKey {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long VERSION_8 = 0x8000L;
  private static final long VARIANT_MASK = 0xC000000000000000L;
  private static final long VARIANT_2 = 0x8000000000000000L;

  private final byte[] table;
  private final MessageDigest sha256;
  private final byte[] hash = new byte[32];

  /** Keys of a table, named without its namespace. */
  public EventKey(String table) {
    this.table = (table + "\0").getBytes(StandardCharsets.UTF_8);
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The id of the event whose key is the one part in the builder. */
  public UUID id(ByteBuilder key) {
    sha256.update(table);
    sha256.update(key.array(), 0, key.length());
    return finish();
  }

  /** The id of the event whose key has these parts. */
  public UUID id(String... parts) {
    sha256.update(table);
    sha256.update(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    return finish();
  }

  private UUID finish() {
    try {
      sha256.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException("the hash has 32 bytes", e);
    }
    long high = (long) LONG.get(hash, 0);
    long low = (long) LONG.get(hash, 8);
    return new UUID((high & ~0xF000L) | VERSION_8, (low & ~VARIANT_MASK) | VARIANT_2);
  }
}
