package org.lyceum.transforms.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.util.Tasks;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.transforms.io.LogName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One commit: deliveries that landed, and the lake as it is, in; rows of all tables, failed
 * records, hidden copies and books out, visible together or not at all. A commit that is refused
 * because another came in between decides again all that it took from the lake, and tries again
 * with growing waits; its own data files stay as they are.
 */
public final class LakeCommit {
  private static final Logger LOG = LoggerFactory.getLogger(LakeCommit.class);

  /** Summary property of a snapshot by which, and nothing else, a commit recognises itself. */
  public static final String COMMIT_ID = "lyceum.commit";

  private static final int FIRST_WAIT_MILLIS = 100;
  private static final int LONGEST_WAIT_MILLIS = 10_000;
  private static final int PATIENCE_MILLIS = 180_000;

  private final TableCommits tables;
  private final CommitRequest request;
  private final Collection<Landed> landed;

  private LakeCommit(TableCommits tables, CommitRequest request, Collection<Landed> landed) {
    this.tables = tables;
    this.request = request;
    this.landed = landed;
  }

  /**
   * What a commit did, or would do.
   *
   * @param vanishing events that show before and not after
   */
  public record Result(
      List<String> in,
      List<String> unchanged,
      List<CommitRequest.LeftOut> leftOut,
      long hidden,
      long shown,
      long vanishing) {
    static final Result NOTHING = new Result(List.of(), List.of(), List.of(), 0, 0, 0);
  }

  /** Makes the commit, or finds that it was made already. */
  public static Result commit(
      RESTCatalog catalog, CommitRequest request, Collection<Landed> landed, Clock clock) {
    return untilDone(
        catalog,
        request.id(),
        Result.NOTHING,
        tables -> {
          Result result = new LakeCommit(tables, request, landed).writer().write(true, clock);
          tables.commit();
          return result;
        });
  }

  /** Decides without committing: what the commit would do. */
  public static Result rehearse(
      RESTCatalog catalog, CommitRequest request, Collection<Landed> landed) {
    TableCommits tables = new TableCommits(catalog, request.id());
    return new LakeCommit(tables, request, landed).writer().write(false, Clock.systemUTC());
  }

  /**
   * Attempts a commit until it is made, was made already, or patience ends.
   *
   * @param done what to answer when an earlier attempt was made after all
   * @param attempt decides and commits from tables that it loads itself
   */
  static <T> T untilDone(
      RESTCatalog catalog, String commitId, T done, Function<TableCommits, T> attempt) {
    return untilDone(catalog, commitId, List.of(Books.DELIVERY.identifier()), done, attempt);
  }

  /**
   * The same.
   *
   * @param changed tables of which the commit changes one at least, by which an earlier attempt is
   *     recognised
   */
  static <T> T untilDone(
      RESTCatalog catalog,
      String commitId,
      List<TableIdentifier> changed,
      T done,
      Function<TableCommits, T> attempt) {
    AtomicReference<T> result = new AtomicReference<>(done);
    Tasks.foreach(commitId)
        .retry(200)
        .exponentialBackoff(FIRST_WAIT_MILLIS, LONGEST_WAIT_MILLIS, PATIENCE_MILLIS, 1.6)
        .onlyRetryOn(
            CommitFailedException.class,
            CommitStateUnknownException.class,
            ServiceFailureException.class,
            RESTException.class)
        .run(
            id -> {
              TableCommits tables = new TableCommits(catalog, id);
              if (changed.stream().anyMatch(tables::isDone)) {
                LOG.info("commit {} was made already", id);
              } else {
                result.set(attempt.apply(tables));
              }
            });
    return result.get();
  }

  private CommitWriter writer() {
    Table deliveries = tables.table(Books.DELIVERY.identifier());
    Ledger ledger =
        Ledger.read(deliveries, tables.start(Books.DELIVERY.identifier()), request.source());
    Decision decision = Decision.of(request, landed, ledger, new Lookup());
    return new CommitWriter(
        tables, request.run(), request.number(), request.number() == 1, request.isLast(), decision);
  }

  /** A byte offset as positions are written: it sorts as text. */
  public static String position(long offset) {
    String digits = Long.toString(offset);
    return "00000000000000000000".substring(digits.length()) + digits;
  }

  /** Looks into rows where the books are not enough. */
  private final class Lookup implements Decision.LakeCheck {
    private final Table failedRecords = tables.table(Books.FAILED_RECORD.identifier());

    @Override
    public boolean holdsAll(Decision.Arrival arrival, String shorter, String unended) {
      Contract contract = Contracts.of(request.tables().get(0)); // logs have one event table
      Table events = tables.table(contract.identifier());
      String cut = unended != null ? unended : position(LogName.length(shorter));
      List<DataFile> rows = arrival.rows().getOrDefault(contract.table(), List.of());
      return Contents.ofRows(events, filesOf(events, contract, shorter), shorter, cut)
              .equals(Contents.ofRows(events, rows, arrival.delivery(), cut))
          && Contents.ofFailed(
                  failedRecords, filesOf(failedRecords, Books.FAILED_RECORD, shorter), shorter, cut)
              .equals(Contents.ofFailed(failedRecords, arrival.failed(), arrival.delivery(), cut));
    }

    @Override
    public Set<String> objectsOf(String delivery) {
      Set<String> objects = new HashSet<>();
      List<String> all = new ArrayList<>(request.tables());
      all.add(Books.FAILED_RECORD.table());
      for (String name : all) {
        Contract contract = Contracts.of(name);
        Table table = tables.table(contract.identifier());
        for (DataFile file : filesOf(table, contract, delivery)) {
          try (CloseableIterable<StructLike> rows =
              RowFiles.read(table, file, table.schema().select("delivery", "position"))) {
            for (StructLike row : rows) {
              if (delivery.contentEquals(row.get(0, CharSequence.class))) {
                // the position of an object that could not be read is its name alone
                String position = row.get(1, CharSequence.class).toString();
                objects.add(position.substring(0, Math.max(0, position.lastIndexOf(':'))));
              }
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
      return objects;
    }

    /** Files that may hold rows of a delivery. */
    private List<DataFile> filesOf(Table table, Contract contract, String delivery) {
      Scope scope = new Scope(request.feed()).add(List.of(delivery));
      return tables.plan(contract.identifier(), "delivery", "position", "occurred_at").stream()
          .map(TableCommits.Planned::file)
          .filter(file -> scope.cover(RowFiles.bounds(table, file)) != Scope.Cover.NONE)
          .toList();
    }
  }
}
