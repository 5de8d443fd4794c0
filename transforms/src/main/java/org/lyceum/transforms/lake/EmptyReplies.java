package org.lyceum.transforms.lake;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.lyceum.transforms.io.LogFile;
import org.lyceum.transforms.parse.FailureCode;

/**
 * What a harvest brings and the lake in, what of the scope really goes out. A reply that is empty
 * where the lake holds something takes nothing away: it is refused, and when it comes again passed
 * over, and then what was not read stays known by a note until it is read.
 */
final class EmptyReplies {
  private final TableCommits tables;
  private final RestCommit.Request request;
  private final Map<String, Ledger.Entry> before;
  private final Set<String> open;
  private final Set<String> passed = new TreeSet<>();
  private final Set<String> touched = new HashSet<>();
  private final Set<String> settled = new HashSet<>();
  private RestScope scope;
  private boolean isRefused;

  /** Of a container, deliveries and what they hold, by table. */
  private static final class Content {
    private final Map<String, Long> rows = new HashMap<>();
    private final TreeMap<String, Long> deliveries = new TreeMap<>();

    void add(Scope.Place place, long more) {
      rows.merge(place.table(), more, Long::sum);
      deliveries.merge(place.delivery(), more, Long::sum);
    }

    long rows(String table) {
      return rows.getOrDefault(table, 0L);
    }
  }

  EmptyReplies(TableCommits tables, RestCommit.Request request, Ledger ledger) {
    this.tables = tables;
    this.request = request;
    this.scope = request.scope();
    this.open = ledger.open(request.feed());
    this.before = new TreeMap<>(ledger.emptyReplies(request.feed()));
    before.keySet().removeIf(path -> !path.startsWith(scope.prefix()));
  }

  /** Whether something is refused for the first time, so that the watermark has to wait. */
  boolean isRefused() {
    return isRefused;
  }

  /** What was refused before, and is passed over now. */
  Set<String> passed() {
    return passed;
  }

  /** Whether something of a delivery was passed over before, and is read now. */
  boolean isSettled(String delivery) {
    return settled.contains(delivery);
  }

  /** Whether something of a delivery was passed over, now or before. */
  boolean isOpen(String delivery) {
    if (touched.contains(delivery)) {
      return true;
    }
    return before.entrySet().stream()
        .filter(entry -> entry.getValue().status() == Ledger.Status.open)
        .anyMatch(entry -> deliveries(entry.getKey(), entry.getValue()).contains(delivery));
  }

  /** Deliveries that may hold something of what was refused: one entry names one of them. */
  private Set<String> deliveries(String path, Ledger.Entry entry) {
    Set<String> deliveries = new TreeSet<>();
    if (!entry.delivery().startsWith(Ledger.LEFT_OUT)) {
      deliveries.add(entry.delivery());
    }
    for (Window window : Window.parse(path)) {
      window.days().forEach(day -> deliveries.add(scope.prefix() + day));
    }
    return deliveries;
  }

  /** Decides what goes, of a decision that nothing has been decided of. */
  void decide(Decision decision, Collection<Landed> landed) {
    if (scope.window() != null) {
      decideWindow(decision, landed);
    } else {
      decideContainers(decision, landed);
    }
  }

  private void decideWindow(Decision decision, Collection<Landed> landed) {
    Window window = scope.window();
    if (landed.stream().allMatch(part -> records(part) == 0) && !request.replace()) {
      Content held = new Content();
      HeldRows.in(tables, request.tables(), new Scope(request.feed()).add(scope), held::add);
      if (!held.deliveries.isEmpty()) {
        Set<String> same = new TreeSet<>(before.keySet());
        same.removeIf(path -> Window.parse(path).stream().noneMatch(window::meets));
        refuse(decision, window.toString(), held, !same.isEmpty());
        return;
      }
    }
    for (String path : List.copyOf(before.keySet())) {
      List<Window> refused = Window.parse(path);
      if (!refused.isEmpty() && refused.stream().allMatch(window::spans)) {
        settle(decision, landed.stream().map(Landed::delivery).sorted().findFirst(), path);
      }
    }
    decision.scope().add(scope);
  }

  private void decideContainers(Decision decision, Collection<Landed> landed) {
    Map<String, Content> now = now(landed);
    Set<String> lacking = new TreeSet<>();
    for (String container : scope.containers()) {
      Content content = now.getOrDefault(container, new Content());
      if (request.tables().stream().anyMatch(table -> content.rows(table) == 0)) {
        lacking.add(container);
      }
    }
    Map<String, Content> held = lacking.isEmpty() || request.replace() ? Map.of() : held(lacking);
    Set<String> refused = new TreeSet<>();
    for (String container : scope.containers()) {
      Content content = now.getOrDefault(container, new Content());
      Content there = held.getOrDefault(container, new Content());
      Set<String> empty = new TreeSet<>(request.tables());
      empty.removeIf(table -> there.rows(table) == 0 || content.rows(table) > 0);
      boolean isEmpty = content.rows.isEmpty() && !there.rows.isEmpty();
      String path = scope.prefix() + container;
      if (isEmpty || (!empty.isEmpty() && content.rows(Books.FAILED_RECORD.table()) == 0)) {
        refuse(decision, container, there, before.containsKey(path));
        empty.forEach(table -> decision.scope().spare(container, table));
        if (isEmpty) {
          refused.add(container);
        }
      } else if (before.containsKey(path) && !content.deliveries.isEmpty()) {
        settle(decision, Optional.of(content.deliveries.firstKey()), path);
      }
    }
    scope = scope.without(refused);
    decision.scope().add(scope);
  }

  /** Notes what is refused; what was refused and is spanned now is known by the new name. */
  private void refuse(Decision decision, String name, Content held, boolean isAgain) {
    String path = scope.prefix() + name;
    long rows = held.deliveries.values().stream().mapToLong(Long::longValue).sum();
    String nothing = "it gives nothing now and the lake holds " + rows + " records of it";
    if (!isAgain) {
      isRefused = true;
      decision.leftOut.add(
          new CommitRequest.LeftOut(
              new LogFile(path, 0, 0),
              FailureCode.EMPTY_REPLY,
              nothing + ", which stay; it is asked again; REPLACE=1 takes it as it is"));
      return;
    }
    passed.add(path);
    touched.addAll(held.deliveries.keySet());
    List<Window> window = Window.parse(name);
    for (String known : List.copyOf(before.keySet())) {
      boolean isSpanned =
          !window.isEmpty() && Window.parse(known).stream().allMatch(window.get(0)::spans);
      if (isSpanned && !known.equals(path)) {
        settle(decision, Optional.of(held.deliveries.firstKey()), known);
      }
    }
    held.deliveries
        .keySet()
        .forEach(
            delivery ->
                decision.notes.add(
                    new Decision.Note(
                        delivery,
                        path,
                        FailureCode.EMPTY_REPLY,
                        nothing + ", again; they stay, and it was passed over")));
  }

  /** The note stands at deliveries that are open because of it, else at one that comes. */
  private void settle(Decision decision, Optional<String> coming, String path) {
    Ledger.Entry entry = before.remove(path);
    Set<String> concerned = deliveries(path, entry);
    settled.addAll(concerned);
    Set<String> at = new TreeSet<>(concerned);
    at.retainAll(open);
    if (at.isEmpty()) {
      at.add(coming.orElseGet(() -> concerned.iterator().next()));
    }
    at.forEach(
        delivery ->
            decision.notes.add(
                new Decision.Note(
                    delivery, path, null, "it was refused, and has been asked again")));
  }

  private static long records(Landed landed) {
    return landed.account().read() - landed.account().skipped();
  }

  /** What came, by container. */
  private Map<String, Content> now(Collection<Landed> landed) {
    Map<String, Content> now = new HashMap<>();
    RestCommit.forEachRow(
        tables,
        landed,
        place ->
            now.computeIfAbsent(scope.container(place.position()), any -> new Content())
                .add(place, 1));
    return now;
  }

  private Map<String, Content> held(Set<String> containers) {
    RestScope some = scope.only(containers);
    Map<String, Content> held = new HashMap<>();
    HeldRows.in(
        tables,
        request.tables(),
        new Scope(request.feed()).add(some),
        (place, rows) ->
            held.computeIfAbsent(some.container(place.position()), any -> new Content())
                .add(place, rows));
    return held;
  }
}
