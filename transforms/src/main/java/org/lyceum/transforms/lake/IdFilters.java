package org.lyceum.transforms.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.Binary;

/**
 * Event ids and a data file in; whether the file may hold one of them out, by its Bloom filters. A
 * file never changes, so its filters are kept in memory, the ones asked last up to a bound.
 */
final class IdFilters {
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;
  private static final BloomFilter HASH =
      new BlockSplitBloomFilter(BlockSplitBloomFilter.LOWER_BOUND_BYTES);
  private static final Map<String, List<BloomFilter>> CACHE = new LinkedHashMap<>(16, 0.75f, true);
  private static long cachedBytes;

  private IdFilters() {}

  /** What stands for an id in filters. */
  static long hash(long high, long low) {
    byte[] id = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    return HASH.hash(Binary.fromConstantByteArray(id));
  }

  /**
   * False only when none of the ids stands in the file; true for a file without filters.
   *
   * @param from first of the hashes that are asked for
   * @param to behind the last
   */
  static boolean mayHold(Table table, DataFile file, long[] hashes, int from, int to)
      throws IOException {
    List<BloomFilter> filters = filters(table, file);
    if (filters.isEmpty()) {
      return true;
    }
    for (BloomFilter filter : filters) {
      for (int i = from; i < to; i++) {
        if (filter.findHash(hashes[i])) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<BloomFilter> filters(Table table, DataFile file) throws IOException {
    synchronized (CACHE) {
      List<BloomFilter> cached = CACHE.get(file.location());
      if (cached != null) {
        return cached;
      }
    }
    List<BloomFilter> read = read(table, file);
    synchronized (CACHE) {
      if (CACHE.put(file.location(), read) == null) {
        cachedBytes += bytes(read);
        var oldest = CACHE.values().iterator();
        while (cachedBytes > MOST_BYTES && oldest.hasNext()) {
          cachedBytes -= bytes(oldest.next());
          oldest.remove();
        }
      }
    }
    return read;
  }

  private static long bytes(List<BloomFilter> filters) {
    return 256 + filters.stream().mapToLong(BloomFilter::getBitsetSize).sum();
  }

  /** One filter for each row group; none when one of them has none. */
  private static List<BloomFilter> read(Table table, DataFile file) throws IOException {
    List<BloomFilter> filters = new ArrayList<>();
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new Input(table.io().newInputFile(file)),
            ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
      for (BlockMetaData rows : reader.getRowGroups()) {
        for (ColumnChunkMetaData column : rows.getColumns()) {
          if (column.getPath().toDotString().equals("event_id")) {
            BloomFilter filter = reader.readBloomFilter(column);
            if (filter == null) {
              return List.of();
            }
            filters.add(filter);
          }
        }
      }
    }
    return filters;
  }

  /** A file of a table as Parquet's own reader wants it. */
  private record Input(org.apache.iceberg.io.InputFile file) implements InputFile {
    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
      org.apache.iceberg.io.SeekableInputStream in = file.newStream();
      return new DelegatingSeekableInputStream(in) {
        @Override
        public long getPos() throws IOException {
          return in.getPos();
        }

        @Override
        public void seek(long position) throws IOException {
          in.seek(position);
        }
      };
    }
  }
}
