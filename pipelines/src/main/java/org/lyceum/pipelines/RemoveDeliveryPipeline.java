package org.lyceum.pipelines;

import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.pipelines.run.Removal;
import org.lyceum.transforms.lake.CommitRequest;
import org.lyceum.transforms.lake.LakeCommit;

/**
 * {@code make remove}: the name of a delivery in; the lake without it, and copies elsewhere showing
 * again, out.
 */
public final class RemoveDeliveryPipeline {
  private RemoveDeliveryPipeline() {}

  public static void main(String[] args) {
    PipelineOptionsFactory.register(LyceumOptions.RemoveDelivery.class);
    Exit.with(
        () -> {
          var options =
              PipelineOptionsFactory.fromArgs(args).as(LyceumOptions.RemoveDelivery.class);
          RemoveDeliveryConfig config = RemoveDeliveryConfig.from(options, System.getenv());
          try (RESTCatalog catalog = Lake.fromEnvironment().connect()) {
            CommitRequest request =
                Removal.request(
                    catalog, config.source(), config.feed(), config.delivery(), config.reason());
            LakeCommit.Result expected = LakeCommit.rehearse(catalog, request, List.of());
            System.err.println(Removal.announce(config.delivery(), expected));
            if (config.isDryRun()) {
              return new Exit.Outcome(Exit.DONE, "dry run: nothing was changed");
            }
            LakeCommit.commit(catalog, request, List.of(), Clock.systemUTC());
            return new Exit.Outcome(
                Exit.DONE, "removed " + config.delivery() + ", run " + request.run().runId());
          }
        });
  }
}
