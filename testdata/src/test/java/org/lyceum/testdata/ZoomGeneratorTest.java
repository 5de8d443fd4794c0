package org.lyceum.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ZoomGeneratorTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ZoomGenerator generator =
      new ZoomGenerator(7, ZoomGenerator.FIRST_DAY, 8, ZoomGenerator.EVERY_KIND);
  private final ZoomTruth truth = generator.truth();

  @TempDir private Path folder;

  @Test
  void theSameSeedGivesTheSameMeetings() {
    assertEquals(generator.meetings(), again(7).meetings());
    assertEquals(truth, again(7).truth());
    assertNotEquals(generator.meetings(), again(8).meetings());
  }

  private static ZoomGenerator again(long seed) {
    return new ZoomGenerator(seed, ZoomGenerator.FIRST_DAY, 8, ZoomGenerator.EVERY_KIND);
  }

  @Test
  void theTruthIsWhatTheTextsSay() {
    Map<String, Long> meetingsByDay = new TreeMap<>();
    Map<String, Long> sessionsByDay = new TreeMap<>();
    long noTime = 0;
    long sessions = 0;
    long reportSessions = 0;
    for (ZoomMeetingTexts meeting : generator.meetings()) {
      sessions += meeting.metricsParticipants().size();
      reportSessions += meeting.reportParticipants().size();
      String start = start(meeting);
      if (start.isEmpty()) {
        noTime++;
      } else {
        meetingsByDay.merge(start.substring(0, 10), 1L, Long::sum);
        sessionsByDay.merge(
            start.substring(0, 10), (long) meeting.metricsParticipants().size(), Long::sum);
      }
    }
    assertEquals(Map.of("no_time", noTime), truth.failed());
    assertEquals(meetingsByDay, truth.meetingsByDay());
    assertEquals(sessionsByDay, truth.sessionsByDay());
    assertEquals(truth.meetings(), truth.parsed() + noTime);
    assertEquals(sessions, truth.sessions());
    assertEquals(reportSessions, truth.reportSessions());
    assertEquals(
        generator.meetings().stream().filter(m -> !m.report().isEmpty()).count(),
        truth.reportMeetings());
  }

  @Test
  void oneMeetingIsWhatFollowsWithinFifteenMinutes() {
    Map<Long, List<ZoomMeetingTexts>> byId = new HashMap<>();
    generator.meetings().stream()
        .filter(meeting -> !start(meeting).isEmpty())
        .forEach(m -> byId.computeIfAbsent(m.id(), id -> new ArrayList<>()).add(m));
    long groups = 0;
    for (List<ZoomMeetingTexts> instances : byId.values()) {
      instances.sort(Comparator.comparing(ZoomMeetingTexts::listedAt));
      Instant open = Instant.MIN;
      for (ZoomMeetingTexts instance : instances) {
        groups += instance.listedAt().isAfter(open.plus(Duration.ofMinutes(15))) ? 1 : 0;
        open = instance.endedAt();
      }
    }
    assertEquals(groups, truth.meetingGroups());
    assertTrue(groups < truth.parsed());
  }

  /** As a view must count it: the union of the stays within the meeting. */
  @Test
  void attendanceIsTheUnionOfStays() {
    Map<String, ZoomMeetingTexts> byUuid = new HashMap<>();
    Map<String, List<JsonNode>> sessions = new HashMap<>();
    for (ZoomMeetingTexts meeting : generator.meetings()) {
      byUuid.put(meeting.uuid(), meeting);
      sessions.put(
          meeting.uuid(),
          meeting.metricsParticipants().stream().map(ZoomGeneratorTest::tree).toList());
    }
    assertEquals(truth.meetings(), byUuid.size(), "uuids are unique");
    for (ZoomTruth.Attendance attendance : truth.attendance()) {
      long start = byUuid.get(attendance.uuid()).listedAt().getEpochSecond();
      long end = byUuid.get(attendance.uuid()).endedAt().getEpochSecond();
      List<JsonNode> stays =
          sessions.get(attendance.uuid()).stream()
              .filter(session -> person(session).equals(attendance.person()))
              .toList();
      BitSet seconds = new BitSet();
      for (JsonNode stay : stays) {
        long joined = Math.max(start, second(stay.path("join_time")));
        long left = Math.min(end, second(stay.path("leave_time")));
        seconds.set((int) (joined - start), (int) (left - start));
      }
      assertEquals(attendance.sessions(), stays.size());
      assertEquals(attendance.seconds(), seconds.cardinality());
    }
  }

  @Test
  void oddUuidsAndFormsAreThere() {
    List<String> uuids = generator.meetings().stream().map(ZoomMeetingTexts::uuid).toList();
    assertTrue(uuids.stream().allMatch(uuid -> uuid.length() == 24 && uuid.endsWith("==")));
    assertTrue(uuids.stream().anyMatch(uuid -> uuid.startsWith("/")));
    assertTrue(uuids.stream().anyMatch(uuid -> uuid.substring(1).contains("//")));
    assertTrue(uuids.stream().anyMatch(uuid -> uuid.contains("+")));
    List<String> durations =
        generator.meetings().stream()
            .map(meeting -> tree(meeting.metrics()).path("duration").asText())
            .toList();
    assertTrue(durations.contains(""));
    assertTrue(durations.stream().anyMatch(text -> text.matches("[0-9]{2}:[0-9]{2}")));
    assertTrue(durations.stream().anyMatch(text -> text.matches("0[1-9]:[0-9]{2}:[0-9]{2}")));
    assertTrue(
        generator.meetings().stream()
            .anyMatch(m -> m.metricsParticipants().size() == 1 && m.report().isEmpty()));
  }

  @Test
  void theCommandWritesWhatTheServerReads() throws Exception {
    int status =
        new CommandLine(new GenerateZoom())
            .execute("--out=" + folder, "--days=1", "--meetings=2", "--seed=7");
    assertEquals(0, status);
    assertEquals(3, Files.readAllLines(folder.resolve("users.jsonl")).size());
    JsonNode first = tree(Files.readAllLines(folder.resolve("meetings.jsonl")).get(0));
    assertEquals(first.path("uuid"), first.path("metrics").path("uuid"));
    assertEquals(first.path("uuid"), first.path("report").path("uuid"));
    JsonNode written = tree(Files.readString(folder.resolve("truth.json")));
    assertEquals(
        Files.readAllLines(folder.resolve("meetings.jsonl")).size(),
        written.path("meetings").asInt());
  }

  /** Where it says none: the first join. */
  private static String start(ZoomMeetingTexts meeting) {
    String start = tree(meeting.metrics()).path("start_time").asText();
    return start.isEmpty()
        ? meeting.metricsParticipants().stream()
            .map(session -> tree(session).path("join_time").asText())
            .min(Comparator.naturalOrder())
            .orElse("")
        : start;
  }

  private static String person(JsonNode session) {
    String id = session.path("participant_user_id").asText();
    String email = session.path("email").asText().toLowerCase(Locale.ROOT);
    return !id.isEmpty()
        ? id
        : !email.isEmpty() ? email : "name:" + session.path("user_name").asText();
  }

  private static long second(JsonNode time) {
    return Instant.parse(time.asText()).getEpochSecond();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("The generator wrote what is not JSON", e);
    }
  }
}
