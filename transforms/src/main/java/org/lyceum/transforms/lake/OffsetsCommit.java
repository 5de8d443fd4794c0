package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.parse.FailureCode;

/**
 * Batches of offsets in, one commit out. The fence is the lake: it says how far it holds each
 * partition, and only what begins there goes in, so each message goes in once, whatever a runner
 * repeats.
 */
public final class OffsetsCommit {
  /**
   * One commit of offsets.
   *
   * @param number of the commit; with the run id it is how a commit recognises itself, so it is
   *     never used twice in a run
   * @param commits commits of the run, this one included
   * @param starts offset at which a partition begins of which the lake holds nothing, by key
   */
  public record Request(
      RunInfo run,
      long number,
      long commits,
      boolean isFirst,
      boolean isLast,
      String feed,
      Map<StateBook.Key, Long> starts)
      implements Serializable {

    String id() {
      return run.runId() + "/" + number;
    }
  }

  /**
   * What became of batches.
   *
   * @param waiting batches whose predecessor has not come
   */
  public record Outcome(LakeCommit.Result result, long records, List<OffsetBatch> waiting) {}

  /**
   * What is to be read again.
   *
   * @param ranges by partition; what the lake holds there goes
   * @param tables event tables that the topics' rows can lie in
   * @param refused deliveries of which nothing goes, and why
   * @param replace a delivery that has fewer records now goes in all the same
   */
  public record Rereading(
      Map<StateBook.Key, Offsets> ranges,
      List<String> tables,
      List<CommitRequest.LeftOut> refused,
      boolean replace)
      implements Serializable {}

  private final TableCommits tables;
  private final Request request;
  private final Clock clock;

  private OffsetsCommit(TableCommits tables, Request request, Clock clock) {
    this.tables = tables;
    this.request = request;
    this.clock = clock;
  }

  /**
   * Commits, for each partition, the longest chain of batches that starts where the lake ends. What
   * lies below that end is dropped: the lake has it.
   *
   * @throws Refusal when a batch begins below the end and ends above it: somebody else writes too,
   *     or the lake was rolled back
   */
  public static Outcome append(
      RESTCatalog catalog, Request request, Collection<OffsetBatch> batches, Clock clock) {
    return LakeCommit.untilDone(
        catalog,
        request.id(),
        new Outcome(LakeCommit.Result.NOTHING, 0, List.of()),
        tables -> new OffsetsCommit(tables, request, clock).append(batches));
  }

  private Outcome append(Collection<OffsetBatch> batches) {
    StateBook state = state();
    List<OffsetBatch> chain = new ArrayList<>();
    List<OffsetBatch> waiting = new ArrayList<>();
    Map<StateBook.Key, List<OffsetBatch>> byKey = new TreeMap<>();
    batches.forEach(
        batch -> byKey.computeIfAbsent(batch.key(), any -> new ArrayList<>()).add(batch));
    byKey.forEach(
        (key, some) ->
            chain(
                some,
                state.held(key).map(StateBook.Held::end).orElseGet(() -> start(key)),
                chain,
                waiting));
    if (chain.isEmpty() && !request.isLast()) {
      return new Outcome(LakeCommit.Result.NOTHING, 0, waiting);
    }
    Decision decision = decision(chain, eventTables(chain));
    long now = TimeUnit.MILLISECONDS.toMicros(clock.millis());
    for (OffsetBatch batch : chain) {
      state.set(
          batch.key(),
          new StateBook.Held(batch.end(), batch.topicId()),
          request.run().runId(),
          now);
    }
    if (!chain.isEmpty()) {
      state.write(request.run().runId());
    }
    return new Outcome(write(decision), records(chain), waiting);
  }

  private long start(StateBook.Key key) {
    Long start = request.starts().get(key);
    if (start == null) {
      throw new Refusal(
          Exit.FAILED,
          "the lake no longer knows " + key.key() + ": it was rolled back; start again");
    }
    return start;
  }

  private static void chain(
      List<OffsetBatch> batches, long end, List<OffsetBatch> chain, List<OffsetBatch> waiting) {
    batches.sort(Comparator.comparingLong(OffsetBatch::first).thenComparingLong(OffsetBatch::end));
    long next = end;
    for (OffsetBatch batch : batches) {
      if (batch.end() <= next) {
        continue;
      }
      if (batch.first() < next) {
        throw new Refusal(
            Exit.FAILED,
            batch
                + " begins below "
                + next
                + ", where the lake ends, and ends above: somebody else writes this topic too, or"
                + " the lake was rolled back; stop the other one and start again");
      }
      if (batch.first() == next) {
        chain.add(batch);
        next = batch.end();
      } else {
        waiting.add(batch);
      }
    }
  }

  /**
   * Puts what was read again in the place of what the lake holds of these offsets; how far the lake
   * holds a partition does not move.
   */
  public static Outcome replace(
      RESTCatalog catalog,
      Request request,
      Collection<OffsetBatch> batches,
      Rereading rereading,
      Clock clock) {
    return LakeCommit.untilDone(
        catalog,
        request.id(),
        new Outcome(LakeCommit.Result.NOTHING, 0, List.of()),
        tables -> new OffsetsCommit(tables, request, clock).replace(batches, rereading));
  }

  private Outcome replace(Collection<OffsetBatch> batches, Rereading rereading) {
    List<OffsetBatch> sorted =
        batches.stream()
            .sorted(Comparator.comparing(OffsetBatch::key).thenComparingLong(OffsetBatch::first))
            .toList();
    Decision decision = decision(sorted, new TreeSet<>(rereading.tables()));
    rereading
        .ranges()
        .forEach((key, range) -> decision.scope().add(series(key), partition(key), range));
    for (CommitRequest.LeftOut refused : rereading.refused()) {
      decision.refuse(refused);
    }
    if (!rereading.replace()) {
      Map<String, Long> held = held(decision);
      held.forEach(
          (delivery, records) -> {
            long now = decision.records(delivery);
            if (now < records) {
              decision.refuse(
                  new CommitRequest.LeftOut(
                      new LogFile(delivery, 0, 0),
                      FailureCode.FEWER_RECORDS,
                      "its offsets now give "
                          + now
                          + " records and the lake holds "
                          + records
                          + "; REPLACE=1 takes it as it is"));
            }
          });
    }
    return new Outcome(write(decision), records(sorted), List.of());
  }

  /** Rows and failed records in scope, by delivery. */
  private Map<String, Long> held(Decision decision) {
    Map<String, Long> held = new TreeMap<>();
    HeldRows.in(
        tables,
        decision.tables(),
        decision.scope(),
        (place, rows) -> held.merge(place.delivery(), rows, Long::sum));
    return held;
  }

  private static String series(StateBook.Key key) {
    return key.key().substring(0, key.key().lastIndexOf('/'));
  }

  private static int partition(StateBook.Key key) {
    return Integer.parseInt(key.key().substring(key.key().lastIndexOf('/') + 1));
  }

  private StateBook state() {
    try {
      return StateBook.of(tables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LakeCommit.Result write(Decision decision) {
    CommitWriter writer =
        new CommitWriter(
            tables,
            request.run(),
            request.commits(),
            request.isFirst(),
            request.isLast(),
            decision);
    LakeCommit.Result result = writer.write(true, clock);
    tables.commit();
    return result;
  }

  private static long records(List<OffsetBatch> batches) {
    return batches.stream()
        .flatMap(batch -> batch.landed().stream())
        .mapToLong(landed -> landed.account().read())
        .sum();
  }

  private static Set<String> eventTables(List<OffsetBatch> batches) {
    Set<String> names = new TreeSet<>();
    batches.forEach(
        batch -> batch.landed().forEach(landed -> names.addAll(landed.rows().keySet())));
    return names;
  }

  /** One arrival for each delivery, its parts from all batches put together. */
  private Decision decision(List<OffsetBatch> batches, Set<String> eventTables) {
    Map<String, String> sources = new HashMap<>();
    Map<String, Decision.Arrival> arrivals = new TreeMap<>();
    for (OffsetBatch batch : batches) {
      sources.put(batch.series(), batch.source());
      for (Landed landed : batch.landed()) {
        arrivals.merge(
            landed.delivery(), Decision.Arrival.of(batch, landed), Decision.Arrival::plus);
      }
    }
    for (StateBook.Key key : request.starts().keySet()) {
      sources.put(series(key), key.source());
    }
    Decision decision =
        Decision.onOffsets(request.feed(), sources, List.copyOf(eventTables), request.isFirst());
    arrivals.values().forEach(Decision::check);
    decision.arrivals.addAll(arrivals.values());
    return decision;
  }

  /** How far the lake holds a partition. */
  public static Optional<Long> end(RESTCatalog catalog, StateBook.Key key) throws IOException {
    return Optional.ofNullable(StateBook.read(catalog).get(key)).map(StateBook.Held::end);
  }
}
