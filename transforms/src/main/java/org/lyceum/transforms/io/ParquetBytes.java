package org.lyceum.transforms.io;

import java.io.EOFException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** The bytes of a whole file in; what Parquet's reader reads from out. */
record ParquetBytes(ByteBuffer bytes) implements InputFile {

  @Override
  public long getLength() {
    return bytes.limit();
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(bytes.duplicate());
  }

  private static final class Stream extends SeekableInputStream {
    private final ByteBuffer bytes;

    Stream(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public long getPos() {
      return bytes.position();
    }

    @Override
    public void seek(long position) throws EOFException {
      if (position < 0 || position > bytes.limit()) {
        throw new EOFException("sought beyond the end");
      }
      bytes.position((int) position);
    }

    @Override
    public int read() {
      return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (!bytes.hasRemaining()) {
        return length == 0 ? 0 : -1;
      }
      int count = Math.min(length, bytes.remaining());
      bytes.get(to, offset, count);
      return count;
    }

    @Override
    public int read(ByteBuffer to) {
      if (!bytes.hasRemaining()) {
        return to.hasRemaining() ? -1 : 0;
      }
      int count = Math.min(to.remaining(), bytes.remaining());
      to.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public void readFully(byte[] to) throws EOFException {
      readFully(to, 0, to.length);
    }

    @Override
    public void readFully(byte[] to, int offset, int length) throws EOFException {
      check(length);
      bytes.get(to, offset, length);
    }

    @Override
    public void readFully(ByteBuffer to) throws EOFException {
      check(to.remaining());
      read(to);
    }

    private void check(int length) throws EOFException {
      if (length > bytes.remaining()) {
        throw new EOFException("the bytes end early");
      }
    }
  }
}
