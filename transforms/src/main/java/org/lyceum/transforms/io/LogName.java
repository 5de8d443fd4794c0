package org.lyceum.transforms.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.lyceum.transforms.parse.FailureCode;

/**
 * What a log is called in the lake: by how it begins and how long it is, not by its path. So moved,
 * zipped or rotated it is the same delivery.
 *
 * <p>The length of a gzip is taken from its trailer (RFC 1952, ISIZE: modulo 2^32, and of the last
 * member only); a name that misses its uncompressed twin only costs hidden copies.
 */
public final class LogName {
  /** Bytes at the beginning that name a log, and the size of each content sample. */
  public static final int SAMPLE_BYTES = 64 * 1024;

  private LogName() {}

  /** A log's name and the length that is part of it. */
  public record Named(String delivery, long length) {}

  /** Reads the beginning of a file (and a gzip's trailer) and names it. */
  public static Named of(LogFile file) throws UnreadableLogException {
    try (InputStream in = LogStreams.open(file)) {
      byte[] head = in.readNBytes(SAMPLE_BYTES);
      long length = file.isGzip() ? trailer(file) : file.size();
      return new Named(name(head, length), length);
    } catch (IOException e) {
      throw LogStreams.unreadable(file, e);
    }
  }

  /** The name of a log that begins with {@code head} (whole when it is shorter than a sample). */
  static String name(byte[] head, long length) {
    return digest(head, head.length) + "-" + length;
  }

  /** The length in a name. */
  public static long length(String delivery) {
    return Long.parseLong(delivery.substring(delivery.indexOf('-') + 1));
  }

  /**
   * Which of the logs called {@code names} the file begins as, as far as their names tell; those
   * are candidates for being an earlier, shorter state of it.
   */
  public static Set<String> beginsAs(LogFile file, String delivery, Collection<String> names)
      throws UnreadableLogException {
    Set<String> found = new HashSet<>();
    TreeMap<Long, List<String>> small = new TreeMap<>();
    long own = length(delivery);
    for (String name : names) {
      long length = length(name);
      if (length >= SAMPLE_BYTES && length < own && delivery.regionMatches(0, name, 0, 17)) {
        found.add(name);
      } else if (length < Math.min(SAMPLE_BYTES, own)) {
        small.computeIfAbsent(length, any -> new ArrayList<>()).add(name);
      }
    }
    if (small.isEmpty()) {
      return found;
    }
    try (InputStream in = LogStreams.open(file)) {
      byte[] head = in.readNBytes(SAMPLE_BYTES);
      MessageDigest sha = sha256();
      int hashed = 0;
      for (var entry : small.headMap((long) head.length, true).entrySet()) {
        int length = entry.getKey().intValue();
        sha.update(head, hashed, length - hashed);
        hashed = length;
        String prefix = hex(((MessageDigest) sha.clone()).digest()) + "-";
        entry.getValue().stream().filter(name -> name.startsWith(prefix)).forEach(found::add);
      }
      return found;
    } catch (IOException e) {
      throw LogStreams.unreadable(file, e);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Digest of the first, middle and last 64 KiB of the decompressed text, by which an unchanged log
   * is known. A plain file is read in these three places only; a gzip is read through.
   */
  public static String fingerprint(LogFile file, long length) throws UnreadableLogException {
    Samples samples = new Samples(length);
    try {
      if (file.isGzip()) {
        try (InputStream in = LogStreams.open(file)) {
          byte[] buffer = new byte[1 << 16];
          for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
            samples.add(buffer, 0, n);
          }
        }
        return samples.fingerprint();
      }
      try (RandomAccessFile in = new RandomAccessFile(file.path(), "r")) {
        for (long start : new long[] {0, samples.middle(), Math.max(0, length - SAMPLE_BYTES)}) {
          byte[] sample = new byte[(int) Math.min(SAMPLE_BYTES, length - start)];
          in.seek(start);
          in.readFully(sample);
          samples.at(start, sample);
        }
      }
      return samples.fingerprint();
    } catch (java.io.EOFException e) {
      throw new UnreadableLogException(
          FailureCode.CHANGED_WHILE_READ,
          "the file became shorter while it was read; run again when it is at rest");
    } catch (IOException e) {
      throw LogStreams.unreadable(file, e);
    }
  }

  private static long trailer(LogFile file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.path(), "r")) {
      if (in.length() < 18) {
        throw new java.io.EOFException("shorter than a gzip header and trailer");
      }
      in.seek(in.length() - 4);
      return Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    }
  }

  static String digest(byte[] bytes, int length) {
    MessageDigest sha = sha256();
    sha.update(bytes, 0, length);
    return hex(sha.digest());
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest, 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Collects the three samples from a stream of bytes, whose length is only announced. */
  static final class Samples {
    private final long middle;
    private final byte[] head = new byte[SAMPLE_BYTES];
    private final byte[] centre = new byte[SAMPLE_BYTES];
    private final byte[] tail = new byte[SAMPLE_BYTES];
    private int headLength;
    private int centreLength;
    private long seen;

    Samples(long length) {
      this.middle = Math.max(0, length / 2 - SAMPLE_BYTES / 2);
    }

    long middle() {
      return middle;
    }

    /** The next bytes of the stream. */
    void add(byte[] bytes, int offset, int length) {
      if (seen < SAMPLE_BYTES) {
        int n = (int) Math.min(length, SAMPLE_BYTES - seen);
        System.arraycopy(bytes, offset, head, (int) seen, n);
        headLength += n;
      }
      long from = Math.max(seen, middle);
      long to = Math.min(seen + length, middle + SAMPLE_BYTES);
      if (from < to) {
        System.arraycopy(
            bytes, offset + (int) (from - seen), centre, (int) (from - middle), (int) (to - from));
        centreLength = (int) (to - middle);
      }
      int last = Math.min(length, SAMPLE_BYTES); // a ring of the last bytes
      for (int copied = 0; copied < last; ) {
        int at = (int) ((seen + length - last + copied) % SAMPLE_BYTES);
        int n = Math.min(last - copied, SAMPLE_BYTES - at);
        System.arraycopy(bytes, offset + length - last + copied, tail, at, n);
        copied += n;
      }
      seen += length;
    }

    /** A sample that was read in place. */
    void at(long start, byte[] sample) {
      if (start == 0) {
        System.arraycopy(sample, 0, head, 0, sample.length);
        headLength = sample.length;
      }
      if (start == middle) {
        System.arraycopy(sample, 0, centre, 0, sample.length);
        centreLength = sample.length;
      }
      for (int i = 0; i < sample.length; i++) {
        tail[(int) ((start + i) % SAMPLE_BYTES)] = sample[i];
      }
      seen = start + sample.length;
    }

    String fingerprint() {
      byte[] last = tail;
      if (seen > SAMPLE_BYTES) {
        int turn = (int) (seen % SAMPLE_BYTES);
        last = new byte[SAMPLE_BYTES];
        System.arraycopy(tail, turn, last, 0, SAMPLE_BYTES - turn);
        System.arraycopy(tail, 0, last, SAMPLE_BYTES - turn, turn);
      } else {
        last = Arrays.copyOf(tail, (int) seen);
      }
      return digest(head, headLength)
          + "-"
          + digest(centre, centreLength)
          + "-"
          + digest(last, last.length);
    }
  }
}
