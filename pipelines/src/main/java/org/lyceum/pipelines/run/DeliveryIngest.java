package org.lyceum.pipelines.run;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.RunId;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.lake.RunInfo;
import org.lyceum.transforms.lake.RunLog;
import org.lyceum.transforms.land.CommitBatch;
import org.lyceum.transforms.land.IngestPlan;

/**
 * A run over deliveries that lie somewhere: plans, runs one pipeline for each batch, and tells what
 * became of it.
 */
public final class DeliveryIngest<BatchT extends CommitBatch> {
  private final String pipelineName;
  private final What what;
  private final Lake lake;
  private final LyceumOptions options;
  private final Runner runner;

  private DeliveryIngest(
      String pipelineName, What what, Lake lake, LyceumOptions options, Runner runner) {
    this.pipelineName = pipelineName;
    this.what = what;
    this.lake = lake;
    this.options = options;
    this.runner = runner;
  }

  /**
   * What is ingested.
   *
   * @param contract the event table that is filled
   */
  public record What(
      Contract contract,
      long parserVersion,
      CommitRequest.Kind kind,
      String feed,
      String reason,
      boolean force,
      boolean replace) {}

  /** Compares what is there with what the lake holds. */
  public interface Plan<BatchT extends CommitBatch> {
    IngestPlan<BatchT> plan(Ledger ledger);
  }

  /** Builds the pipeline of one batch. */
  public interface Build<BatchT extends CommitBatch> {
    void build(Pipeline pipeline, BatchT batch, CommitRequest request);
  }

  public static <BatchT extends CommitBatch> DeliveryIngest<BatchT> of(
      String pipelineName, What what, Lake lake, LyceumOptions options) {
    return new DeliveryIngest<>(pipelineName, what, lake, options, Runner.choose(options));
  }

  public Exit.Outcome run(Plan<BatchT> planner, Build<BatchT> build) throws IOException {
    long startedAt = System.nanoTime();
    RunInfo run =
        new RunInfo(
            RunId.start(),
            pipelineName,
            runner.label(),
            System.currentTimeMillis() * 1000,
            Version.current(),
            what.reason());
    try (RESTCatalog catalog = lake.connect()) {
      IngestPlan<BatchT> plan = planner.plan(ledger(catalog));
      int commits = plan.batches().size();
      if (commits > 1) {
        System.err.println(
            pipelineName
                + ": "
                + plan.tally().found()
                + " "
                + plan.tally().things()
                + ", "
                + ProgressLine.size(plan.size())
                + ": "
                + commits
                + " commits");
      }
      int number = 0;
      try (ProgressLine progress = ProgressLine.ofBytes(pipelineName, plan.size())) {
        progress.start();
        for (BatchT batch : plan.batches()) {
          number++;
          commit(batch, request(run, batch, number, number == commits), build);
        }
      } catch (RuntimeException | Error e) {
        RunLog.failed(catalog, run, number - 1L, e);
        throw e;
      }
      return close(catalog, run, plan.tally(), commits, (System.nanoTime() - startedAt) / 1e9);
    }
  }

  private Ledger ledger(RESTCatalog catalog) {
    Table deliveries = catalog.loadTable(Contracts.of("ops.delivery").identifier());
    return Ledger.read(deliveries, deliveries.currentSnapshot(), what.contract().source());
  }

  private CommitRequest request(RunInfo run, BatchT batch, int number, boolean isLast) {
    return new CommitRequest(
        run,
        number,
        isLast,
        what.contract().source(),
        what.feed(),
        what.kind(),
        List.of(what.contract().table()),
        what.parserVersion(),
        what.force(),
        what.replace(),
        batch.leftOut(),
        batch.seen(),
        List.of());
  }

  private void commit(BatchT batch, CommitRequest request, Build<BatchT> build) {
    Pipeline pipeline = Pipeline.create(options);
    build.build(pipeline, batch, request);
    PipelineRun.toItsEnd(pipeline);
  }

  private static Exit.Outcome close(
      RESTCatalog catalog, RunInfo run, IngestPlan.Tally tally, int commits, double seconds) {
    if (commits == 0) {
      String stayOut =
          tally.removed() == 0
              ? ""
              : "; "
                  + tally.removed()
                  + " were taken out by `make remove` and stay out (FORCE=1 brings them back)";
      return new Exit.Outcome(
          Exit.DONE,
          "nothing new: "
              + tally.unchanged()
              + " "
              + tally.things()
              + " are in the lake unchanged"
              + stayOut);
    }
    ClosingTable closing = ClosingTable.of(catalog, run.runId());
    System.err.print(closing.render(run.runId(), tally, seconds));
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
