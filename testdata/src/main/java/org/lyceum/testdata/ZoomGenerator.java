package org.lyceum.testdata;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lyceum.testdata.ZoomPlan.Kind;
import picocli.CommandLine;

/**
 * A seed in; days of Zoom meetings, as the dashboard and as the reports have them, their hosts, and
 * the truth about them out. What happened in a meeting is decided before it is written, and nothing
 * that was written is read. The same seed gives the same meetings.
 */
public final class ZoomGenerator {
  /** A Monday. */
  public static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 2);

  /** So many others on a day, and every kind of meeting is there. */
  public static final int EVERY_KIND = 12;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ZoomPlans planned;
  private final List<ZoomMeetingTexts> meetings;

  /**
   * @param others meetings of a day beside the weekly series and the two in a personal room; kinds
   *     take turns, and some make several
   */
  public ZoomGenerator(long seed, LocalDate firstDay, int days, int others) {
    planned = new ZoomPlans(seed, firstDay);
    for (int day = 0; day < days; day++) {
      planned.day(day, others);
    }
    meetings = planned.plans().stream().map(ZoomTexts::of).toList();
  }

  /** Writes meetings and users to a folder; see {@link GenerateZoom}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GenerateZoom()).execute(args));
  }

  public List<ZoomMeetingTexts> meetings() {
    return meetings;
  }

  /** The hosts, each a JSON object: {@code user} as Zoom has it, and his {@code scheduled} list. */
  public List<String> users() {
    List<String> users = new ArrayList<>();
    for (ZoomPlan.Host host : ZoomPlans.HOSTS) {
      ObjectNode line = JSON.createObjectNode();
      line.putObject("user")
          .put("id", host.id())
          .put("first_name", host.name())
          .put("last_name", "")
          .put("display_name", host.name())
          .put("email", host.email())
          .put("type", 2)
          .put("pmi", host.personalId())
          .put("status", host.name().equals("Chandra") ? "inactive" : "active");
      putScheduled(line.putArray("scheduled"), host);
      users.add(line.toString());
    }
    return users;
  }

  private void putScheduled(ArrayNode scheduled, ZoomPlan.Host host) {
    TreeSet<Long> known = new TreeSet<>();
    for (ZoomPlan plan : planned.plans()) {
      boolean isPlanned = plan.type() == 2 || plan.type() == 8;
      if (plan.host().equals(host) && isPlanned && known.add(plan.id())) {
        scheduled
            .addObject()
            .put("uuid", plan.uuid())
            .put("id", plan.id())
            .put("host_id", host.id())
            .put("topic", plan.topic())
            .put("type", plan.type())
            .put("start_time", plan.start().toString())
            .put("timezone", "UTC");
      }
    }
  }

  public ZoomTruth truth() {
    SortedMap<String, Long> failed = new TreeMap<>();
    SortedMap<String, Long> meetingsByDay = new TreeMap<>();
    SortedMap<String, Long> sessionsByDay = new TreeMap<>();
    long sessions = 0;
    long reports = 0;
    long reportSessions = 0;
    long joined = 0;
    for (ZoomPlan plan : planned.plans()) {
      sessions += plan.sessions().size();
      if (plan.hasReport()) {
        reports++;
        reportSessions += plan.sessions().size();
      }
      if (plan.kind() == Kind.NO_TIME) {
        failed.merge("no_time", 1L, Long::sum);
      } else {
        String day = LocalDate.ofInstant(plan.start(), ZoneOffset.UTC).toString();
        meetingsByDay.merge(day, 1L, Long::sum);
        sessionsByDay.merge(day, (long) plan.sessions().size(), Long::sum);
      }
      joined += plan.kind() == Kind.RECONNECT ? 1 : 0;
    }
    long parsed = meetingsByDay.values().stream().mapToLong(Long::longValue).sum();
    // Of the four of a reconnected meeting three are one.
    return new ZoomTruth(
        meetings.size(),
        failed,
        parsed,
        sessions,
        meetingsByDay,
        sessionsByDay,
        reports,
        reportSessions,
        parsed - joined / 4 * 2,
        planned.attendance());
  }
}
