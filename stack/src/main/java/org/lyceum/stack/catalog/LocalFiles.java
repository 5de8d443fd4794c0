package org.lyceum.stack.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, but for permissions: without Hadoop's native library that one runs
 * the program chmod for every file that it makes, which was half the time of a small commit.
 */
public final class LocalFiles extends LocalFileSystem {
  /** Setting that has Hadoop use this class for local files. */
  public static final String SETTING = "fs.file.impl";

  public LocalFiles() {
    super(new RawFiles());
  }

  private static final class RawFiles extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      try {
        Files.setPosixFilePermissions(
            pathToFile(path).toPath(), PosixFilePermissions.fromString(symbols));
      } catch (UnsupportedOperationException e) {
        super.setPermission(path, permission); // no POSIX here
      }
    }
  }
}
