package org.lyceum.transforms.opencast;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.land.LandHarvest;
import org.lyceum.transforms.parse.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Media packages in, what a host has of their episodes out; each is asked for once in a run and
 * worker, however many windows name it. For many threads.
 */
final class RunEpisodes {
  private static final Logger LOG = LoggerFactory.getLogger(RunEpisodes.class);

  /** A worker keeps those of one run, the last that it saw. */
  private static final AtomicReference<RunEpisodes> LAST =
      new AtomicReference<>(new RunEpisodes("", ""));

  private final String runId;
  private final OpencastEpisodeParser parser;

  /** Empty where the host has none. */
  private final Map<String, Optional<Read>> reads = new HashMap<>();

  /** An episode as the host has it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Read(Verdict verdict, Row row, byte[] json) {
    boolean isParsed() {
      return verdict.kind() == Verdict.Kind.PARSED;
    }
  }

  private RunEpisodes(String runId, String feed) {
    this.runId = runId;
    this.parser = new OpencastEpisodeParser(feed);
  }

  static RunEpisodes of(String runId, String feed) {
    return LAST.updateAndGet(
        last -> last.runId.equals(runId) ? last : new RunEpisodes(runId, feed));
  }

  OpencastEpisodeParser parser() {
    return parser;
  }

  /** Asks for those that were not asked for. */
  synchronized void read(OpencastClient client, Collection<String> mpids) {
    for (String mpid : mpids) {
      if (!reads.containsKey(mpid)) {
        reads.put(mpid, read(client, mpid));
      }
    }
  }

  private Optional<Read> read(OpencastClient client, String mpid) {
    Optional<OpencastEpisode> found = Optional.empty();
    try {
      found = client.episode(mpid);
    } catch (HttpFailureException e) {
      // Players can send anything as a media package; a host may not like to be asked for it.
      if (e.kind() != HttpFailureException.Kind.REFUSED
          && e.kind() != HttpFailureException.Kind.NOT_FOUND) {
        throw e;
      }
      LOG.warn("{} Goes on without this episode.", e.getMessage());
    }
    return found.map(
        episode -> {
          Row row = Row.of(parser.contract());
          byte[] workflow = client.workflow(mpid).orElse(null);
          return new Read(parser.parse(episode.json(), workflow, row), row, episode.json());
        });
  }

  /** Of some, those that the host has. */
  synchronized Set<String> found(Collection<String> mpids) {
    Set<String> found = new TreeSet<>(mpids);
    found.removeIf(mpid -> reads.getOrDefault(mpid, Optional.empty()).isEmpty());
    return found;
  }

  /** Of some, rows by their mpid. */
  synchronized Map<String, Row> rows(Collection<String> mpids) {
    Map<String, Row> rows = new HashMap<>();
    for (String mpid : found(mpids)) {
      reads.get(mpid).filter(Read::isParsed).ifPresent(read -> rows.put(mpid, read.row));
    }
    return rows;
  }

  /** Gives some to a landing, as far as the host has them. */
  synchronized void to(LandHarvest landing, Collection<String> mpids) {
    for (String mpid : found(mpids)) {
      Read read = reads.get(mpid).orElseThrow();
      String position = OpencastPlaces.episodePosition(mpid);
      if (read.isParsed()) {
        landing.parsed(
            OpencastPlaces.EPISODES, position, parser.contract(), read.row, read.json);
      } else {
        landing.failed(OpencastPlaces.EPISODES, position, read.verdict, read.json);
      }
    }
  }
}
