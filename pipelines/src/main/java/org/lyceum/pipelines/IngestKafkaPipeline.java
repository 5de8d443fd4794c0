package org.lyceum.pipelines;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.pipelines.run.TopicIngest;
import org.lyceum.transforms.lake.CommitOffsets;
import org.lyceum.transforms.lake.CommitTopics;
import org.lyceum.transforms.lake.OffsetsCommit;
import org.lyceum.transforms.land.FollowTopics;
import org.lyceum.transforms.land.LandTopics;
import org.lyceum.transforms.land.SpreadUnits;
import org.lyceum.transforms.land.TopicUnit;

/**
 * {@code make ingest-kafka}: messages of topics in; rows of their sources' event tables, failed
 * records, books and how far was read out.
 */
public final class IngestKafkaPipeline {
  private IngestKafkaPipeline() {}

  public static void main(String[] args) {
    PipelineOptionsFactory.register(LyceumOptions.IngestKafka.class);
    Exit.with(
        () -> {
          var options = PipelineOptionsFactory.fromArgs(args).as(LyceumOptions.IngestKafka.class);

          IngestKafkaConfig config = IngestKafkaConfig.from(options, System.getenv());
          return ingest(config, Lake.fromEnvironment(), options);
        });
  }

  static Exit.Outcome ingest(IngestKafkaConfig config, Lake lake, LyceumOptions.IngestKafka options)
      throws Exception {
    TopicIngest ingest =
        TopicIngest.of(
            lake,
            options,
            config.consumer(),
            config.registry(),
            config.topicMap(),
            config.topics(),
            config.feed(),
            config.reason(),
            config.replace());
    if (config.from() != null) {
      return ingest.again(
          config.from(),
          config.to(),
          (pipeline, units, request, rereading) ->
              build(pipeline, units, lake, request, rereading));
    }
    if (config.isUntilLatest()) {
      return ingest.untilLatest(
          (pipeline, units, request, none) -> build(pipeline, units, lake, request, null));
    }
    return ingest.follow(
        (pipeline, units, request, none) -> buildStream(pipeline, units, lake, request, config));
  }

  /** What is there now, or days again: offsets are landed side by side, then committed at once. */
  static void build(
      Pipeline pipeline,
      List<TopicUnit> units,
      Lake lake,
      OffsetsCommit.Request request,
      OffsetsCommit.Rereading rereading) {
    pipeline
        .apply("SpreadUnits", SpreadUnits.of(units, TopicUnit.class))
        .apply("LandTopics", LandTopics.with(lake, request.run().runId()))
        .apply("CommitTopics", CommitTopics.to(lake, request, rereading));
  }

  /** Without end: each interval's offsets of each partition are landed, then committed at once. */
  static void buildStream(
      Pipeline pipeline,
      List<TopicUnit> partitions,
      Lake lake,
      OffsetsCommit.Request request,
      IngestKafkaConfig config) {
    pipeline
        .apply("SpreadPartitions", SpreadUnits.of(partitions, TopicUnit.class))
        .apply("FollowTopics", FollowTopics.with(lake, request.run().runId(), config.interval()))
        .apply("CommitOffsets", CommitOffsets.to(lake, request, config.interval()));
  }
}
