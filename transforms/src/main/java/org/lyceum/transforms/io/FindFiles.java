package org.lyceum.transforms.io;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * Words of a person in (files, folders, globs, separated by commas or white space), files out, each
 * once, ordered by path. A folder stands for all files below it but hidden ones. A word that names
 * nothing is refused.
 */
public final class FindFiles {
  private FindFiles() {}

  public static List<LogFile> of(String input) {
    TreeMap<String, LogFile> found = new TreeMap<>();
    List<String> words = words(input);
    if (words.isEmpty()) {
      throw new Refusal(
          Exit.WRONG_USE, "no input: give files, folders or globs, as in INPUT=logs/tracking.log");
    }
    for (String word : words) {
      int before = found.size();
      for (Path path : paths(word)) {
        try {
          LogFile file = LogFile.of(path);
          found.put(file.path(), file);
        } catch (NoSuchFileException e) {
          // rotated away since it was listed; its content comes under its next name
        } catch (IOException e) {
          throw new Refusal(
              Exit.WRONG_USE,
              "input " + word + ": cannot look at " + path + " (" + e.getMessage() + ")",
              e);
        }
      }
      if (found.size() == before && paths(word).isEmpty()) {
        throw new Refusal(Exit.WRONG_USE, "input " + word + ": " + why(word));
      }
    }
    return new ArrayList<>(found.values());
  }

  /**
   * A path that exists is one word, whatever is in it; else commas and white space outside of {}
   * separate.
   */
  private static List<String> words(String input) {
    String whole = input.strip();
    if (whole.isEmpty() || Files.exists(Path.of(whole))) {
      return whole.isEmpty() ? List.of() : List.of(whole);
    }
    return Stream.of(whole.split("[,\\s]+(?![^{]*})")).filter(word -> !word.isEmpty()).toList();
  }

  private static String why(String word) {
    if (isGlob(word)) {
      return "no file matches this pattern";
    }
    return Files.isDirectory(Path.of(word)) ? "the folder holds no file" : "no such file or folder";
  }

  private static boolean isGlob(String word) {
    return word.matches(".*[*?\\[{].*") && !Files.exists(Path.of(word));
  }

  private static List<Path> paths(String word) {
    if (isGlob(word)) {
      Path absolute = Path.of(word).toAbsolutePath();
      Path root = absolute;
      while (root.toString().matches(".*[*?\\[{].*")) {
        root = root.getParent();
      }
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + absolute);
      return Files.isDirectory(root)
          ? below(root).stream().filter(matcher::matches).toList()
          : List.of();
    }
    Path path = Path.of(word).toAbsolutePath();
    if (Files.isDirectory(path)) {
      return below(path).stream().filter(file -> !isHidden(path.relativize(file))).toList();
    }
    return Files.exists(path) ? List.of(path) : List.of();
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(Files::isRegularFile).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new Refusal(
          Exit.WRONG_USE, "folder " + folder + " cannot be listed (" + e.getMessage() + ")", e);
    }
  }
}
