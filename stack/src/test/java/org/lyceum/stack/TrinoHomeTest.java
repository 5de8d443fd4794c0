package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrinoHomeTest {
  @TempDir Path folder;

  private TrinoHome home;
  private final List<String> messages = new ArrayList<>();

  @BeforeEach
  void choose() {
    home = TrinoHome.in(folder.resolve("cache"));
  }

  @Test
  void onlyTheIcebergPluginIsUnpacked() throws Exception {
    home.install(archives(), messages::add);
    assertTrue(home.isInstalled());
    assertEquals("server", Files.readString(home.folder().resolve("lib/server.jar")));
    assertEquals("iceberg", Files.readString(home.folder().resolve("plugin/iceberg/iceberg.jar")));
    assertTrue(Files.exists(home.folder().resolve("trino-cli.jar")));
    assertFalse(Files.exists(home.folder().resolve("plugin/geospatial")));
  }

  @Test
  void installingAgainDoesNothing() throws Exception {
    home.install(archives(), messages::add);
    messages.clear();
    home.install(archives(), messages::add);
    assertEquals(List.of(), messages);
  }

  @Test
  void aFolderThatAKillLeftHalfUnpackedDoesNotCount() throws Exception {
    Path half = home.folder().resolveSibling(home.folder().getFileName() + ".half");
    Files.createDirectories(half.resolve("lib"));
    Files.writeString(half.resolve("lib/half.jar"), "ha");
    assertFalse(home.isInstalled());
    home.install(archives(), messages::add);
    assertFalse(Files.exists(home.folder().resolve("lib/half.jar")));
  }

  @Test
  void aBrokenArchiveInstallsNothing() throws Exception {
    Path list = archives();
    Files.writeString(folder.resolve("trino-server-core.tar.gz"), "cut off");
    assertThrows(EngineFailure.class, () -> home.install(list, messages::add));
    assertFalse(home.isInstalled());
  }

  @Test
  void theCacheFollowsTheDesktopsConvention() {
    assertEquals(Path.of("/home/ada/.cache/lyceum"), TrinoHome.cache(Map.of(), "/home/ada"));
    assertEquals(
        Path.of("/var/ada/lyceum"),
        TrinoHome.cache(Map.of("XDG_CACHE_HOME", "/var/ada"), "/home/ada"));
    assertEquals(
        Path.of("/home/ada/.cache/lyceum"),
        TrinoHome.cache(Map.of("XDG_CACHE_HOME", "relative"), "/home/ada"));
  }

  /** Archives of Trino's layout, and the list of them as Maven prints it. */
  private Path archives() throws IOException, InterruptedException {
    Path server = folder.resolve("trino-server-core-476");
    Files.createDirectories(server.resolve("lib"));
    Files.createDirectories(server.resolve("plugin/geospatial"));
    Files.writeString(server.resolve("lib/server.jar"), "server");
    Process tar =
        new ProcessBuilder("tar", "-czf", "trino-server-core.tar.gz", server.getFileName() + "")
            .directory(folder.toFile())
            .start();
    assertEquals(0, tar.waitFor());
    Path iceberg = folder.resolve("trino-iceberg.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(iceberg))) {
      zip.putNextEntry(new ZipEntry("trino-iceberg-476/"));
      zip.putNextEntry(new ZipEntry("trino-iceberg-476/iceberg.jar"));
      zip.write("iceberg".getBytes(StandardCharsets.UTF_8));
    }
    Path cli = Files.writeString(folder.resolve("trino-cli.jar"), "cli");
    return Files.writeString(
        folder.resolve("engines.list"),
        """

        The following files have been resolved:
           io.trino:trino-server-core:tar.gz:476:compile:%s
           io.trino:trino-iceberg:zip:476:compile:%s
           io.trino:trino-cli:jar:executable:476:compile:%s -- module trino.cli (auto)

        """
            .formatted(folder.resolve("trino-server-core.tar.gz"), iceberg, cli));
  }
}
