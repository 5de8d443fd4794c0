package org.lyceum.transforms.io;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The path of a stored file in; where it belongs out, or why that cannot be said. */
record StoredPlace(
    String root,
    String folder,
    String event,
    String year,
    String month,
    String day,
    LocalDate date,
    String name,
    String problem) {

  private static final Pattern PATH =
      Pattern.compile(
          "(?:(?<root>.*)/)?(?<folder>[^/]+)"
              + "/year=(?<year>[^/]*)/month=(?<month>[^/]*)/day=(?<day>[^/]*)/(?<name>.+)");

  /** A type's later schema may have a folder of its own: {@code created_highlight_2}. */
  private static final Pattern VERSION = Pattern.compile("(.+?)_v?[0-9]{1,3}");

  /**
   * Places a file.
   *
   * @param events the event type of a folder's name without version; empty for none that is known
   */
  static StoredPlace of(String path, Function<String, Optional<String>> events) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return not("its path has no <event>/year=/month=/day=/ before the name");
    }
    Optional<LocalDate> date =
        date(matcher.group("year"), matcher.group("month"), matcher.group("day"));
    if (date.isEmpty()) {
      return not("year, month and day of its path are no date");
    }
    String folder = matcher.group("folder");
    Matcher version = VERSION.matcher(folder);
    Optional<String> event =
        events.apply(folder).or(() -> version.matches() ? events.apply(version.group(1)) : none());
    if (event.isEmpty()) {
      return not("its folder " + folder + " is no known type of event");
    }
    String root = matcher.group("root");
    return new StoredPlace(
        root == null ? "" : root,
        folder,
        event.get(),
        matcher.group("year"),
        matcher.group("month"),
        matcher.group("day"),
        date.get(),
        matcher.group("name"),
        "");
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static StoredPlace not(String problem) {
    return new StoredPlace("", "", "", "", "", "", LocalDate.EPOCH, "", problem);
  }

  private static Optional<LocalDate> date(String year, String month, String day) {
    if (!year.matches("[0-9]{4}") || !month.matches("[0-9]{1,2}") || !day.matches("[0-9]{1,2}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean isKnown() {
    return problem.isEmpty();
  }

  StoredObject object(String uri, long size, String version) {
    return new StoredObject(uri, root, folder, event, year, month, day, date, name, size, version);
  }
}
