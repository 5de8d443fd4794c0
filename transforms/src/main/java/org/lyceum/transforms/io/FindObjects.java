package org.lyceum.transforms.io;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * A folder or {@code s3://bucket/prefix} in; the Parquet files of events below it out, each with
 * the day and type of its path. What the input names decides only what is found, not what a file is
 * called: below a day's folder the same file has the same root, type, day and name.
 */
public final class FindObjects {
  private static final String ENDING = ".parquet";

  private final Function<String, Optional<String>> events;
  private final Days days;
  private final TreeMap<String, StoredObject> objects = new TreeMap<>();
  private final TreeMap<String, FoundObjects.Misplaced> misplaced = new TreeMap<>();
  private long ignored;

  /** Days from and to, both inclusive; null is open. */
  record Days(LocalDate from, LocalDate to) {
    boolean has(LocalDate date) {
      return overlaps(date, date);
    }

    boolean overlaps(LocalDate first, LocalDate last) {
      return (from == null || !last.isBefore(from)) && (to == null || !first.isAfter(to));
    }
  }

  private FindObjects(Function<String, Optional<String>> events, Days days) {
    this.events = events;
    this.days = days;
  }

  /**
   * Lists the input.
   *
   * @param from first day of the path, null for all
   * @param to last day of the path, null for all
   * @param events the event type of a folder's name; empty for none that is known. The name is
   *     tried as it is and without a version at its end
   */
  public static FoundObjects of(
      String input,
      LocalDate from,
      LocalDate to,
      Function<String, Optional<String>> events,
      S3Settings s3) {
    String word = input.strip();
    if (word.isEmpty()) {
      throw new Refusal(
          Exit.WRONG_USE, "no input: give a folder or s3://bucket/prefix, as in INPUT=events");
    }
    FindObjects find = new FindObjects(events, new Days(from, to));
    if (word.startsWith(StoredObject.S3)) {
      S3Listing.of(word, s3, find.days).forEach(find::add);
    } else {
      find.addFolder(word);
    }
    return find.found();
  }

  private void addFolder(String word) {
    Path folder = Path.of(word).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new Refusal(Exit.WRONG_USE, "input " + word + ": no such folder");
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      files = walk.filter(Files::isRegularFile).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new Refusal(
          Exit.WRONG_USE, "folder " + folder + " cannot be listed (" + e.getMessage() + ")", e);
    }
    for (Path file : files) {
      try {
        LogFile listed = LogFile.of(file);
        add(
            new Listed(
                listed.path(),
                listed.path(),
                folder.relativize(file).toString(),
                listed.size(),
                Long.toString(listed.modifiedAt())));
      } catch (IOException e) {
        throw new Refusal(
            Exit.WRONG_USE, "cannot look at " + file + " (" + e.getMessage() + ")", e);
      }
    }
  }

  /**
   * A file as a listing gives it.
   *
   * @param path with bucket, by which it is placed
   * @param below its path below the input, which decides whether it is hidden
   */
  record Listed(String uri, String path, String below, long size, String version) {}

  private void add(Listed listed) {
    if (!listed.path().endsWith(ENDING) || isHidden(listed.below())) {
      ignored++;
      return;
    }
    StoredPlace place = StoredPlace.of(listed.path(), events);
    if (!place.isKnown()) {
      misplaced.put(listed.uri(), new FoundObjects.Misplaced(listed.uri(), place.problem()));
    } else if (days.has(place.date())) {
      objects.put(listed.uri(), place.object(listed.uri(), listed.size(), listed.version()));
    }
  }

  private static boolean isHidden(String below) {
    return Stream.of(below.split("/"))
        .anyMatch(part -> part.startsWith(".") || part.startsWith("_"));
  }

  /** Folders day=3 and day=03 are one day: a name that is in both would be two things. */
  private FoundObjects found() {
    Map<List<Object>, String> taken = new HashMap<>();
    List<StoredObject> placed = new ArrayList<>();
    for (StoredObject object : objects.values()) {
      List<Object> place = List.of(object.root(), object.event(), object.date(), object.name());
      String holder = taken.putIfAbsent(place, object.uri());
      if (holder == null) {
        placed.add(object);
      } else {
        misplaced.put(
            object.uri(),
            new FoundObjects.Misplaced(object.uri(), "it has the name, type and day of " + holder));
      }
    }
    return new FoundObjects(List.copyOf(placed), List.copyOf(misplaced.values()), ignored);
  }
}
