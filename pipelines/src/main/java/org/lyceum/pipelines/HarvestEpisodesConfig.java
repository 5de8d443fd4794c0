package org.lyceum.pipelines;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.pipelines.run.Outputs;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.opencast.OpencastAccess;

/**
 * Checked settings of the harvest of Opencast's episodes.
 *
 * @param mpids media packages; those that were watched in a time when empty
 * @param from of that time
 * @param to of that time, which is not part of it
 */
record HarvestEpisodesConfig(
    OpencastAccess access,
    Outputs outputs,
    String feed,
    List<String> mpids,
    Instant from,
    Instant to,
    String reason,
    boolean replace) {

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
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    return new HarvestEpisodesConfig(
        access,
        Outputs.of(options.getOutput()),
        HarvestSettings.feed(options.getFeed(), access),
        Stream.of(options.getMpid().split("[,\\s]+")).filter(mpid -> !mpid.isBlank()).toList(),
        from == null ? today.minus(Duration.ofDays(1)) : from,
        to == null ? (from == null ? today : clock.instant()) : to,
        settings.reason(),
        Flags.isOn("REPLACE", options.getReplace()));
  }
}
