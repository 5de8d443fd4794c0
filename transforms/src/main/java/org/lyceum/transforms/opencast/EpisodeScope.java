package org.lyceum.transforms.opencast;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.transforms.lake.HarvestStep;
import org.lyceum.transforms.lake.Harvested;
import org.lyceum.transforms.lake.RestScope;
import org.lyceum.transforms.land.LandHarvest;

/** Episodes that were read in, what a commit replaces by them out. */
final class EpisodeScope {
  private EpisodeScope() {}

  /**
   * Lands some episodes, as far as the host has them; those that it has not stay in the lake as
   * they are.
   */
  static Harvested harvested(
      RESTCatalog catalog, HarvestStep step, RunEpisodes episodes, Collection<String> mpids)
      throws IOException {
    LandHarvest landing =
        new LandHarvest(catalog, step.run().runId(), OpencastStep.SOURCE, step.feed());
    episodes.to(landing, mpids);
    return new Harvested(
        RestScope.containers(
            OpencastStep.SOURCE, OpencastPlaces.EPISODES, episodes.found(mpids)),
        List.of(episodes.parser().contract().table()),
        List.of(),
        null,
        episodes.parser().version(),
        landing.land());
  }
}
