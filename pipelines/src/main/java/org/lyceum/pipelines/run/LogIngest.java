package org.lyceum.pipelines.run;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.furniture.RunId;
import org.lyceum.transforms.io.FindFiles;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.lake.RunInfo;
import org.lyceum.transforms.lake.RunLog;
import org.lyceum.transforms.land.LogBatch;
import org.lyceum.transforms.land.LogPlan;
import org.lyceum.transforms.parse.Formats;
import org.lyceum.transforms.parse.RecordParser;

/** A run over log files: plans, runs one pipeline for each batch, and tells what became of it. */
public final class LogIngest {
  private final String pipelineName;
  private final RecordParser parser;
  private final Lake lake;
  private final LyceumOptions options;
  private final Runner runner;
  private final LogPlan.Limits limits;

  private LogIngest(
      String pipelineName,
      RecordParser parser,
      Lake lake,
      LyceumOptions options,
      Runner runner,
      LogPlan.Limits limits) {
    this.pipelineName = pipelineName;
    this.parser = parser;
    this.lake = lake;
    this.options = options;
    this.runner = runner;
    this.limits = limits;
  }

  /** Builds the pipeline of one batch. */
  public interface Build {
    void build(Pipeline pipeline, LogBatch batch, CommitRequest request);
  }

  public static LogIngest of(String pipelineName, String format, Lake lake, LyceumOptions options) {
    return new LogIngest(
        pipelineName,
        Formats.parser(format),
        lake,
        options,
        Runner.choose(options),
        LogPlan.Limits.DEFAULT);
  }

  /** The same with other bounds of batches and units; for tests. */
  public LogIngest with(LogPlan.Limits other) {
    return new LogIngest(pipelineName, parser, lake, options, runner, other);
  }

  public Exit.Outcome run(
      String input, String feed, String reason, boolean force, boolean replace, Build build)
      throws IOException {
    long startedAt = System.nanoTime();
    RunInfo run =
        new RunInfo(
            RunId.start(),
            pipelineName,
            runner.label(),
            System.currentTimeMillis() * 1000,
            Version.current(),
            reason);
    List<LogFile> files = FindFiles.of(input);
    try (RESTCatalog catalog = lake.connect()) {
      LogPlan plan = plan(catalog, files, feed, force, replace);
      int commits = plan.batches().size();
      if (commits > 1) {
        System.err.println(
            pipelineName
                + ": "
                + plan.files()
                + " files, "
                + ProgressLine.size(plan.size())
                + ": "
                + commits
                + " commits");
      }
      int number = 0;
      try (ProgressLine progress = ProgressLine.ofBytes(pipelineName, plan.size())) {
        progress.start();
        for (LogBatch batch : plan.batches()) {
          number++;
          CommitRequest request =
              new CommitRequest(
                  run,
                  number,
                  number == commits,
                  parser.contract().source(),
                  feed,
                  CommitRequest.Kind.FILE,
                  List.of(parser.contract().table()),
                  parser.version(),
                  force,
                  replace,
                  batch.leftOut(),
                  batch.seen(),
                  List.of());
          Pipeline pipeline = Pipeline.create(options);
          build.build(pipeline, batch, request);
          PipelineResult.State state = pipeline.run().waitUntilFinish();
          if (state != PipelineResult.State.DONE) {
            throw new Refusal(
                Exit.FAILED,
                "the runner ended in state " + state + "; earlier commits of the run stand");
          }
        }
      } catch (RuntimeException | Error e) {
        RunLog.failed(catalog, run, number - 1L, e);
        throw e;
      }
      return close(catalog, run, plan, (System.nanoTime() - startedAt) / 1e9);
    }
  }

  private LogPlan plan(
      RESTCatalog catalog, List<LogFile> files, String feed, boolean force, boolean replace) {
    Table deliveries = catalog.loadTable(Contracts.of("ops.delivery").identifier());
    Ledger ledger =
        Ledger.read(deliveries, deliveries.currentSnapshot(), parser.contract().source());
    return LogPlan.of(files, feed, ledger, parser.version(), force, replace, limits);
  }

  private Exit.Outcome close(RESTCatalog catalog, RunInfo run, LogPlan plan, double seconds) {
    if (plan.isEmpty()) {
      String stayOut =
          plan.removed().isEmpty()
              ? ""
              : "; "
                  + plan.removed().size()
                  + " were taken out by `make remove` and stay out (FORCE=1 brings them back)";
      return new Exit.Outcome(
          Exit.DONE,
          "nothing new: " + plan.unchanged().size() + " files are in the lake unchanged" + stayOut);
    }
    ClosingTable closing = ClosingTable.of(catalog, run.runId());
    System.err.print(
        closing.render(
            run.runId(), plan.files(), plan.unchanged().size(), plan.removed().size(), seconds));
    List<String> leftOut = closing.leftOut();
    return leftOut.isEmpty()
        ? new Exit.Outcome(Exit.DONE, "done, run " + run.runId())
        : new Exit.Outcome(
            Exit.LEFT_OUT,
            "done except for "
                + leftOut.size()
                + " left out, first "
                + leftOut.get(0)
                + "; see ops.failure_summary");
  }
}
