package org.lyceum.transforms.land;

import java.io.Serializable;
import org.lyceum.transforms.io.LogFile;

/**
 * A part of a log: the lines that start in {@code [start, end)} of its decompressed text.
 *
 * @param length as the delivery's name has it
 * @param fingerprint of the whole log; null for a gzip, where only reading it through tells
 */
record LogRange(
    String delivery, LogFile file, long start, long end, long length, String fingerprint)
    implements Serializable {

  /** Bytes to read, as they lie on disk. */
  long size() {
    return file.isGzip() ? file.size() : end - start;
  }
}
