package org.lyceum.pipelines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.HarvestRun;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.io.http.HttpSettings;
import org.lyceum.transforms.lake.HarvestState;
import org.lyceum.transforms.lake.HarvestStep;
import org.lyceum.transforms.land.SpreadUnits;
import org.lyceum.transforms.zoom.HarvestMeetings;
import org.lyceum.transforms.zoom.MeetingGroup;
import org.lyceum.transforms.zoom.ZoomDays;
import org.lyceum.transforms.zoom.ZoomPlan;
import org.lyceum.transforms.zoom.ZoomStep;

/**
 * {@code make harvest-zoom}: past meetings of an account in; rows of events.zoom_meeting and of
 * events.zoom_participant_session, failed records and books out, and documents for who takes them.
 */
public final class HarvestZoomPipeline {
  private HarvestZoomPipeline() {}

  public static void main(String[] args) {
    PipelineOptionsFactory.register(LyceumOptions.HarvestZoom.class);
    Exit.with(
        () -> {
          var options = PipelineOptionsFactory.fromArgs(args).as(LyceumOptions.HarvestZoom.class);
          HarvestZoomConfig config =
              HarvestZoomConfig.from(
                  options, System.getenv(), HttpSettings.defaults(), Clock.systemUTC());
          return run(Lake.fromEnvironment(), options, config);
        });
  }

  static Exit.Outcome run(Lake lake, LyceumOptions.HarvestZoom options, HarvestZoomConfig config)
      throws IOException {
    Lake target = config.outputs().hasLake() ? lake : null;
    ZoomPlan plan = plan(target, config);
    List<MeetingGroup> groups = plan.groups(config.groupSize());
    System.err.printf(
        "harvest-zoom: %d days, %d meetings to read, %d commits%n",
        plan.days(), plan.meetings(), groups.size());
    return HarvestRun.start(
            "harvest-zoom", target, options, config.feed(), config.reason(), config.replace())
        .run(
            groups,
            (pipeline, group, step) ->
                build(pipeline, asOfNow(group, step, target), step, target, config),
            HarvestMeetings.class,
            HarvestMeetings.MISSING,
            count -> count + " meetings are not finished or missing, and their days stay open");
  }

  private static ZoomPlan plan(Lake lake, HarvestZoomConfig config) throws IOException {
    try (RESTCatalog catalog = lake == null ? null : lake.connect()) {
      return ZoomDays.plan(catalog, config.access(), config.feed(), config.asked(), config.clock());
    }
  }

  /** A day that several groups have a part in stands as the group before has left it. */
  private static MeetingGroup asOfNow(MeetingGroup group, HarvestStep step, Lake lake) {
    if (lake == null || step.number() == 1) {
      return group;
    }
    try (RESTCatalog catalog = lake.connect()) {
      HarvestState state = HarvestState.read(catalog, ZoomStep.SOURCE, step.feed());
      return group.asOf(day -> state.harvest(day).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A group: it is read, its documents are sent, then it is committed at once. */
  static void build(
      Pipeline pipeline,
      MeetingGroup group,
      HarvestStep step,
      Lake lake,
      HarvestZoomConfig config) {
    ZoomStep zoom =
        new ZoomStep(
            step, config.access(), lake, config.outputs().hasDocuments(), config.geoIpDb());
    PCollectionTuple read =
        pipeline
            .apply("SpreadMeetings", SpreadUnits.of(MeetingGroup.class, List.of(group)))
            .apply("HarvestMeetings", HarvestMeetings.with(zoom));
    config
        .outputs()
        .sendThenCommit(
            read.get(HarvestMeetings.DOCUMENTS), read.get(HarvestMeetings.LANDED), lake, step);
  }
}
