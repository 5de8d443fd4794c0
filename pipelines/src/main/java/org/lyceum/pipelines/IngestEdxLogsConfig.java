package org.lyceum.pipelines;

import java.util.List;
import java.util.stream.Stream;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.pipelines.run.LyceumOptions;

/**
 * Checked settings of the edX log ingest.
 *
 * @param columns optional columns to write; all when empty
 */
record IngestEdxLogsConfig(
    String input,
    String feed,
    String reason,
    boolean force,
    boolean replace,
    List<String> columns) {

  static IngestEdxLogsConfig from(LyceumOptions.IngestEdxLogs options) {
    return new IngestEdxLogsConfig(
        options.getInput(),
        Flags.feed(options.getFeed()),
        options.getReason() == null || options.getReason().isBlank() ? null : options.getReason(),
        Flags.isOn("FORCE", options.getForce()),
        Flags.isOn("REPLACE", options.getReplace()),
        Stream.of(options.getColumns().split(",")).filter(name -> !name.isBlank()).toList());
  }
}
