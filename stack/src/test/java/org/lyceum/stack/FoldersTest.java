package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path folder;

  @Test
  void whatALinkPointsToSurvivesTheFolder() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("cache"));
    Files.writeString(cache.resolve("iceberg.jar"), "iceberg");
    Path plugins = Files.createDirectories(folder.resolve("lake/plugin"));
    Files.createSymbolicLink(plugins.resolve("iceberg"), cache);
    Folders.delete(folder.resolve("lake"));
    assertFalse(Files.exists(folder.resolve("lake")));
    assertEquals("iceberg", Files.readString(cache.resolve("iceberg.jar")));
  }
}
