package org.lyceum.testdata;

import java.time.LocalDate;

/**
 * What days of stored OpenStax events shall be like.
 *
 * @param days days of storage, from {@link #FIRST_DAY} on
 * @param filesPerDay files of a day, over all types; from 20 on sessions are whole
 * @param rowsPerFile rows of a file
 * @param seed same seed, same bytes
 * @param isDirty with copies, rows that must fail, broken and empty files, and files of other
 *     writers
 */
public record OpenStaxOptions(
    int days, int filesPerDay, int rowsPerFile, long seed, boolean isDirty) {
  public static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 1);

  public OpenStaxOptions {
    if (days < 1 || filesPerDay < 1 || rowsPerFile < 1) {
      throw new IllegalArgumentException("days, files and rows are one at least");
    }
  }

  /** As the source stores a day: many small files. */
  public static OpenStaxOptions dirty(int days, int filesPerDay) {
    return new OpenStaxOptions(days, filesPerDay, 40, 1, true);
  }

  /** Nothing that a plain reader would stop at. */
  public static OpenStaxOptions clean(int days, int filesPerDay) {
    return new OpenStaxOptions(days, filesPerDay, 40, 1, false);
  }
}
