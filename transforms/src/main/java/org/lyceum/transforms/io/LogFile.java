package org.lyceum.transforms.io;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * A file as it was found.
 *
 * @param path absolute
 * @param size bytes as they lie there, compressed or not
 * @param modifiedAt last modification, microseconds since 1970
 */
public record LogFile(String path, long size, long modifiedAt) implements Serializable {

  static LogFile of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new LogFile(
        path.toAbsolutePath().normalize().toString(),
        attributes.size(),
        attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
  }

  public boolean isGzip() {
    return path.endsWith(".gz");
  }
}
