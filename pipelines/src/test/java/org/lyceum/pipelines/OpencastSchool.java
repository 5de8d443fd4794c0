package org.lyceum.pipelines;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.stack.OpencastServer;
import org.lyceum.testdata.OpencastGenerator;
import org.lyceum.testdata.OpencastOptions;
import org.lyceum.testdata.OpencastTruth;
import org.lyceum.transforms.io.http.HttpSettings;

/** A school's Opencast, and the real pipelines that harvest it. */
final class OpencastSchool implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");

  private final ZoneId zone = ZoneId.of("America/New_York");
  private final OpencastGenerator generator = new OpencastGenerator(OpencastOptions.small(4));
  private final OpencastServer server = OpencastServer.start(0, "frieda", "sesame", zone);
  private final Map<String, String> settings = new TreeMap<>();
  private volatile Instant now = NOW;

  OpencastSchool() {
    generator.actions().forEach(action -> server.action(action.created(), action.json()));
    generator.episodes().forEach(one -> server.episode(one.mpid(), one.old(), one.young()));
    generator.workflows().forEach(one -> server.workflow(one.mpid(), one.json()));
    server.clock(() -> now);
    settings.put("MATTERHORN_ENGAGE_HOST", server.uri().toString());
    settings.put("MATTERHORN_REST_USER", "frieda");
    settings.put("MATTERHORN_REST_PASS", "sesame");
    settings.put("ENGAGE_TIMEZONE", zone.getId());
    settings.put("BATCH_SIZE", "100");
    settings.put("WINDOW_HOURS", "240");
  }

  OpencastServer server() {
    return server;
  }

  OpencastTruth truth() {
    return generator.truth();
  }

  /** Media packages that the host has. */
  List<String> mpids() {
    return generator.episodes().stream().map(OpencastGenerator.Episode::mpid).toList();
  }

  void setting(String name, String value) {
    settings.put(name, value);
  }

  /** What a process of its own needs to know. */
  Map<String, String> settings() {
    return settings;
  }

  /** What time it is at the host. */
  void now(Instant time) {
    now = time;
  }

  /** Does something after so many further replies. */
  void after(int replies, Runnable deed) {
    AtomicInteger left = new AtomicInteger(replies);
    server.clock(
        () -> {
          if (left.decrementAndGet() == 0) {
            deed.run();
          }
          return now;
        });
  }

  /** Harvests user actions; what is wrong is not tried again. */
  Exit.Outcome harvest(Lake lake, String... more) throws Exception {
    LyceumOptions.HarvestOpencast options =
        PipelineOptionsFactory.fromArgs(arguments(more)).as(LyceumOptions.HarvestOpencast.class);
    return refused(
        () ->
            HarvestOpencastPipeline.run(
                lake,
                options,
                HarvestOpencastConfig.from(
                    options, settings, HttpSettings.defaults().withAttempts(1))));
  }

  Exit.Outcome harvestEpisodes(Lake lake, String... more) throws Exception {
    LyceumOptions.HarvestEpisodes options =
        PipelineOptionsFactory.fromArgs(arguments(more)).as(LyceumOptions.HarvestEpisodes.class);
    return refused(
        () ->
            HarvestEpisodesPipeline.run(
                lake,
                options,
                HarvestEpisodesConfig.from(
                    options,
                    settings,
                    HttpSettings.defaults().withAttempts(1),
                    Clock.fixed(NOW, ZoneOffset.UTC))));
  }

  private static String[] arguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--feed=school", "--wait=0"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** As mains end. */
  private static Exit.Outcome refused(Callable<Exit.Outcome> run) throws Exception {
    try {
      return run.call();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof Refusal refusal) {
          return new Exit.Outcome(refusal.exit(), refusal.getMessage());
        }
      }
      throw e;
    }
  }

  /** Something that prints. */
  interface Printing {
    void run() throws Exception;
  }

  /** The lines that something prints on standard output. */
  static List<String> printed(Printing printing) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      printing.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
