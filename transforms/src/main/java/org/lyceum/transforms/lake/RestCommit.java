package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;

/**
 * What a harvest read to its end in, one commit out: a window of time, or containers such as
 * meetings. What the lake holds of it goes, whatever is there now comes, also when it is the same:
 * a window is replaced whenever it is read. Only a reply that is empty where the lake holds
 * something is refused, and passed over when it comes again ({@link EmptyReplies}).
 */
public final class RestCommit {
  /**
   * One commit of a harvest.
   *
   * @param number of the commit; with the run id it is how a commit recognises itself, so it is
   *     never used twice in a run
   * @param commits commits of the run, this one included: one more than {@link Outcome#isCommitted}
   *     said yes
   * @param tables event tables that the listing's rows can lie in
   * @param scope what was read to its end
   * @param standings of deliveries that do not just stand complete by this scope; one of which
   *     nothing came is written where the books say otherwise
   * @param watermark to move with the commit; null for none
   * @param replace an empty reply is taken as it is
   */
  public record Request(
      RunInfo run,
      long number,
      long commits,
      boolean isLast,
      String feed,
      List<String> tables,
      RestScope scope,
      List<Standing> standings,
      Watermark watermark,
      Long parserVersion,
      boolean replace)
      implements Serializable {
    public Request {
      tables = List.copyOf(tables);
      standings = List.copyOf(standings);
    }

    String id() {
      return run.runId() + "/" + number;
    }
  }

  /**
   * How a delivery stands after a commit.
   *
   * @param status complete or open; one of which something was passed over stays open
   * @param scope what was read, as the books say it
   * @param fingerprint null where nothing is compared
   */
  public record Standing(String delivery, Ledger.Status status, String scope, String fingerprint)
      implements Serializable {}

  /**
   * Up to when a listing is held. It moves forward only, and by a window only where this begins at
   * it or earlier.
   *
   * @param isNew whether it is set where there is none
   */
  public record Watermark(StateBook.Key key, Instant end, boolean isNew) implements Serializable {}

  /**
   * What became of it.
   *
   * @param result also what was refused, as left out
   * @param passed what was refused before and is passed over now
   * @param isCommitted whether the lake has a commit of it; without news there is none
   */
  public record Outcome(
      LakeCommit.Result result, long records, Set<String> passed, boolean isCommitted) {}

  private final TableCommits tables;
  private final Request request;
  private final Clock clock;

  private RestCommit(TableCommits tables, Request request, Clock clock) {
    this.tables = tables;
    this.request = request;
    this.clock = clock;
  }

  /**
   * Puts what was read in the place of what the lake holds of the scope.
   *
   * @param landed every record that was read, all of them of the scope
   */
  public static Outcome replace(
      RESTCatalog catalog, Request request, Collection<Landed> landed, Clock clock) {
    return LakeCommit.untilDone(
        catalog,
        request.id(),
        List.of(Books.DELIVERY.identifier(), Books.STATE.identifier(), Books.RUN.identifier()),
        new Outcome(LakeCommit.Result.NOTHING, records(landed), Set.of(), true),
        tables -> new RestCommit(tables, request, clock).replace(landed));
  }

  private Outcome replace(Collection<Landed> landed) {
    checkScope(landed);
    Table deliveries = tables.table(Books.DELIVERY.identifier());
    Ledger ledger =
        Ledger.read(
            deliveries, tables.start(Books.DELIVERY.identifier()), request.scope().source());
    EmptyReplies empty = new EmptyReplies(tables, request, ledger);
    Decision decision =
        Decision.onHarvest(
            request, request.commits() == 1, delivery -> status(delivery, ledger, empty));
    empty.decide(decision, landed);
    if (!decision.scope().isEmpty()) {
      decision.arrivals.addAll(arrivals(landed, ledger, decision));
    }
    decision.arrivals.forEach(Decision::check);
    boolean isMoved = !empty.isRefused() && moveWatermark();
    boolean isNews =
        isMoved
            || request.replace()
            || !(decision.arrivals.isEmpty()
                && decision.leftOut.isEmpty()
                && decision.notes.isEmpty());
    boolean isEnd = request.isLast() && request.commits() > 1;
    if (!isNews && !isEnd) {
      return new Outcome(LakeCommit.Result.NOTHING, 0, Set.of(), false);
    }
    LakeCommit.Result result =
        new CommitWriter(
                tables,
                request.run(),
                request.commits(),
                request.commits() == 1,
                request.isLast(),
                decision)
            .write(true, clock);
    tables.commit();
    return new Outcome(result, records(landed), empty.passed(), true);
  }

  private static long records(Collection<Landed> landed) {
    return landed.stream().mapToLong(part -> part.account().read()).sum();
  }

  /** Each delivery of which something came, and each that stands otherwise than the books say. */
  private List<Decision.Arrival> arrivals(
      Collection<Landed> landed, Ledger ledger, Decision decision) {
    Map<String, List<Landed>> parts = new TreeMap<>();
    landed.forEach(
        part -> parts.computeIfAbsent(part.delivery(), any -> new ArrayList<>()).add(part));
    request.standings().forEach(standing -> parts.putIfAbsent(standing.delivery(), List.of()));
    List<Decision.Arrival> arrivals = new ArrayList<>();
    parts.forEach(
        (delivery, some) -> {
          Standing standing = standing(delivery, decision.statusOf(delivery), ledger);
          if (!some.isEmpty() || isNew(standing, ledger)) {
            arrivals.add(
                Decision.Arrival.of(
                    request.scope().source(), standing, request.parserVersion(), some));
          }
        });
    return arrivals;
  }

  /** As told; where nothing is told, what is known of a day's harvests stays. */
  private Standing standing(String delivery, Ledger.Status status, Ledger ledger) {
    return request.standings().stream()
        .filter(told -> told.delivery().equals(delivery))
        .findFirst()
        .map(told -> new Standing(delivery, status, told.scope(), told.fingerprint()))
        .or(
            () ->
                ledger
                    .content(request.feed(), delivery)
                    .filter(entry -> DayHarvest.of(entry.scope(), entry.fingerprint()).isPresent())
                    .map(
                        entry ->
                            new Standing(delivery, status, entry.scope(), entry.fingerprint())))
        .orElseGet(() -> new Standing(delivery, status, request.scope().text(), null));
  }

  /** As told, else as the delivery stood, and complete where it is new; open while not settled. */
  private Ledger.Status status(String delivery, Ledger ledger, EmptyReplies empty) {
    if (empty.isOpen(delivery)) {
      return Ledger.Status.open;
    }
    Optional<Standing> told =
        request.standings().stream()
            .filter(standing -> standing.delivery().equals(delivery))
            .findFirst();
    return told.map(Standing::status)
        .orElseGet(
            () ->
                ledger
                    .content(request.feed(), delivery)
                    .filter(entry -> !empty.isSettled(delivery))
                    .map(Ledger.Entry::status)
                    .orElse(Ledger.Status.complete));
  }

  private boolean isNew(Standing standing, Ledger ledger) {
    Optional<Ledger.Entry> latest = ledger.latest(request.feed(), standing.delivery());
    Optional<Ledger.Entry> content = ledger.content(request.feed(), standing.delivery());
    return latest.isEmpty()
        || content.isEmpty()
        || latest.get().status() != standing.status()
        || !Objects.equals(content.get().scope(), standing.scope())
        || !Objects.equals(content.get().fingerprint(), standing.fingerprint());
  }

  private boolean moveWatermark() {
    Watermark watermark = request.watermark();
    if (watermark == null) {
      return false;
    }
    try {
      StateBook state = StateBook.of(tables);
      Optional<Instant> now = state.watermark(watermark.key());
      Window window = request.scope().window();
      boolean isMoved =
          now.isEmpty()
              ? watermark.isNew()
              : watermark.end().isAfter(now.get())
                  && (window == null || window.from() <= Window.micros(now.get()));
      if (isMoved) {
        long at = TimeUnit.MILLISECONDS.toMicros(clock.millis());
        state.set(watermark.key(), watermark.end(), request.run().runId(), at);
        state.write(request.run().runId());
      }
      return isMoved;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What does not lie in the scope would not go when the scope is read again. */
  private void checkScope(Collection<Landed> landed) {
    forEachRow(
        tables,
        landed,
        place -> {
          if (!request.scope().covers(place)) {
            throw new IllegalStateException(
                "a record of " + place.delivery() + " does not lie in " + request.scope().text());
          }
        });
  }

  /** Reads where the rows and failed records lie that came. */
  static void forEachRow(
      TableCommits tables, Collection<Landed> landed, Consumer<Scope.Place> each) {
    for (Landed part : landed) {
      part.rows().forEach((name, files) -> forEachRow(tables, Contracts.of(name), files, each));
      forEachRow(tables, Books.FAILED_RECORD, part.failed(), each);
    }
  }

  private static void forEachRow(
      TableCommits tables, Contract contract, List<DataFile> files, Consumer<Scope.Place> each) {
    Table table = tables.table(contract.identifier());
    for (DataFile file : files) {
      TableCommits.count(
          contract,
          table,
          file,
          place -> {
            each.accept(place);
            return true;
          });
    }
  }
}
