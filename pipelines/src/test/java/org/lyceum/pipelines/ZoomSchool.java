package org.lyceum.pipelines;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.stack.ServedZoomMeeting;
import org.lyceum.stack.ServedZoomUser;
import org.lyceum.stack.ZoomServer;
import org.lyceum.testdata.ZoomGenerator;
import org.lyceum.testdata.ZoomTruth;
import org.lyceum.transforms.io.http.HttpSettings;

/** A school's Zoom, and the real pipeline that harvests it. */
final class ZoomSchool implements AutoCloseable {
  private static final LocalDate FIRST_DAY = ZoomGenerator.FIRST_DAY;

  /** No harvest of a test waits for a host. */
  private static final HttpSettings HTTP =
      HttpSettings.defaults()
          .withAttempts(1)
          .withRateLimitPatience(Duration.ZERO)
          .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(5));

  private final Hands clock = new Hands();
  private final ZoomServer server = ZoomServer.start(clock);
  private final Map<String, String> environment = new TreeMap<>();
  private int groupSize = 20;

  ZoomSchool() {
    environment.put("ZOOM_API_URL", server.apiUri().toString());
    environment.put("ZOOM_OAUTH_URL", server.oauthUri().toString());
    environment.put("ZOOM_ACCOUNT_ID", ZoomServer.ACCOUNT_ID);
    environment.put("ZOOM_KEY", ZoomServer.CLIENT_ID);
    environment.put("ZOOM_SECRET", ZoomServer.CLIENT_SECRET);
    environment.put("ZOOM_CONCURRENCY", "1");
  }

  /** A clock that tests set. */
  static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-03-05T06:00:00Z");

    @Override
    public synchronized Instant instant() {
      return now;
    }

    synchronized void plus(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("nobody asks for another zone");
    }
  }

  Hands clock() {
    return clock;
  }

  ZoomServer server() {
    return server;
  }

  void setting(String name, String value) {
    environment.put(name, value);
  }

  /** Most meetings of a commit. */
  void groups(int meetings) {
    groupSize = meetings;
  }

  /** The first seed whose meetings all begin on these days, those of a host who reconnects too. */
  static ZoomGenerator generator(int days) {
    for (long seed = 1; ; seed++) {
      ZoomGenerator generator = new ZoomGenerator(seed, FIRST_DAY, days, ZoomGenerator.EVERY_KIND);
      if (generator.truth().meetingsByDay().size() == days) {
        return generator;
      }
    }
  }

  ZoomTruth serve(int days) {
    ZoomGenerator generator = generator(days);
    generator.users().forEach(user -> server.add(ServedZoomUser.read(user)));
    generator.meetings().forEach(meeting -> server.add(ServedZoomMeeting.read(meeting.line())));
    return generator.truth();
  }

  /** What a process of its own needs to know. */
  Map<String, String> settings() {
    return environment;
  }

  /** The harvest with the clock as it stands at first, in a process of its own. */
  public static void main(String[] arguments) {
    Exit.with(
        () ->
            harvest(
                Lake.fromEnvironment(),
                new TreeMap<>(System.getenv()),
                new Hands(),
                Integer.parseInt(System.getenv("GROUP_SIZE")),
                arguments));
  }

  Exit.Outcome harvest(Lake lake, String... more) throws IOException {
    return harvest(lake, environment, clock, groupSize, more);
  }

  private static Exit.Outcome harvest(
      Lake lake, Map<String, String> environment, Clock clock, int groupSize, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--on=direct", "--feed=school", "--wait=0"));
    arguments.addAll(List.of(more));
    var options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
            .as(LyceumOptions.HarvestZoom.class);
    return HarvestZoomPipeline.run(
        lake,
        options,
        HarvestZoomConfig.from(options, environment, HTTP, clock).withGroups(groupSize));
  }

  @Override
  public void close() {
    server.close();
  }
}
