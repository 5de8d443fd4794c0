package org.lyceum.pipelines.run;

import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.RunId;
import org.lyceum.transforms.lake.HarvestStep;
import org.lyceum.transforms.lake.RunInfo;
import org.lyceum.transforms.lake.RunLog;

/**
 * A run over what a host has: one pipeline for each of its parts, such as windows, one after the
 * other, and then what became of it.
 */
public final class HarvestRun {
  private final RunInfo run;
  private final Lake lake;
  private final LyceumOptions options;
  private final String feed;
  private final boolean replace;
  private final long startedAt = System.nanoTime();
  private LongFunction<String> ofMissing;
  private long missing;

  private HarvestRun(RunInfo run, Lake lake, LyceumOptions options, String feed, boolean replace) {
    this.run = run;
    this.lake = lake;
    this.options = options;
    this.feed = feed;
    this.replace = replace;
  }

  /** Builds the pipeline of one part. */
  public interface Build<PartT> {
    void build(Pipeline pipeline, PartT part, HarvestStep step);
  }

  /**
   * A run that starts now.
   *
   * @param lake null if nothing goes there
   * @param reason null when nobody said why
   */
  public static HarvestRun start(
      String pipelineName,
      Lake lake,
      LyceumOptions options,
      String feed,
      String reason,
      boolean replace) {
    Runner runner = Runner.choose(options);
    RunInfo run =
        new RunInfo(
            RunId.start(),
            pipelineName,
            runner.label(),
            System.currentTimeMillis() * 1000,
            Version.current(),
            reason);
    return new HarvestRun(run, lake, options, feed, replace);
  }

  /**
   * Runs all parts.
   *
   * @param counter that parts count what the host does not have with
   * @param sentence of what the host does not have, by its count
   */
  public <PartT> Exit.Outcome run(
      List<PartT> parts,
      Build<PartT> build,
      Class<?> counting,
      String counter,
      LongFunction<String> sentence)
      throws IOException {
    ofMissing = sentence;
    if (lake == null) {
      each(parts, build, counting, counter);
      return new Exit.Outcome(Exit.DONE, "done" + missingToo());
    }
    try (RESTCatalog catalog = lake.connect()) {
      try {
        each(parts, build, counting, counter);
      } catch (RuntimeException | Error e) {
        RunLog.failed(catalog, run, e);
        throw e;
      }
      return close(catalog);
    }
  }

  private <PartT> void each(
      List<PartT> parts, Build<PartT> build, Class<?> counting, String counter) {
    for (int i = 0; i < parts.size(); i++) {
      Pipeline pipeline = Pipeline.create(options);
      boolean isLast = i == parts.size() - 1;
      HarvestStep step = new HarvestStep(run, i + 1, isLast, feed, replace);
      build.build(pipeline, parts.get(i), step);
      missing += attempted(PipelineRun.toItsEnd(pipeline), counting, counter);
    }
  }

  private static long attempted(PipelineResult result, Class<?> counting, String counter) {
    long sum = 0;
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named(counting, counter)).build();
    for (MetricResult<Long> one : result.metrics().queryMetrics(filter).getCounters()) {
      sum += one.getAttempted();
    }
    return sum;
  }

  private String missingToo() {
    return missing == 0 ? "" : "; " + ofMissing.apply(missing);
  }

  private Exit.Outcome close(RESTCatalog catalog) {
    if (RunLog.commits(catalog, run.runId()) == 0) {
      return new Exit.Outcome(Exit.DONE, "nothing new" + missingToo());
    }
    ClosingTable closing = ClosingTable.of(catalog, run.runId());
    System.err.print(closing.renderHarvest(run.runId(), (System.nanoTime() - startedAt) / 1e9));
    List<String> leftOut = closing.leftOut();
    return leftOut.isEmpty()
        ? new Exit.Outcome(Exit.DONE, "done, run " + run.runId() + missingToo())
        : new Exit.Outcome(
            Exit.LEFT_OUT,
            "done except for "
                + leftOut.size()
                + " left out, first "
                + leftOut.get(0)
                + "; see ops.failure_summary");
  }
}
