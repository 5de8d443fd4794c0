package org.lyceum.transforms.lake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A set of single copies (event, feed, delivery, position, run), 28 bytes each by digest: a removal
 * can show millions again.
 */
final class CopyKeys {
  private final CopyTable keys = new CopyTable(16);
  private final MessageDigest sha;

  CopyKeys() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(UUID eventId, String feed, String delivery, String position, String runId) {
    long[] key = digest(eventId, feed, delivery, position, runId);
    keys.add(key[0], key[1], 0, 0);
  }

  boolean contains(UUID eventId, String feed, String delivery, String position, String runId) {
    if (isEmpty()) {
      return false;
    }
    long[] key = digest(eventId, feed, delivery, position, runId);
    return keys.contains(key[0], key[1]);
  }

  boolean isEmpty() {
    return keys.size() == 0;
  }

  /** Two numbers that stand for a copy. */
  long[] digest(UUID eventId, String feed, String delivery, String position, String runId) {
    String text = eventId + "\0" + feed + "\0" + delivery + "\0" + position + "\0" + runId;
    java.nio.ByteBuffer digest =
        java.nio.ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    return new long[] {digest.getLong(), digest.getLong()};
  }
}
