package org.lyceum.testdata;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * Options in; user actions, episodes and workflows of an Opencast out, as the host would send them,
 * and the truth about them. The same options give the same bytes.
 */
public final class OpencastGenerator {

  /**
   * A user action.
   *
   * @param created when the host stored it; a broken action may not say so
   * @param json as the host lists it
   */
  public record Action(Instant created, String json) {}

  /**
   * An episode that the host has.
   *
   * @param old its search result before Opencast 16
   * @param young the same since Opencast 16
   */
  public record Episode(String mpid, String old, String young) {}

  /** A workflow of an episode. */
  public record Workflow(String mpid, String json) {}

  private final List<Action> actions = new ArrayList<>();
  private final List<Episode> episodes = new ArrayList<>();
  private final List<Workflow> workflows = new ArrayList<>();
  private final OpencastTruth truth;

  public OpencastGenerator(OpencastOptions options) {
    List<OpencastLecture> lectures = OpencastLecture.all(options);
    SortedMap<String, Long> failed = new TreeMap<>();
    SortedMap<String, Long> byDay = new TreeMap<>();
    SortedMap<String, Long> byType = new TreeMap<>();
    long parsed = 0;
    long live = 0;
    long withoutUser = 0;
    long withoutEpisode = 0;
    for (OpencastVisits.Made made : OpencastVisits.all(options, lectures)) {
      actions.add(new Action(made.created(), made.json()));
      if (made.isBroken()) {
        failed.merge(made.code(), 1L, Long::sum);
        continue;
      }
      parsed++;
      byDay.merge(made.created().toString().substring(0, 10), 1L, Long::sum);
      byType.merge(made.type(), 1L, Long::sum);
      live += made.isLive() ? 1 : 0;
      withoutUser += made.hasUser() ? 0 : 1;
      withoutEpisode += made.lecture().isMissing() ? 1 : 0;
    }
    for (OpencastLecture lecture : lectures) {
      if (!lecture.isMissing()) {
        episodes.add(new Episode(lecture.mpid(), lecture.oldResult(), lecture.newResult()));
        lecture.workflows().forEach(json -> workflows.add(new Workflow(lecture.mpid(), json)));
      }
    }
    List<OpencastLecture> kept = lectures.stream().filter(l -> !l.isMissing()).toList();
    truth =
        new OpencastTruth(
            actions.size(),
            failed,
            parsed,
            byDay,
            byType,
            live,
            withoutUser,
            withoutEpisode,
            kept.size(),
            lectures.size() - kept.size(),
            kept.stream().filter(lecture -> !lecture.hasAttachments()).count(),
            kept.stream().mapToLong(OpencastLecture::slides).sum(),
            kept.stream().filter(OpencastLecture::isLive).count(),
            kept.stream().filter(OpencastLecture::isAvailable).count());
  }

  /** Writes them to a folder; see {@link GenerateOpencast}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GenerateOpencast()).execute(args));
  }

  /** In the order of their creation. */
  public List<Action> actions() {
    return List.copyOf(actions);
  }

  /** Those that the host has. */
  public List<Episode> episodes() {
    return List.copyOf(episodes);
  }

  public List<Workflow> workflows() {
    return List.copyOf(workflows);
  }

  public OpencastTruth truth() {
    return truth;
  }
}
