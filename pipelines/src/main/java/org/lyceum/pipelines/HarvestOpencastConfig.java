package org.lyceum.pipelines;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.pipelines.run.Outputs;
import org.lyceum.transforms.io.S3Settings;
import org.lyceum.transforms.io.StoredText;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.opencast.ActionPlan;
import org.lyceum.transforms.opencast.OpencastAccess;

/**
 * Checked settings of the harvest of Opencast's user actions.
 *
 * @param batchSize most actions of a page
 * @param episodesExpire how long the lake's row of an episode is good
 * @param s3 where the old harvester kept the time that it had come to
 * @param bucket blank if there was none
 */
record HarvestOpencastConfig(
    OpencastAccess access,
    Outputs outputs,
    String feed,
    ActionPlan.Asked asked,
    int batchSize,
    Duration episodesExpire,
    S3Settings s3,
    String bucket,
    String key,
    String reason,
    boolean replace) {

  /**
   * Settings of a person.
   *
   * @param http how hosts are asked, but for the pace
   */
  static HarvestOpencastConfig from(
      LyceumOptions.HarvestOpencast options, Map<String, String> environment, HttpSettings http) {
    HarvestSettings settings = new HarvestSettings(environment);
    OpencastAccess access = settings.opencast(http, options.getWait());
    Outputs outputs = Outputs.of(options.getOutput(), environment);
    Instant from = HarvestSettings.time("FROM", options.getFrom(), settings.zone(), false);
    Instant to = HarvestSettings.time("TO", options.getTo(), settings.zone(), true);
    HarvestSettings.checkOrder(from, to);
    String interval = options.getInterval().strip();
    if (!outputs.hasLake() && from == null && interval.isEmpty()) {
      throw new Refusal(
          Exit.WRONG_USE,
          "OUTPUT=" + options.getOutput() + " without the lake: say FROM= or INTERVAL=<minutes>");
    }
    boolean isForced = Flags.isOn("FORCE", options.getForce());
    return new HarvestOpencastConfig(
        access,
        outputs,
        HarvestSettings.feed(options.getFeed(), access),
        new ActionPlan.Asked(
            from,
            to,
            Duration.ofMinutes(
                interval.isEmpty()
                    ? settings.number("DEFAULT_INTERVAL", 1, "2")
                    : HarvestSettings.number("INTERVAL", interval, 1)),
            Duration.ofMinutes(settings.number("OVERLAP", 0, "10")),
            Duration.ofHours(settings.number("WINDOW_HOURS", 1, "24")),
            mostSpan(settings)),
        (int) settings.number("BATCH_SIZE", 2, "1000"),
        Duration.ofSeconds(isForced ? 0 : settings.number("EPISODE_CACHE_EXPIRE", 0, "900")),
        S3Settings.of(environment),
        settings.text("S3_HARVEST_TS_BUCKET"),
        settings.text("S3_LAST_ACTION_TS_KEY"),
        settings.reason(),
        Flags.isOn("REPLACE", options.getReplace()));
  }

  private static Duration mostSpan(HarvestSettings settings) {
    long seconds = settings.number("MAX_START_END_SPAN", 0, "0");
    boolean isUnchecked =
        seconds == 0
            || Flags.isOn(
                "DISABLE_START_END_SPAN_CHECK", settings.text("DISABLE_START_END_SPAN_CHECK"));
    return isUnchecked ? null : Duration.ofSeconds(seconds);
  }

  /** Where the old harvester ended; it wrote that in the host's zone. */
  Optional<Instant> stored() {
    return bucket.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : StoredText.read(s3, bucket, key)
            .map(
                text ->
                    HarvestSettings.time(
                        "S3_LAST_ACTION_TS_KEY", text, access.hosts().zone(), false));
  }
}
