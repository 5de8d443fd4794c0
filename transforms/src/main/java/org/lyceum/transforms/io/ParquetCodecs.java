package org.lyceum.transforms.io;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.brotli.dec.BrotliInputStream;
import org.xerial.snappy.Snappy;

/**
 * A compressed page in, its bytes out. The codecs that writers use are called as they are: by way
 * of Hadoop's codecs, which Parquet would take, opening a file of 8 KB costs as much as reading it.
 */
final class ParquetCodecs implements CompressionCodecFactory {
  /** A page is a megabyte; a damaged header may say anything. */
  private static final int MAX_PAGE_BYTES = 256 << 20;

  private CodecFactory others;

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> new Plain((bytes, size) -> bytes);
      case SNAPPY -> new Plain((bytes, size) -> Snappy.uncompress(bytes));
      case ZSTD -> new Plain((bytes, size) -> Zstd.decompress(bytes, size));
      case GZIP -> new Plain(ParquetCodecs::gunzip);
      case BROTLI -> new Plain(ParquetCodecs::unbrotli);
      case LZO, LZ4, LZ4_RAW -> other(name);
    };
  }

  private BytesInputDecompressor other(CompressionCodecName name) {
    if (others == null) {
      others = new CodecFactory(new PlainParquetConfiguration(), 0);
    }
    return others.getDecompressor(name);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("only reads");
  }

  @Override
  public void release() {
    if (others != null) {
      others.release();
    }
  }

  private static byte[] gunzip(byte[] bytes, int size) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readNBytes(size);
    }
  }

  private static byte[] unbrotli(byte[] bytes, int size) throws IOException {
    try (InputStream in = new BrotliInputStream(new ByteArrayInputStream(bytes))) {
      return in.readNBytes(size);
    }
  }

  /** Bytes of a page, and how many they were before, in. */
  private interface Decompress {
    byte[] apply(byte[] bytes, int size) throws IOException;
  }

  private record Plain(Decompress decompress) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      byte[] compressed = new byte[Math.toIntExact(bytes.size())];
      try (InputStream in = bytes.toInputStream()) { // readAllBytes takes 16 KB for each page
        in.readNBytes(compressed, 0, compressed.length);
      }
      return BytesInput.from(exactly(compressed, size));
    }

    @Override
    public void decompress(ByteBuffer in, int compressedSize, ByteBuffer out, int size)
        throws IOException {
      byte[] bytes = new byte[compressedSize];
      in.get(bytes);
      out.put(exactly(bytes, size));
    }

    private byte[] exactly(byte[] bytes, int size) throws IOException {
      if (size < 0 || size > MAX_PAGE_BYTES) {
        throw new IOException("a page of impossible size");
      }
      byte[] page = decompress.apply(bytes, size);
      if (page.length != size) {
        throw new EOFException("a page of another size than its header says");
      }
      return page;
    }

    @Override
    public void release() {}
  }
}
