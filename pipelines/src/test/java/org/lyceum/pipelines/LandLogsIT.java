package org.lyceum.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.transforms.io.FindFiles;
import org.lyceum.transforms.lake.Landed;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.land.LandLogs;
import org.lyceum.transforms.land.LandUnit;
import org.lyceum.transforms.land.LogPlan;
import org.lyceum.transforms.land.SpreadUnits;
import org.lyceum.transforms.parse.FailureCode;

/**
 * What workers hand to the commit, on a runner that checks that nobody changes what he was given.
 */
class LandLogsIT {
  @TempDir Path folder;

  @Test
  void partsOfALogAddUpAndFailuresAreFilesTooAndADamagedFileIsAFault() throws Exception {
    StringBuilder text = new StringBuilder("# comment\n\nno json\n{\"event_type\":\"x\"}\n");
    for (int i = 0; i < 9; i++) {
      text.append(
          String.format(
              "{\"event_type\":\"page_close\",\"time\":\"2026-03-01T10:00:0%d+00:00\"}\n", i));
    }
    Files.writeString(folder.resolve("a.log"), text);
    Files.writeString(folder.resolve("b.log.gz"), "this is no gzip, whatever it is called");

    try (School school = new School()) {
      LogPlan plan =
          LogPlan.of(
              FindFiles.of(folder.toString()),
              "school",
              ledger(school),
              1,
              false,
              false,
              new LogPlan.Limits(1 << 20, 100, 100, 2));
      assertEquals(1, plan.batches().size());
      assertEquals(
          1, plan.batches().get(0).leftOut().size(), "named by its beginning, which is no gzip");

      Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
      PCollection<Landed> landed =
          pipeline
              .apply(SpreadUnits.of(plan.batches().get(0).units(), LandUnit.class))
              .apply(LandLogs.with(school.lake(), "edx_tracking_log", "run", List.of()));
      long bytes = text.length();
      PAssert.that(landed)
          .satisfies(
              parts -> {
                Landed.Account sum = Landed.Account.NONE;
                Map<String, Long> files = new HashMap<>();
                int count = 0;
                for (Landed part : parts) {
                  assertNull(part.fault());
                  assertEquals(
                      part.account().parsed(), records(part.rows().get("events.edx_tracking_log")));
                  assertEquals(part.account().failed(), records(part.failed()));
                  sum = sum.plus(part.account());
                  files.merge(part.delivery(), 1L, Long::sum);
                  count++;
                }
                assertEquals(
                    new Landed.Account(
                        bytes,
                        13,
                        9,
                        2,
                        Map.of(FailureCode.NO_JSON.code(), 1L, FailureCode.NO_TIME.code(), 1L)),
                    sum);
                assertEquals(1, files.size(), "one delivery");
                assertTrue(count > 2, "in several parts");
                return null;
              });
      pipeline.run().waitUntilFinish();
    }
  }

  private static long records(List<org.apache.iceberg.DataFile> files) {
    return files.stream().mapToLong(org.apache.iceberg.DataFile::recordCount).sum();
  }

  private static Ledger ledger(School school) throws Exception {
    try (var catalog = school.lake().connect()) {
      var deliveries =
          catalog.loadTable(org.lyceum.catalog.Contracts.of("ops.delivery").identifier());
      return Ledger.read(deliveries, deliveries.currentSnapshot(), "edx");
    }
  }
}
