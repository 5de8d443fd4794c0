package org.lyceum.pipelines;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.pipelines.run.Outputs;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.zoom.GeoIp;
import org.lyceum.transforms.zoom.ZoomAccess;
import org.lyceum.transforms.zoom.ZoomConfig;
import org.lyceum.transforms.zoom.ZoomDays;

/**
 * Checked settings of the harvest of Zoom.
 *
 * @param geoIpDb database of where addresses are; blank for none
 * @param groupSize most meetings of a commit
 */
record HarvestZoomConfig(
    ZoomAccess access,
    Outputs outputs,
    String geoIpDb,
    String feed,
    ZoomDays.Asked asked,
    int groupSize,
    Clock clock,
    String reason,
    boolean replace) {
  private static final int MEETINGS_OF_A_COMMIT = 300;

  /**
   * Settings of a person.
   *
   * @param http how hosts are asked, but for the pace
   */
  static HarvestZoomConfig from(
      LyceumOptions.HarvestZoom options,
      Map<String, String> environment,
      HttpSettings http,
      Clock clock) {
    HarvestSettings settings = new HarvestSettings(environment);
    ZoomConfig zoom = zoom(settings, environment);
    Outputs outputs = Outputs.withIndexes(options.getOutput(), environment);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate from = day("FROM", options.getFrom());
    LocalDate to = day("TO", options.getTo());
    checkDays(from, to, today);
    if (!outputs.hasLake() && from == null) {
      throw new Refusal(
          Exit.WRONG_USE,
          "OUTPUT=" + options.getOutput() + " without the lake: say the days, FROM= and TO=");
    }
    if (from != null && to == null) {
      to = from.isBefore(today) ? today.minusDays(1) : today;
    }
    Duration rest = Duration.ofSeconds(HarvestSettings.number("WAIT", options.getWait(), 0));
    int atATime = (int) settings.number("ZOOM_CONCURRENCY", 1, "4");
    return new HarvestZoomConfig(
        new ZoomAccess(zoom, http.withPace(atATime, rest)),
        outputs,
        geoIpDb(settings),
        feed(options.getFeed(), zoom),
        new ZoomDays.Asked(
            from,
            to,
            Flags.isOn("FORCE", options.getForce()),
            Duration.ofHours(
                HarvestSettings.number("ZOOM_SETTLE_HOURS", options.getSettleHours(), 1))),
        MEETINGS_OF_A_COMMIT,
        clock,
        settings.reason(),
        Flags.isOn("REPLACE", options.getReplace()));
  }

  /** The same with smaller commits. */
  HarvestZoomConfig withGroups(int meetings) {
    return new HarvestZoomConfig(
        access, outputs, geoIpDb, feed, asked, meetings, clock, reason, replace);
  }

  /** Opened once here, so that one that is none is refused before anything is asked. */
  private static String geoIpDb(HarvestSettings settings) {
    String named = settings.text("GEOIP_DB");
    String file = named.isEmpty() ? settings.text("GEOLITE_PATH") : named;
    GeoIp.open(file).close();
    return file;
  }

  private static ZoomConfig zoom(HarvestSettings settings, Map<String, String> environment) {
    for (String name : new String[] {"ZOOM_ACCOUNT_ID", "ZOOM_KEY", "ZOOM_SECRET"}) {
      if (settings.text(name).isEmpty()) {
        throw new Refusal(
            Exit.WRONG_USE,
            name
                + " is missing: Zoom's API v2 wants account id (ZOOM_ACCOUNT_ID), client id"
                + " (ZOOM_KEY) and client secret (ZOOM_SECRET) of a server-to-server OAuth"
                + " application");
      }
    }
    return new ZoomConfig(
        url("ZOOM_API_URL", settings, ZoomConfig.API),
        url("ZOOM_OAUTH_URL", settings, ZoomConfig.OAUTH),
        settings.text("ZOOM_ACCOUNT_ID"),
        settings.text("ZOOM_KEY"),
        environment.get("ZOOM_SECRET"),
        listing(settings.text("ZOOM_LISTING")),
        ZoomConfig.LARGEST_PAGE);
  }

  private static ZoomConfig.Listing listing(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "", "metrics" -> ZoomConfig.Listing.METRICS;
      case "report" -> ZoomConfig.Listing.REPORT;
      default ->
          throw new Refusal(
              Exit.WRONG_USE,
              "ZOOM_LISTING="
                  + name
                  + ": it is metrics (accounts with a dashboard) or report (the others)");
    };
  }

  private static URI url(String name, HarvestSettings settings, URI otherwise) {
    String text = settings.text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      URI url = URI.create(text.replaceFirst("/+$", ""));
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw wrongUrl(name, otherwise, e);
    }
    throw wrongUrl(name, otherwise, null);
  }

  private static Refusal wrongUrl(String name, URI example, Exception cause) {
    return new Refusal(Exit.WRONG_USE, name + " is no URL such as " + example, cause);
  }

  private static LocalDate day(String name, String text) {
    try {
      return text.isBlank() ? null : LocalDate.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new Refusal(
          Exit.WRONG_USE, name + "=" + text + ": it is a UTC day such as 2026-03-01", e);
    }
  }

  private static void checkDays(LocalDate from, LocalDate to, LocalDate today) {
    if (to != null && from == null) {
      throw new Refusal(Exit.WRONG_USE, "TO=" + to + " stands with FROM only");
    }
    if (to != null && to.isBefore(from)) {
      throw new Refusal(Exit.WRONG_USE, "TO=" + to + " lies before FROM=" + from);
    }
    LocalDate last = to == null ? from : to;
    if (last != null && last.isAfter(today)) {
      throw new Refusal(Exit.WRONG_USE, last + " has not begun: it is " + today + " in UTC");
    }
  }

  /** The feed as it was told, else the host. */
  private static String feed(String told, ZoomConfig zoom) {
    return Flags.feed(
        told == null || told.isBlank() ? zoom.api().getHost().toLowerCase(Locale.ROOT) : told);
  }
}
