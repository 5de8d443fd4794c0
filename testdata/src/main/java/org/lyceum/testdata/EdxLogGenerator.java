package org.lyceum.testdata;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;

/**
 * Options in; edX tracking logs and the truth about them out, beside each other in one folder.
 *
 * <p>What a line holds is decided first, then it is written: the truth is counted from the
 * decisions, and nothing that was written is ever read. Memory does not grow with the logs, but for
 * a count per event name.
 */
public final class EdxLogGenerator {
  /** Rises when the same options give other bytes. */
  public static final int VERSION = 1;

  private static final int FLUSH_AT = 1 << 20;
  private static final String[] NOT_EVENTS = {
    "",
    "   ",
    "# rotated by logrotate",
    "#",
    "# {\"username\": \"ada_abel0\", \"time\": \"2024-01-15T00:00:00+00:00\"}"
  };
  private static final String[] NO_JSON = {
    "Traceback (most recent call last):",
    "Feb  3 09:06:05 ip-10-0-12-7 rsyslogd: imjournal: 312 messages lost due to rate-limiting",
    "[tracking] INFO logger.py:41 -",
    "username,event_type,time",
    "2024-02-03 09:06:05,461 WARNING 20 [tracking] no event"
  };
  private static final String[] NOT_TIMES = {
    "yesterday",
    "2024-02-30T09:06:05.756647+00:00",
    "2024-13-01T00:00:00+00:00",
    "2024-02-03T25:61:00+00:00",
    "None"
  };

  private final EdxLogOptions options;
  private final EdxEventWriter events;
  private final Dice dice = new Dice();
  private final JsonBytes out = new JsonBytes(FLUSH_AT + (1 << 16));
  private final List<Quota> quotas = new ArrayList<>();
  private final Map<String, long[]> names = new HashMap<>();

  private long lines;
  private long written;
  private long firstOfFile;
  private long brokenLines;

  private EdxLogGenerator(EdxLogOptions options) {
    this.options = options;
    events = new EdxEventWriter(options);
    dice.start(options.seed(), 0x6c696e6573L);
    expect(LineKind.DUPLICATE, options.duplicates());
    expect(LineKind.SHARED, options.files() > 1 ? options.shared() : 0);
    expect(LineKind.EQUAL, options.equal());
    expect(LineKind.SKIPPED, options.skipped());
    options.broken().forEach((code, share) -> expect(LineKind.broken(code), share));
  }

  private void expect(LineKind kind, double share) {
    if (share > 0) {
      quotas.add(new Quota(kind, share, dice.below(1000) / 1000.0));
    }
  }

  /** Writes the logs and their truth into the folder, which is made if it is not there. */
  public static EdxLogTruth generate(EdxLogOptions options, Path folder) throws IOException {
    return new EdxLogGenerator(options).generate(folder);
  }

  /** As {@link #generate}, but keeps what is there when it was generated from the same options. */
  public static EdxLogTruth generateUnlessThere(EdxLogOptions options, Path folder)
      throws IOException {
    if (Files.exists(folder.resolve(EdxLogTruth.FILE))) {
      EdxLogTruth truth = EdxLogTruth.read(folder);
      if (truth.generator() == VERSION
          && truth.options().equals(options)
          && isThere(truth, folder)) {
        return truth;
      }
    }
    return generate(options, folder);
  }

  /** The command line; see {@link GenerateEdxLogs}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GenerateEdxLogs()).execute(args));
  }

  private static boolean isThere(EdxLogTruth truth, Path folder) throws IOException {
    for (EdxLogTruth.Log log : truth.logs()) {
      Path file = folder.resolve(log.name());
      if (!Files.isRegularFile(file) || Files.size(file) != log.fileBytes()) {
        return false;
      }
    }
    return true;
  }

  private EdxLogTruth generate(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(EdxLogTruth.FILE));
    List<EdxLogTruth.Log> logs = new ArrayList<>();
    for (int file = 0; file < options.files(); file++) {
      long until = options.lines() * (file + 1) / options.files();
      logs.add(log(folder, file, until - lines));
    }
    EdxLogTruth truth = truth(logs);
    truth.write(folder);
    return truth;
  }

  private EdxLogTruth.Log log(Path folder, int file, long count) throws IOException {
    boolean isGzip = file < options.gzippedFiles();
    Path path =
        folder.resolve(
            String.format(Locale.ROOT, "tracking-%05d.log%s", file + 1, isGzip ? ".gz" : ""));
    Map<LineKind, long[]> counts = new EnumMap<>(LineKind.class);
    for (LineKind kind : LineKind.values()) {
      counts.put(kind, new long[1]);
    }
    long bytes = 0;
    firstOfFile = written;
    try (OutputStream to = open(path, isGzip)) {
      for (long i = 0; i < count; i++) {
        counts.get(line())[0]++;
        if (out.size() >= FLUSH_AT) {
          bytes += out.size();
          out.writeTo(to);
        }
      }
      bytes += out.size();
      out.writeTo(to);
    }
    lines += count;
    SortedMap<String, Long> failed = new TreeMap<>();
    long skipped = counts.get(LineKind.SKIPPED)[0];
    long parsed = count - skipped;
    for (LineKind kind : LineKind.BROKEN) {
      long broken = counts.get(kind)[0];
      parsed -= broken;
      if (broken > 0) {
        failed.put(kind.code(), broken);
      }
    }
    return new EdxLogTruth.Log(
        path.getFileName().toString(),
        count,
        bytes,
        Files.size(path),
        skipped,
        Collections.unmodifiableSortedMap(failed),
        parsed);
  }

  private static OutputStream open(Path path, boolean isGzip) throws IOException {
    OutputStream file = Files.newOutputStream(path);
    return isGzip ? new GZIPOutputStream(new BufferedOutputStream(file, 1 << 16), 1 << 16) : file;
  }

  private EdxLogTruth truth(List<EdxLogTruth.Log> logs) {
    SortedMap<String, Long> failed = new TreeMap<>();
    long bytes = 0;
    long skipped = 0;
    long parsed = 0;
    for (EdxLogTruth.Log log : logs) {
      bytes += log.bytes();
      skipped += log.skipped();
      parsed += log.parsed();
      log.failed().forEach((code, count) -> failed.merge(code, count, Long::sum));
    }
    SortedMap<String, Long> byName = new TreeMap<>();
    names.forEach((name, count) -> byName.put(name, count[0]));
    return new EdxLogTruth(
        VERSION,
        options,
        lines,
        bytes,
        skipped,
        failed,
        parsed,
        written,
        parsed - written,
        byName,
        List.copyOf(logs));
  }

  /** Writes a line and says of which kind it is. */
  private LineKind line() {
    LineKind kind = nextKind();
    switch (kind) {
      case EVENT -> {
        String name = event(written, false);
        written++;
        names.computeIfAbsent(name, any -> new long[1])[0]++;
      }
      case DUPLICATE -> event(firstOfFile + recent(written - firstOfFile), false);
      case SHARED -> event(dice.below(firstOfFile), false);
      case EQUAL -> event(dice.below(written), true);
      case SKIPPED -> out.raw(dice.of(NOT_EVENTS));
      case NOT_UTF8, NO_JSON, TRUNCATED_JSON, INVALID_JSON, NESTING_TOO_DEEP, NO_TIME, BAD_TIME ->
          broken(kind);
    }
    out.raw('\n');
    return kind;
  }

  /** The kind whose share is most overdue, else a new event. */
  private LineKind nextKind() {
    Quota chosen = null;
    for (Quota quota : quotas) {
      quota.due += quota.share;
      if (quota.due >= 1 && isPossible(quota.kind) && (chosen == null || quota.due > chosen.due)) {
        chosen = quota;
      }
    }
    if (chosen == null) {
      return LineKind.EVENT;
    }
    chosen.due--;
    return chosen.kind;
  }

  /** Copies wait for something to copy. */
  private boolean isPossible(LineKind kind) {
    return switch (kind) {
      case DUPLICATE -> written > firstOfFile;
      case SHARED -> firstOfFile > 0;
      case EQUAL -> written > 0;
      case EVENT, SKIPPED, NOT_UTF8, NO_JSON, TRUNCATED_JSON -> true;
      case INVALID_JSON, NESTING_TOO_DEEP, NO_TIME, BAD_TIME -> true;
    };
  }

  /** Most copies follow soon; some come from anywhere in the file. */
  private long recent(long there) {
    return dice.perMille(700) ? there - 1 - dice.below(Math.min(there, 50)) : dice.below(there);
  }

  private String event(long number, boolean isVaried) {
    String prefix = events.prefix(number, options.prefixed());
    if (!isVaried) {
      out.raw(prefix);
    }
    return events.write(out, number, isVaried);
  }

  private void broken(LineKind kind) {
    // An event that is nowhere else: its number lies beyond all others.
    long number = options.lines() + brokenLines++;
    int start = out.size();
    switch (kind) {
      case EVENT, DUPLICATE, SHARED, EQUAL, SKIPPED ->
          throw new IllegalArgumentException(kind + " is not broken");
      case NOT_UTF8 -> {
        events.write(out, number, false);
        out.bytes()[events.letterAt()] = (byte) 0xFF;
      }
      case NO_JSON -> out.raw(dice.of(NO_JSON));
      case TRUNCATED_JSON -> {
        events.write(out, number, true);
        int length = out.size() - start;
        int limit = dice.perMille(500) ? 2_043 : 10_000;
        int cut = start + (limit < length ? limit : 1 + dice.below(length - 1));
        while ((out.bytes()[cut] & 0xC0)
            == 0x80) { // not inside a character, which would be NOT_UTF8
          cut--;
        }
        out.cut(cut);
      }
      case INVALID_JSON -> {
        switch (dice.below(4)) {
          case 0 -> {
            events.write(out, number, false);
            out.raw(" {\"and\": \"more\"}");
          }
          case 1 -> out.raw("{\"username\": None, \"time\": \"2024-02-03T09:06:05.756647+00:00\"}");
          case 2 ->
              out.raw(
                  "{\"name\": \"edx.grades\", \"context\": \"course_id\": \"\"}, \"time\": \"2024-02-03T09:06:05+00:00\"}");
          default ->
              out.raw(
                  "{\"username\": \"ada_abel0\" \"time\": \"2024-02-03T09:06:05.756647+00:00\"}");
        }
      }
      case NESTING_TOO_DEEP -> {
        out.raw(
            "{\"time\": \"2024-02-03T09:06:05.756647+00:00\", \"event_type\": \"deep\", \"event\": ");
        int levels = 600 + dice.below(1000);
        out.raw("[".repeat(levels)).raw("]".repeat(levels)).raw("}");
      }
      case NO_TIME ->
          out.raw(
              "{\"username\": \"ada_abel0\", \"event_type\": \"page_close\", \"event\": \"{}\", \"@timestamp\": \"2024-02-03T09:06:05.756Z\", \"serial\": \""
                  + number
                  + "\"}");
      case BAD_TIME ->
          out.raw(
              "{\"username\": \"ada_abel0\", \"event_type\": \"page_close\", \"event\": \"{}\", \"time\": \""
                  + dice.of(NOT_TIMES)
                  + "\"}");
    }
  }

  /** How many lines of a kind are due by now. */
  private static final class Quota {
    final LineKind kind;
    final double share;
    double due;

    Quota(LineKind kind, double share, double due) {
      this.kind = kind;
      this.share = share;
      this.due = due;
    }
  }
}
