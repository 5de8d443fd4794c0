package org.lyceum.testdata;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What logs to generate. Shares are of all lines, from 0 to 1, and are kept to within a line; the
 * same options give the same bytes.
 *
 * @param seed everything random comes from it
 * @param lines lines of all files together, whatever they hold
 * @param files how many files the lines are spread over, in order of time
 * @param gzippedFiles how many of them, the oldest, are gzip
 * @param days days that the events span; late events of mobile applications lie up to 5 before
 * @param duplicates lines that repeat an earlier line of their file byte for byte
 * @param shared lines that repeat a line of an earlier file byte for byte
 * @param equal lines that hold an earlier object in other bytes: key order, escapes, white space
 * @param broken lines that must fail, by failure code
 * @param skipped blank lines and comments
 * @param prefixed events that have text of a log shipper before their JSON
 */
public record EdxLogOptions(
    long seed,
    long lines,
    int files,
    int gzippedFiles,
    int days,
    double duplicates,
    double shared,
    double equal,
    SortedMap<String, Double> broken,
    double skipped,
    double prefixed) {

  /** A semester. */
  static final int SEMESTER_DAYS = 112;

  public EdxLogOptions {
    broken = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(broken));
    require(lines >= 0, "lines must not be negative");
    require(files >= 1 && files <= 99_999, "files must be from 1 to 99999");
    require(gzippedFiles >= 0 && gzippedFiles <= files, "gzippedFiles must be from 0 to files");
    require(days >= 1 && days <= 3_650, "days must be from 1 to 3650");
    double sum = duplicates + shared + equal + skipped;
    require(
        Math.min(Math.min(duplicates, shared), Math.min(equal, skipped)) >= 0,
        "a share is negative");
    for (Map.Entry<String, Double> code : broken.entrySet()) {
      LineKind.broken(code.getKey());
      require(code.getValue() >= 0, "a share is negative");
      sum += code.getValue();
    }
    require(sum <= 0.9, "the shares of lines that are not new events exceed 0.9");
    require(prefixed >= 0 && prefixed <= 1, "prefixed must be from 0 to 1");
  }

  /** One file that any JSON reader takes: every line an object, one in 200 a planted duplicate. */
  public static EdxLogOptions clean(long lines) {
    return new EdxLogOptions(1, lines, 1, 0, SEMESTER_DAYS, 0.005, 0, 0, new TreeMap<>(), 0, 0);
  }

  /** One file as collections hold them: with copies, comments, shippers' text and broken lines. */
  public static EdxLogOptions asCollected(long lines) {
    return new EdxLogOptions(
        1,
        lines,
        1,
        0,
        SEMESTER_DAYS,
        0.005,
        0.005,
        0.002,
        LineKind.eachBroken(0.0005),
        0.003,
        0.01);
  }

  public EdxLogOptions withSeed(long seed) {
    return new EdxLogOptions(
        seed,
        lines,
        files,
        gzippedFiles,
        days,
        duplicates,
        shared,
        equal,
        broken,
        skipped,
        prefixed);
  }

  public EdxLogOptions withFiles(int files, int gzippedFiles) {
    return new EdxLogOptions(
        seed,
        lines,
        files,
        gzippedFiles,
        days,
        duplicates,
        shared,
        equal,
        broken,
        skipped,
        prefixed);
  }

  public EdxLogOptions withDays(int days) {
    return new EdxLogOptions(
        seed,
        lines,
        files,
        gzippedFiles,
        days,
        duplicates,
        shared,
        equal,
        broken,
        skipped,
        prefixed);
  }

  /** Copies: inside a file, between files, and equal in other bytes. */
  public EdxLogOptions withCopies(double duplicates, double shared, double equal) {
    return new EdxLogOptions(
        seed,
        lines,
        files,
        gzippedFiles,
        days,
        duplicates,
        shared,
        equal,
        broken,
        skipped,
        prefixed);
  }

  public EdxLogOptions withBroken(Map<String, Double> broken) {
    return new EdxLogOptions(
        seed,
        lines,
        files,
        gzippedFiles,
        days,
        duplicates,
        shared,
        equal,
        new TreeMap<>(broken),
        skipped,
        prefixed);
  }

  public EdxLogOptions withSkipped(double skipped) {
    return new EdxLogOptions(
        seed,
        lines,
        files,
        gzippedFiles,
        days,
        duplicates,
        shared,
        equal,
        broken,
        skipped,
        prefixed);
  }

  public EdxLogOptions withPrefixed(double prefixed) {
    return new EdxLogOptions(
        seed,
        lines,
        files,
        gzippedFiles,
        days,
        duplicates,
        shared,
        equal,
        broken,
        skipped,
        prefixed);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
