package org.lyceum.transforms.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.lyceum.transforms.parse.FailureCode;

/** Opens files, and says in words what was wrong with one. */
final class LogStreams {
  private LogStreams() {}

  /**
   * The decompressed text. Damage anywhere in a gzip, and bytes after its end, throw while reading.
   */
  static InputStream open(LogFile file) throws IOException {
    return open(file, 0);
  }

  /** The text from an offset on; only a plain file can start elsewhere than at 0. */
  static InputStream open(LogFile file, long offset) throws IOException {
    FileChannel channel = FileChannel.open(Path.of(file.path()), StandardOpenOption.READ);
    try {
      channel.position(offset);
      InputStream in = Channels.newInputStream(channel);
      if (!file.isGzip()) {
        return in;
      }
      // true: logrotate and cat make several members; java.util.zip would drop a damaged second one
      return GzipCompressorInputStream.builder()
          .setInputStream(new BufferedInputStream(in, 1 << 16))
          .setDecompressConcatenated(true)
          .get();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  static UnreadableLogException unreadable(LogFile file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new UnreadableLogException(
          FailureCode.CHANGED_WHILE_READ,
          "the file went away while it was read; run again, it may lie elsewhere now");
    }
    if (e instanceof AccessDeniedException) {
      return new UnreadableLogException(
          FailureCode.UNREADABLE_FILE, "no permission to read the file; change it and run again");
    }
    if (file.isGzip()
        && (e instanceof ZipException || e instanceof EOFException || isGzipFormat(e))) {
      return new UnreadableLogException(
          FailureCode.CORRUPT_FILE,
          "the gzip file is damaged or cut short; get a good copy and run again");
    }
    return new UnreadableLogException(
        FailureCode.UNREADABLE_FILE,
        "the file cannot be read (" + e.getClass().getSimpleName() + "); mend it and run again");
  }

  /** The library says it in words only. */
  private static boolean isGzipFormat(IOException e) {
    return e.getClass() == IOException.class || e.getClass().getName().contains("Compressor");
  }
}
