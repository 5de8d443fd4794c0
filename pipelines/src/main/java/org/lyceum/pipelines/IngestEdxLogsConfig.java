package org.lyceum.pipelines;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.pipelines.run.LyceumOptions;

/**
 * Checked settings of the edX log ingest.
 *
 * @param input files, folders and globs: LYCEUM_INPUT of the environment, so that no shell reads it
 * @param columns optional columns to write; all when empty
 */
record IngestEdxLogsConfig(
    String input,
    String feed,
    String reason,
    boolean force,
    boolean replace,
    List<String> columns) {

  static IngestEdxLogsConfig from(
      LyceumOptions.IngestEdxLogs options, Map<String, String> environment) {
    String reason = environment.getOrDefault("LYCEUM_REASON", "").strip();
    return new IngestEdxLogsConfig(
        environment.getOrDefault("LYCEUM_INPUT", ""),
        Flags.feed(options.getFeed()),
        reason.isEmpty() ? null : reason,
        Flags.isOn("FORCE", options.getForce()),
        Flags.isOn("REPLACE", options.getReplace()),
        Stream.of(options.getColumns().split(",")).filter(name -> !name.isBlank()).toList());
  }
}
