package org.lyceum.pipelines;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.pipelines.run.Outputs;
import org.lyceum.transforms.documents.ElasticsearchSettings;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.opencast.OpencastAccess;

/**
 * Checked settings of the harvest of Opencast's episodes.
 *
 * @param mpids media packages; those that were watched when empty
 * @param targetIndex of Elasticsearch that the documents go to
 */
record HarvestEpisodesConfig(
    OpencastAccess access,
    Outputs outputs,
    String feed,
    List<String> mpids,
    Watched watched,
    String targetIndex,
    String reason,
    boolean replace) {

  /**
   * Where it stands which media packages were watched: the lake's actions of a time, or indexes of
   * Elasticsearch.
   *
   * @param to is not part of the time
   * @param indexes blank for the lake
   * @param elasticsearch null for the lake
   */
  record Watched(Instant from, Instant to, String indexes, ElasticsearchSettings elasticsearch) {}

  /**
   * Settings of a person; yesterday without FROM.
   *
   * @param http how hosts are asked, but for the pace
   */
  static HarvestEpisodesConfig from(
      LyceumOptions.HarvestEpisodes options,
      Map<String, String> environment,
      HttpSettings http,
      Clock clock) {
    HarvestSettings settings = new HarvestSettings(environment);
    OpencastAccess access = settings.opencast(http, options.getWait());
    Instant from = HarvestSettings.time("FROM", options.getFrom(), settings.zone(), false);
    Instant to = HarvestSettings.time("TO", options.getTo(), settings.zone(), true);
    HarvestSettings.checkOrder(from, to);
    String indexes = options.getSourceIndexPattern().strip();
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    return new HarvestEpisodesConfig(
        access,
        Outputs.withIndexes(options.getOutput(), environment),
        HarvestSettings.feed(options.getFeed(), access),
        Stream.of(options.getMpid().split("[,\\s]+")).filter(mpid -> !mpid.isBlank()).toList(),
        new Watched(
            from == null ? today.minus(Duration.ofDays(1)) : from,
            to == null ? (from == null ? today : clock.instant()) : to,
            indexes,
            indexes.isEmpty() ? null : ElasticsearchSettings.of(environment)),
        indexName("TARGET_INDEX", options.getTargetIndex()),
        settings.reason(),
        Flags.isOn("REPLACE", options.getReplace()));
  }

  private static String indexName(String setting, String name) {
    if (!name.matches("[a-z0-9][a-z0-9._-]*")) {
      throw new Refusal(
          Exit.WRONG_USE,
          setting + "=" + name + ": an index has small letters, digits, dots, dashes, underscores");
    }
    return name;
  }
}
