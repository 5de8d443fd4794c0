package org.lyceum.transforms.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.utils.InputStreamStatistics;
import org.lyceum.transforms.parse.FailureCode;

/**
 * A byte range of a log in, its lines out, one at a time in a buffer that is reused. A line belongs
 * to the range in which it starts, so ranges that meet give every line once. Memory is one buffer,
 * however large the file; of a line longer than {@link #MAX_LINE_BYTES} only the first MiB, the
 * length and a digest are kept.
 */
public final class ReadLines implements Closeable {
  /** A line that a worker holds in memory while it parses. */
  public static final int MAX_LINE_BYTES = 64 << 20;

  /** What is kept of a longer one. */
  public static final int KEPT_BYTES = 1 << 20;

  private static final int CHUNK = 1 << 20;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final LogFile file;
  private final InputStream in;
  private final long end;
  private final long limit;
  private final LogName.Samples samples;
  private byte[] buffer = new byte[CHUNK];
  private int filled;
  private int next;
  private long bufferStart;
  private final long rangeStart;
  private boolean isAtEnd;

  private int lineStart;
  private int lineLength;
  private long lineOffset;
  private boolean hasLineEnd;
  private long wholeLength;
  private String digest;

  /**
   * Opens the lines that start in {@code [start, end)} of the decompressed text. A gzip is one
   * range: start 0, end {@code Long.MAX_VALUE}.
   *
   * @param length the announced length, by which a gzip's content samples are taken
   */
  public ReadLines(LogFile file, long start, long end, long length) throws UnreadableLogException {
    this.file = file;
    this.end = end;
    this.limit = file.isGzip() ? Long.MAX_VALUE : file.size();
    this.samples = file.isGzip() ? new LogName.Samples(length) : null;
    long from = start == 0 ? 0 : start - 1;
    this.bufferStart = from;
    try {
      this.in = LogStreams.open(file, from);
    } catch (IOException e) {
      throw LogStreams.unreadable(file, e);
    }
    if (start > 0) {
      skipRestOfLine();
    }
    this.rangeStart = bufferStart + next;
  }

  /** Moves to the next line; false when no further line starts in the range. */
  public boolean next() throws UnreadableLogException {
    lineOffset = bufferStart + next;
    if (lineOffset >= end) {
      return false;
    }
    digest = null;
    int from = next;
    while (true) {
      int newline = indexOfNewline(buffer, from, filled);
      if ((newline >= 0 ? newline : filled) - next > MAX_LINE_BYTES) {
        return longLine();
      }
      if (newline >= 0) {
        return line(newline, true);
      }
      if (isAtEnd) {
        return filled > next && line(filled, false);
      }
      from = filled - fill();
    }
  }

  private boolean line(int lineEnd, boolean withLineEnd) {
    lineStart = next;
    lineLength = lineEnd - next;
    wholeLength = lineLength;
    hasLineEnd = withLineEnd;
    next = withLineEnd ? lineEnd + 1 : lineEnd;
    return true;
  }

  /** Reads on without keeping; the line ends at its newline or with the text. */
  private boolean longLine() throws UnreadableLogException {
    MessageDigest sha = sha256();
    byte[] kept = Arrays.copyOfRange(buffer, next, next + KEPT_BYTES);
    wholeLength = 0;
    while (true) {
      int newline = indexOfNewline(buffer, next, filled);
      int stop = newline >= 0 ? newline : filled;
      sha.update(buffer, next, stop - next);
      wholeLength += stop - next;
      next = stop;
      hasLineEnd = newline >= 0;
      if (hasLineEnd) {
        next++;
        break;
      }
      if (isAtEnd) {
        break;
      }
      fill();
    }
    digest = HexFormat.of().formatHex(sha.digest());
    // the kept bytes go in front of what is still unread
    byte[] joined = new byte[kept.length + filled - next];
    System.arraycopy(kept, 0, joined, 0, kept.length);
    System.arraycopy(buffer, next, joined, kept.length, filled - next);
    bufferStart += next - kept.length;
    buffer = joined.length < CHUNK ? Arrays.copyOf(joined, CHUNK) : joined;
    filled = joined.length;
    next = kept.length;
    lineStart = 0;
    lineLength = kept.length;
    return true;
  }

  private void skipRestOfLine() throws UnreadableLogException {
    while (true) {
      int newline = indexOfNewline(buffer, next, filled);
      if (newline >= 0) {
        next = newline + 1;
        return;
      }
      next = filled;
      if (isAtEnd) {
        return;
      }
      fill();
    }
  }

  /**
   * Makes room by moving the unread bytes to the front, reads more, and returns by how much they
   * moved.
   */
  private int fill() throws UnreadableLogException {
    int moved = next;
    if (moved > 0) {
      System.arraycopy(buffer, next, buffer, 0, filled - next);
      bufferStart += moved;
      filled -= moved;
      next = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, MAX_LINE_BYTES + CHUNK));
    }
    try {
      // a log that grows while it is read ends where it did when it was planned
      int room = (int) Math.min(buffer.length - filled, limit - bufferStart - filled);
      int n = room == 0 ? -1 : in.read(buffer, filled, room);
      if (n > 0) {
        if (samples != null) {
          samples.add(buffer, filled, n);
        }
        filled += n;
      } else {
        isAtEnd = true;
        if (room > 0 && !file.isGzip()) {
          throw new UnreadableLogException(
              FailureCode.CHANGED_WHILE_READ,
              "the file became shorter while it was read; run again when it is at rest");
        }
      }
    } catch (IOException e) {
      throw LogStreams.unreadable(file, e);
    }
    return moved;
  }

  /**
   * Eight bytes at a time (Hacker's Delight, 6-1): one byte at a time costs as much as parsing half
   * the line.
   */
  static int indexOfNewline(byte[] bytes, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long differs = (long) LONGS.get(bytes, i) ^ 0x0a0a0a0a0a0a0a0aL;
      long zero = (differs - 0x0101010101010101L) & ~differs & 0x8080808080808080L;
      if (zero != 0) {
        return i + Long.numberOfTrailingZeros(zero) / 8;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** The bytes that hold the line, good until the next call. */
  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return lineStart;
  }

  /** Length without the line end; of a line that is too long, of what was kept. */
  public int length() {
    return lineLength;
  }

  /** Where the line starts in the decompressed text. */
  public long position() {
    return lineOffset;
  }

  /** False for a last line that nothing ends. */
  public boolean hasLineEnd() {
    return hasLineEnd;
  }

  /** Length of the line as it came. */
  public long wholeLength() {
    return wholeLength;
  }

  /** SHA-256 of a line that is too long; null of any other. */
  public String digest() {
    return digest;
  }

  /** Bytes of the lines read so far, line ends included. */
  public long bytes() {
    return bufferStart + next - rangeStart;
  }

  /** What was read of the file so far; of a gzip its compressed bytes. */
  public long bytesOnDisk() {
    return in instanceof InputStreamStatistics gzip ? gzip.getCompressedCount() : bytes();
  }

  /** Content samples of a gzip that was read to its end. */
  public String fingerprint() {
    return samples.fingerprint();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // everything was read
    }
  }
}
