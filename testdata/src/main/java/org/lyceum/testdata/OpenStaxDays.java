package org.lyceum.testdata;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Options in; file after file out, each with its rows, and in the end the truth about all of them.
 * What a row is is decided before it is written, so nothing that was written is read for the truth.
 */
final class OpenStaxDays {
  private static final String NO_KEY = "no_key";

  /** Events of broken files are nowhere else: their ordinals lie beyond all others. */
  private static final long BEYOND = 1L << 36;

  private static final int REMEMBERED = 200;

  private final OpenStaxOptions options;
  private final OpenStaxEvents events;
  private final Dice dice = new Dice();
  private final List<OpenStaxTruth.Day> days = new ArrayList<>();
  private final SortedMap<String, Long> eventsByType = new TreeMap<>();

  private final Map<OpenStaxType, Long> nextOrdinal = new EnumMap<>(OpenStaxType.class);
  private Map<OpenStaxType, List<Original>> recent = new EnumMap<>(OpenStaxType.class);
  private Map<OpenStaxType, List<Original>> dayBefore = new EnumMap<>(OpenStaxType.class);

  private int day;
  private int file;
  private long brokenSoFar;
  private OpenStaxFile pending;

  private long files;
  private long brokenFiles;
  private long emptyFiles;
  private long rows;
  private long failed;
  private long copies;
  private long conflicts;
  private long late;
  private long[] atDayStart = new long[5];
  private SortedMap<String, Long> rowsByType = new TreeMap<>();

  /** An event that was written once, and how its type stood there that day. */
  private record Original(int day, long ordinal, boolean isAnonymous, OpenStaxShape ofDay) {}

  OpenStaxDays(OpenStaxOptions options) {
    this.options = options;
    events = new OpenStaxEvents(options.seed());
  }

  /** The next file; null after the last one. */
  OpenStaxFile next() {
    if (pending != null) {
      OpenStaxFile broken = pending;
      pending = null;
      return count(broken);
    }
    if (file == options.filesPerDay()) {
      endDay();
    }
    if (day == options.days()) {
      return null;
    }
    OpenStaxType type = OpenStaxType.SESSION.get(file % OpenStaxType.SESSION.size());
    dice.start(options.seed(), 0x66696c65L ^ ((long) day << 32) ^ file);
    OpenStaxFile next = sound(type);
    if (options.isDirty() && dice.perMille(5)) {
      pending = broken(type);
    }
    file++;
    return count(next);
  }

  private OpenStaxFile sound(OpenStaxType type) {
    OpenStaxShape ofDay = ofDay(type);
    boolean isEmpty = options.isDirty() && dice.perMille(10);
    boolean isAnonymous = options.isDirty() && dice.perMille(150);
    List<OpenStaxEvent> made = new ArrayList<>();
    for (int row = 0; row < options.rowsPerFile() && !isEmpty; row++) {
      made.add(row(type, isAnonymous, ofDay));
    }
    emptyFiles += isEmpty ? 1 : 0;
    return new OpenStaxFile(
        path(type, 0, file), type, ofFile(ofDay), made, OpenStaxFile.Damage.NONE);
  }

  private OpenStaxFile broken(OpenStaxType type) {
    OpenStaxFile.Damage[] damages = OpenStaxFile.Damage.values();
    List<OpenStaxEvent> made = new ArrayList<>();
    for (int row = 0; row < options.rowsPerFile(); row++) {
      made.add(events.at(type, day, BEYOND + brokenSoFar++, false));
    }
    return new OpenStaxFile(
        path(type, 9, file),
        type,
        OpenStaxShape.PLAIN,
        made,
        damages[1 + dice.below(damages.length - 1)]);
  }

  /** Writers differ in how they put this; so that copies are equal, only from day to day. */
  private OpenStaxShape ofDay(OpenStaxType type) {
    if (!options.isDirty()) {
      return OpenStaxShape.PLAIN;
    }
    Dice ofDay = new Dice().start(options.seed(), Dice.mix(type.topic().hashCode(), day) - 1);
    OpenStaxShape.Metadata metadata =
        switch (ofDay.below(6)) {
          case 0 -> OpenStaxShape.Metadata.MAP;
          case 1 -> OpenStaxShape.Metadata.TEXT;
          default -> OpenStaxShape.Metadata.AS_DECLARED;
        };
    return new OpenStaxShape(
        false,
        OpenStaxShape.Time.MILLIS,
        ofDay.perMille(200),
        metadata,
        false,
        OpenStaxShape.Nulls.TYPED);
  }

  private OpenStaxShape ofFile(OpenStaxShape ofDay) {
    if (!options.isDirty()) {
      return ofDay;
    }
    OpenStaxShape.Time[] times = OpenStaxShape.Time.values();
    OpenStaxShape.Nulls[] nulls = OpenStaxShape.Nulls.values();
    return new OpenStaxShape(
        dice.perMille(300),
        dice.perMille(500) ? OpenStaxShape.Time.MILLIS : times[dice.below(times.length)],
        ofDay.queryAsText(),
        ofDay.metadata(),
        dice.perMille(300),
        nulls[dice.below(nulls.length)]);
  }

  private OpenStaxEvent row(OpenStaxType type, boolean isAnonymous, OpenStaxShape ofDay) {
    rows++;
    rowsByType.merge(type.event(), 1L, Long::sum);
    if (options.isDirty()) {
      if (dice.perMille(2)) {
        failed++;
        return withoutKey(events.at(type, day, BEYOND + brokenSoFar++, isAnonymous));
      }
      Original original = dice.perMille(12) ? toCopy(type, ofDay) : null;
      if (original != null) {
        copies++;
        return copy(type, original);
      }
    }
    long ordinal = nextOrdinal.merge(type, 1L, Long::sum) - 1;
    OpenStaxEvent event = events.at(type, day, ordinal, isAnonymous);
    eventsByType.merge(type.event(), 1L, Long::sum);
    late += isLate(event) ? 1 : 0;
    List<Original> there = recent.computeIfAbsent(type, any -> new ArrayList<>());
    Original original = new Original(day, ordinal, isAnonymous, ofDay);
    if (there.size() < REMEMBERED) {
      there.add(original);
    } else {
      there.set((int) (ordinal % REMEMBERED), original);
    }
    return event;
  }

  private boolean isLate(OpenStaxEvent event) {
    Object moment = event.fields().get("occurred_at");
    return moment instanceof Long millis && millis < OpenStaxEvents.dayStart(day);
  }

  /** What was copied once is not copied again: then one of the two is hidden, whichever it is. */
  private Original toCopy(OpenStaxType type, OpenStaxShape ofDay) {
    List<Original> of = (dice.perMille(250) ? dayBefore : recent).getOrDefault(type, List.of());
    if (of.isEmpty()) {
      return null;
    }
    int at = dice.below(of.size());
    if (!of.get(at).ofDay().equals(ofDay)) {
      return null;
    }
    Original chosen = of.get(at);
    of.set(at, of.get(of.size() - 1));
    of.remove(of.size() - 1);
    return chosen;
  }

  private OpenStaxEvent copy(OpenStaxType type, Original original) {
    OpenStaxEvent event =
        events.at(type, original.day(), original.ordinal(), original.isAnonymous());
    Map<String, Object> fields = new LinkedHashMap<>(event.fields());
    if (type != OpenStaxType.XAPI_STATEMENT) {
      fields.merge("occurred_at", 1L + dice.below(900), (moment, by) -> (Long) moment + (Long) by);
    }
    if (dice.perMille(150)) {
      conflicts++;
      fields.put(type == OpenStaxType.XAPI_STATEMENT ? "version" : "path", "/another");
    }
    return new OpenStaxEvent(type, event.key(), fields);
  }

  private static OpenStaxEvent withoutKey(OpenStaxEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>(event.fields());
    fields.put(event.type() == OpenStaxType.XAPI_STATEMENT ? "id" : "session_uuid", null);
    return new OpenStaxEvent(event.type(), "", fields);
  }

  /** The prefixes, and both ways to write a month, as they are found in the source. */
  private String path(OpenStaxType type, int partition, int number) {
    LocalDate date = OpenStaxOptions.FIRST_DAY.plusDays(day);
    boolean isOddDay = options.isDirty() && day % 2 == 1;
    String prefix = options.isDirty() && day % 5 == 4 ? "v2021-01/parquet/" : "";
    String folder =
        type == OpenStaxType.ACCESSED_STUDYGUIDE && isOddDay ? type.event() : type.topic();
    return String.format(
        Locale.ROOT,
        isOddDay
            ? "%s%s/year=%d/month=%d/day=%d/%s+%d+%010d.parquet"
            : "%s%s/year=%d/month=%02d/day=%02d/%s+%d+%010d.parquet",
        prefix,
        folder,
        date.getYear(),
        date.getMonthValue(),
        date.getDayOfMonth(),
        type.topic(),
        partition + number % 3,
        ((long) day * options.filesPerDay() + number) * options.rowsPerFile());
  }

  private OpenStaxFile count(OpenStaxFile counted) {
    files++;
    brokenFiles += counted.damage() == OpenStaxFile.Damage.NONE ? 0 : 1;
    return counted;
  }

  private void endDay() {
    long[] now = {files, brokenFiles, emptyFiles, rows, failed};
    long[] of = new long[now.length];
    for (int i = 0; i < now.length; i++) {
      of[i] = now[i] - atDayStart[i];
    }
    days.add(
        new OpenStaxTruth.Day(
            OpenStaxOptions.FIRST_DAY.plusDays(day).toString(),
            of[0],
            of[1],
            of[2],
            of[3],
            of[4],
            of[3] - of[4],
            rowsByType));
    atDayStart = now;
    rowsByType = new TreeMap<>();
    dayBefore = recent;
    recent = new EnumMap<>(OpenStaxType.class);
    nextOrdinal.clear();
    day++;
    file = 0;
  }

  /** The truth, once {@link #next} has given all files. */
  OpenStaxTruth truth(long bytes) {
    SortedMap<String, Long> codes = new TreeMap<>();
    if (failed > 0) {
      codes.put(NO_KEY, failed);
    }
    long parsed = rows - failed;
    return new OpenStaxTruth(
        OpenStaxGenerator.VERSION,
        options,
        files,
        bytes,
        brokenFiles,
        emptyFiles,
        rows,
        codes,
        parsed,
        parsed - copies,
        copies,
        conflicts,
        late,
        eventsByType,
        List.copyOf(days));
  }
}
