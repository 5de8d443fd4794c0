package org.lyceum.transforms.zoom;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What was read in, a digest out that does not depend on its order. */
final class Digests {
  private static final int BYTES = 16;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * BYTES);

  private Digests() {}

  /** The sum of the digests of some records. */
  static BigInteger sum(BigInteger one, BigInteger other) {
    return one.add(other).mod(MODULUS);
  }

  /**
   * Of one record.
   *
   * @param container that it lies in
   * @param parts null for one that is not there
   */
  static BigInteger of(String container, byte[]... parts) {
    MessageDigest digest = sha256();
    digest.update(container.getBytes(StandardCharsets.UTF_8));
    for (byte[] part : parts) {
      int length = part == null ? -1 : part.length;
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
      if (part != null) {
        digest.update(part);
      }
    }
    return new BigInteger(1, Arrays.copyOf(digest.digest(), BYTES));
  }

  /** Hexadecimal digits, always as many. */
  static String text(BigInteger sum) {
    byte[] bytes = new byte[BYTES];
    byte[] number = sum.toByteArray();
    int length = Math.min(BYTES, number.length);
    System.arraycopy(number, number.length - length, bytes, BYTES - length, length);
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
