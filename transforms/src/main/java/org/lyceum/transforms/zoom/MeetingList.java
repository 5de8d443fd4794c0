package org.lyceum.transforms.zoom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.parse.EventTime;
import org.lyceum.transforms.parse.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UTC days in, the past meetings out that began on them, or may have, each with the series that its
 * host's listing has. Zoom is asked for one day either side, because it may mean other days. For
 * one thread.
 */
public final class MeetingList {
  private static final Logger LOG = LoggerFactory.getLogger(MeetingList.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ZoomClient client;
  private final ZoomConfig config;
  private final NavigableSet<LocalDate> days;
  private final ZoomMeetingParser parser = new ZoomMeetingParser();
  private final int startedAt = parser.contract().ordinal("occurred_at");
  private final int endTime = parser.contract().ordinal("end_time");
  private final int seriesId = parser.contract().ordinal("series_id");
  private final int hostEmail = parser.contract().ordinal("host_email");
  private final Map<String, ListedMeeting> meetings = new LinkedHashMap<>();
  private final Map<String, String> seriesOf = new HashMap<>();
  private final Set<String> hosts = new TreeSet<>();
  private final Set<String> containers = new TreeSet<>();

  private MeetingList(ZoomClient client, ZoomConfig config, Collection<LocalDate> days) {
    this.client = client;
    this.config = config;
    this.days = new TreeSet<>(days);
  }

  /**
   * What Zoom has of some days.
   *
   * @param meetings that began on them, or may have
   * @param containers of all that were listed, on other days too
   */
  public record Listed(List<ListedMeeting> meetings, Set<String> containers) {}

  /**
   * Asks for them.
   *
   * @param today the last day that Zoom can have anything of
   * @throws HttpFailureException if not all could be read
   */
  public static Listed of(
      ZoomClient client, ZoomConfig config, Collection<LocalDate> days, LocalDate today) {
    MeetingList list = new MeetingList(client, config, days);
    list.read(today);
    return new Listed(list.withSeries(), list.containers);
  }

  private void read(LocalDate today) {
    NavigableSet<LocalDate> asked = new TreeSet<>();
    for (LocalDate day : days) {
      for (LocalDate near : List.of(day.minusDays(1), day, day.plusDays(1))) {
        if (!near.isAfter(today) && !near.isBefore(today.minusMonths(6))) {
          asked.add(near);
        }
      }
      asked.add(day);
    }
    while (!asked.isEmpty()) {
      LocalDate first = asked.pollFirst();
      LocalDate last = first;
      while (!asked.isEmpty() && asked.first().equals(last.plusDays(1))) {
        last = asked.pollFirst();
      }
      client.meetings(first, last).forEach(this::add);
    }
  }

  private void add(ZoomMeeting meeting) {
    Row row = Row.of(parser.contract());
    Verdict verdict = parser.parse(meeting.json(), null, null, row);
    boolean isParsed = verdict.kind() == Verdict.Kind.PARSED;
    Long start = isParsed ? (Long) row.get(startedAt) : verdict.occurredAt();
    LocalDate endDay = day((Long) row.get(endTime));
    boolean hasUuid =
        ZoomPlaces.isUuid(meeting.uuid()) && !ListedMeeting.isWithoutUuid(meeting.uuid());
    String container =
        hasUuid
            ? meeting.uuid()
            : ListedMeeting.containerWithoutUuid(
                path(), Digests.text(Digests.of("", meeting.json())));
    containers.add(container);
    LocalDate day = start == null ? dayNear(endDay) : day(start);
    if (day == null || !days.contains(day)) {
      return;
    }
    meetings.put(
        container, new ListedMeeting(container, hasUuid, day, endDay, meeting.json(), null));
    if (row.get(seriesId) != null) {
      seriesOf.put(container, row.get(seriesId).toString());
    }
    if (row.get(hostEmail) != null) {
      hosts.add(row.get(hostEmail).toString().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Of a meeting that does not say its start: a day that is harvested on which it may have been.
   */
  private LocalDate dayNear(LocalDate endDay) {
    if (endDay == null) {
      return days.last();
    }
    return days.contains(endDay) ? endDay : endDay.minusDays(1);
  }

  private static LocalDate day(Long micros) {
    return micros == null ? null : LocalDate.parse(EventTime.day(micros));
  }

  private String path() {
    return switch (config.listing()) {
      case METRICS -> "/metrics/meetings";
      case REPORT -> "/report/users/meetings";
    };
  }

  private List<ListedMeeting> withSeries() {
    Map<String, byte[]> series = series();
    List<ListedMeeting> all = new ArrayList<>();
    for (ListedMeeting meeting : meetings.values()) {
      all.add(meeting.withSeries(series.get(seriesOf.getOrDefault(meeting.container(), ""))));
    }
    return all;
  }

  /** What the hosts of these meetings planned, which says who the host is and what it is about. */
  private Map<String, byte[]> series() {
    Map<String, byte[]> series = new HashMap<>();
    try {
      for (ZoomUser user : hosts.isEmpty() ? List.<ZoomUser>of() : client.users()) {
        if (hosts.contains(email(user))) {
          client.series(user.id()).forEach(one -> series.put(one.id(), one.json()));
        }
      }
    } catch (HttpFailureException e) {
      if (e.kind() != HttpFailureException.Kind.AUTH_REFUSED) {
        throw e;
      }
      LOG.warn("Meetings are without the series of their hosts: {}", e.getMessage());
      series.clear();
    }
    return series;
  }

  private static String email(ZoomUser user) {
    try {
      JsonNode email = JSON.readTree(user.json()).path("email");
      return email.asText().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      return "";
    }
  }
}
