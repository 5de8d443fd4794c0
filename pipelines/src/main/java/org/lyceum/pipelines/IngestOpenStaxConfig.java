package org.lyceum.pipelines;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.io.S3Settings;

/**
 * Checked settings of the OpenStax ingest.
 *
 * @param input a folder or s3://bucket/prefix: LYCEUM_INPUT of the environment, so that no shell
 *     reads it
 * @param from first storage day; null for all
 * @param to last storage day; null for all
 */
record IngestOpenStaxConfig(
    String input,
    LocalDate from,
    LocalDate to,
    String feed,
    String reason,
    boolean force,
    boolean replace,
    S3Settings s3) {

  static IngestOpenStaxConfig from(
      LyceumOptions.IngestOpenStax options, Map<String, String> environment) {
    String reason = environment.getOrDefault("LYCEUM_REASON", "").strip();
    LocalDate from = day("FROM", options.getFrom());
    LocalDate to = day("TO", options.getTo());
    if (from != null && to != null && to.isBefore(from)) {
      throw new Refusal(Exit.WRONG_USE, "TO=" + to + " lies before FROM=" + from);
    }
    return new IngestOpenStaxConfig(
        environment.getOrDefault("LYCEUM_INPUT", ""),
        from,
        to,
        Flags.feed(options.getFeed()),
        reason.isEmpty() ? null : reason,
        Flags.isOn("FORCE", options.getForce()),
        Flags.isOn("REPLACE", options.getReplace()),
        S3Settings.of(environment));
  }

  private static LocalDate day(String name, String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(value.strip());
    } catch (DateTimeParseException e) {
      throw new Refusal(
          Exit.WRONG_USE, name + "=" + value + ": it is a storage day such as 2026-03-01", e);
    }
  }
}
