package org.lyceum.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Trino as unpacked once for all lakes of a user: {@code lib}, the one plugin {@code iceberg} and
 * {@code trino-cli.jar}. The folder appears by a rename when it is complete, so one that a kill
 * left half unpacked never counts.
 */
record TrinoHome(Path folder) {
  /** As {@code dependency:list} prints it: artifact id, further coordinates, file. */
  private static final Pattern LISTED =
      Pattern.compile("\\s+io\\.trino:([a-z-]+):[^/]*:compile:(/.*?)( -- module .*)?");

  private static final Set<String> NEEDED =
      Set.of("trino-server-core", "trino-iceberg", "trino-cli");

  static TrinoHome ofUser() {
    return in(cache(System.getenv(), System.getProperty("user.home")));
  }

  static TrinoHome in(Path cache) {
    return new TrinoHome(cache.resolve("trino-" + version()));
  }

  /** A relative XDG_CACHE_HOME is to be ignored, says the XDG Base Directory Specification. */
  static Path cache(Map<String, String> environment, String userHome) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.startsWith("/") ? Path.of(xdg) : Path.of(userHome, ".cache");
    return base.resolve("lyceum");
  }

  /** As pinned in the parent pom. */
  static String version() {
    try (InputStream in = TrinoHome.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions.getProperty("trino");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isInstalled() {
    return Files.isDirectory(folder);
  }

  /** Unpacks the archives that Maven listed; does nothing where Trino is installed. */
  void install(Path list, Consumer<String> say) throws IOException, EngineFailure {
    Map<String, Path> archives = archives(Files.readAllLines(list));
    Files.createDirectories(folder.getParent());
    try (FileChannel channel =
            FileChannel.open(
                folder.resolveSibling(folder.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || isInstalled()) {
        return;
      }
      say.accept("Unpacking Trino " + version() + " to " + folder + " (once)");
      Path half = folder.resolveSibling(folder.getFileName() + ".half");
      Folders.delete(half); // of an installation that was killed
      Files.createDirectories(half);
      untar(archives.get("trino-server-core"), half);
      Folders.delete(half.resolve("plugin"));
      Folders.delete(half.resolve("secrets-plugin"));
      unzip(archives.get("trino-iceberg"), half.resolve("plugin/iceberg"));
      Files.copy(archives.get("trino-cli"), half.resolve("trino-cli.jar"));
      Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Map<String, Path> archives(List<String> lines) throws EngineFailure {
    Map<String, Path> archives =
        lines.stream()
            .map(LISTED::matcher)
            .filter(Matcher::matches)
            .collect(Collectors.toMap(line -> line.group(1), line -> Path.of(line.group(2))));
    if (!archives.keySet().equals(NEEDED)) {
      throw new EngineFailure(
          "The list of archives names %s, not %s".formatted(archives.keySet(), NEEDED));
    }
    return archives;
  }

  /** The archive is full of hard links, which the platform's tar knows. */
  private static void untar(Path archive, Path folder) throws IOException, EngineFailure {
    Process tar =
        new ProcessBuilder(
                "tar", "-xzf", archive.toString(), "-C", folder.toString(), "--strip-components=1")
            .inheritIO()
            .start();
    try {
      if (tar.waitFor() != 0) {
        throw new EngineFailure("tar cannot unpack " + archive);
      }
    } catch (InterruptedException e) {
      tar.destroy();
      Thread.currentThread().interrupt();
      throw new EngineFailure("Interrupted while unpacking " + archive, e);
    }
  }

  /** Everything below the archive's one folder. */
  private static void unzip(Path archive, Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path inside = Path.of(entry.getName());
        if (entry.isDirectory() || inside.getNameCount() < 2) {
          continue;
        }
        Path file = folder.resolve(inside.subpath(1, inside.getNameCount())).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException(archive + " has an entry outside its folder");
        }
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }
}
