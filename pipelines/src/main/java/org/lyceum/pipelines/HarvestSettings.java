package org.lyceum.pipelines;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.Flags;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.opencast.OpencastAccess;
import org.lyceum.transforms.opencast.OpencastHosts;

/** Text of settings in, values of both harvests of Opencast out. */
final class HarvestSettings {
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

  private final Map<String, String> environment;

  HarvestSettings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** A setting's text; blank without. */
  String text(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  /** A setting that is a whole number. */
  long number(String name, long least, String otherwise) {
    String text = text(name).isEmpty() ? otherwise : text(name);
    return number(name, text, least);
  }

  static long number(String name, String text, long least) {
    if (!text.strip().matches("\\d{1,9}") || Long.parseLong(text.strip()) < least) {
      throw new Refusal(
          Exit.WRONG_USE, name + "=" + text + ": it is a whole number from " + least + " on");
    }
    return Long.parseLong(text.strip());
  }

  /** Why, in the words of who started it; null when nobody said. */
  String reason() {
    return text("LYCEUM_REASON").isEmpty() ? null : text("LYCEUM_REASON");
  }

  /**
   * Where Opencast is and who asks.
   *
   * @param http how hosts are asked, but for the pace
   * @param wait seconds between requests
   */
  OpencastAccess opencast(HttpSettings http, String wait) {
    for (String name :
        new String[] {"MATTERHORN_ENGAGE_HOST", "MATTERHORN_REST_USER", "MATTERHORN_REST_PASS"}) {
      if (text(name).isEmpty()) {
        throw new Refusal(
            Exit.WRONG_USE, name + " is missing: say in .env where Opencast is and who asks it");
      }
    }
    URI engage = host("MATTERHORN_ENGAGE_HOST");
    URI admin =
        text("MATTERHORN_ADMIN_HOST").isEmpty() ? engage : host("MATTERHORN_ADMIN_HOST");
    Duration rest = Duration.ofSeconds(number("WAIT", wait, 0));
    return new OpencastAccess(
        hosts(engage, admin),
        text("MATTERHORN_REST_USER"),
        environment.get("MATTERHORN_REST_PASS"),
        http.withPace(http.concurrency(), rest));
  }

  private OpencastHosts hosts(URI engage, URI admin) {
    try {
      return new OpencastHosts(engage, admin, zone());
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          Exit.WRONG_USE,
          "MATTERHORN_ENGAGE_HOST and MATTERHORN_ADMIN_HOST are hosts, or URLs such as"
              + " https://engage.lyceum.example:443, without user and password",
          e);
    }
  }

  private URI host(String name) {
    String text = text(name);
    try {
      return URI.create(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Exit.WRONG_USE, name + "=" + text + ": it is a host, or a URL", e);
    }
  }

  ZoneId zone() {
    String zone = text("ENGAGE_TIMEZONE").isEmpty() ? "UTC" : text("ENGAGE_TIMEZONE");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new Refusal(
          Exit.WRONG_USE,
          "ENGAGE_TIMEZONE=" + zone + ": it is a time zone such as America/New_York",
          e);
    }
  }

  /** The feed as it was told, else the host. */
  static String feed(String told, OpencastAccess access) {
    return Flags.feed(
        told == null || told.isBlank()
            ? access.hosts().engage().getHost().toLowerCase(Locale.ROOT)
            : told);
  }

  /**
   * A UTC day, a time with its offset, or fourteen digits in the host's zone; null for a blank.
   *
   * @param isEnd whether a day stands for its end
   */
  static Instant time(String name, String text, ZoneId zone, boolean isEnd) {
    String value = text == null ? "" : text.strip();
    try {
      if (value.isEmpty()) {
        return null;
      }
      if (value.matches("\\d{14}")) {
        return LocalDateTime.parse(value, COMPACT).atZone(zone).toInstant();
      }
      if (value.matches("\\d{4}-\\d{2}-\\d{2}")) {
        LocalDate day = LocalDate.parse(value);
        return (isEnd ? day.plusDays(1) : day).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw new Refusal(
          Exit.WRONG_USE,
          name
              + "="
              + value
              + ": it is a UTC day such as 2026-03-01, a time such as 2026-03-01T10:00:00Z, or"
              + " YYYYMMDDHHmmss in ENGAGE_TIMEZONE",
          e);
    }
  }

  static void checkOrder(Instant from, Instant to) {
    if (to != null && from == null) {
      throw new Refusal(Exit.WRONG_USE, "TO=" + to + " stands with FROM only");
    }
    if (to != null && !from.isBefore(to)) {
      throw new Refusal(Exit.WRONG_USE, "TO=" + to + " does not lie after FROM=" + from);
    }
  }
}
