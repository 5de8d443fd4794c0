package org.lyceum.pipelines;

import java.time.Duration;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.pipelines.run.LyceumOptions;
import org.lyceum.transforms.lake.Upkeep;

/** Checked settings of the upkeep. */
record MaintainLakeConfig(Upkeep.Ages ages) {

  static MaintainLakeConfig from(LyceumOptions.MaintainLake options) {
    return new MaintainLakeConfig(
        new Upkeep.Ages(
            Duration.ofDays(number("SNAPSHOT_DAYS", options.getSnapshotDays())),
            Duration.ofHours(number("ORPHAN_HOURS", options.getOrphanHours()))));
  }

  /** Below one, files of a commit under way and snapshots of running queries would go. */
  private static long number(String name, String value) {
    if (!value.strip().matches("[1-9]\\d{0,4}")) {
      throw new Refusal(Exit.WRONG_USE, name + "=" + value + ": a whole number from 1 on");
    }
    return Long.parseLong(value.strip());
  }
}
