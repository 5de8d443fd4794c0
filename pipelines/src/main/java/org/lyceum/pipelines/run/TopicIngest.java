package org.lyceum.pipelines.run;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.StreamingOptions;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Lake;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.furniture.RunId;
import org.lyceum.transforms.io.Broker;
import org.lyceum.transforms.lake.Ledger;
import org.lyceum.transforms.lake.Offsets;
import org.lyceum.transforms.lake.OffsetsCommit;
import org.lyceum.transforms.lake.RunInfo;
import org.lyceum.transforms.lake.RunLog;
import org.lyceum.transforms.lake.StateBook;
import org.lyceum.transforms.lake.StreamProgress;
import org.lyceum.transforms.land.ExpiredOffsets;
import org.lyceum.transforms.land.Topic;
import org.lyceum.transforms.land.TopicMap;
import org.lyceum.transforms.land.TopicPlan;
import org.lyceum.transforms.land.TopicUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run over topics: compares lake and broker, runs the pipeline, and tells what became of it. */
public final class TopicIngest {
  private static final Logger LOG = LoggerFactory.getLogger(TopicIngest.class);
  private static final String NAME = "ingest-kafka";

  /** Offsets that one worker reads in one go, and offsets of one commit. */
  private static final long UNIT_OFFSETS = 250_000;

  private static final long COMMIT_OFFSETS = 20_000_000;

  private final Lake lake;
  private final LyceumOptions options;
  private final Runner runner;
  private final Map<String, String> consumer;
  private final String registry;
  private final TopicMap topicMap;
  private final List<String> topics;
  private final String feed;
  private final boolean replace;
  private final RunInfo run;
  private final long startedAt = System.nanoTime();

  private TopicIngest(
      Lake lake,
      LyceumOptions options,
      Map<String, String> consumer,
      String registry,
      TopicMap topicMap,
      List<String> topics,
      String feed,
      String reason,
      boolean replace) {
    this.lake = lake;
    this.options = options;
    this.runner = Runner.choose(options);
    this.consumer = consumer;
    this.registry = registry;
    this.topicMap = topicMap;
    this.topics = topics;
    this.feed = feed;
    this.replace = replace;
    this.run =
        new RunInfo(
            RunId.start(),
            NAME,
            runner.label(),
            TimeUnit.MILLISECONDS.toMicros(Clock.systemUTC().millis()),
            Version.current(),
            reason);
  }

  /** Builds the pipeline of one commit, or of a stream. */
  public interface Build {
    void build(
        Pipeline pipeline,
        List<TopicUnit> units,
        OffsetsCommit.Request request,
        OffsetsCommit.Rereading rereading);
  }

  /**
   * A run, not started.
   *
   * @param topics names; all of the map that the broker has when empty
   */
  public static TopicIngest of(
      Lake lake,
      LyceumOptions options,
      Map<String, String> consumer,
      String registry,
      TopicMap topicMap,
      List<String> topics,
      String feed,
      String reason,
      boolean replace) {
    return new TopicIngest(
        lake, options, consumer, registry, topicMap, topics, feed, reason, replace);
  }

  /** Reads what is there now, and stops. */
  public Exit.Outcome untilLatest(Build build) throws IOException {
    try (RESTCatalog catalog = lake.connect();
        Broker broker = new Broker(consumer)) {
      TopicPlan plan = plan(catalog, broker);
      long before = passExpired(catalog, plan);
      List<List<TopicUnit>> commits = commits(plan.units(UNIT_OFFSETS));
      if (commits.isEmpty() && before == 0) {
        return new Exit.Outcome(
            Exit.DONE, "nothing new in " + plan.partitions().size() + " partitions");
      }
      long number = before;
      try (ProgressLine progress = progress(commits)) {
        progress.start();
        for (List<TopicUnit> units : commits) {
          number++;
          boolean isLast = number - before == commits.size();
          run(build, units, request(plan, number, number == 1, isLast), null);
        }
      } catch (RuntimeException | Error e) {
        RunLog.failed(catalog, run, number - 1, e);
        throw e;
      }
      return close(catalog);
    }
  }

  /** Reads days again. */
  public Exit.Outcome again(LocalDate from, LocalDate to, Build build) throws IOException {
    try (RESTCatalog catalog = lake.connect();
        Broker broker = new Broker(consumer)) {
      TopicPlan plan = plan(catalog, broker);
      TopicPlan.Again again = plan.again(from, to, ledgers(catalog), tables(plan), UNIT_OFFSETS);
      if (again.rereading().ranges().isEmpty() && again.rereading().refused().isEmpty()) {
        return new Exit.Outcome(
            Exit.DONE, "the lake holds nothing of these topics from " + from + " to " + to);
      }
      try (ProgressLine progress = progress(List.of(again.units()))) {
        progress.start();
        run(build, again.units(), request(plan, 1, true, true), again.rereading());
      } catch (RuntimeException | Error e) {
        RunLog.failed(catalog, run, 0, e);
        throw e;
      }
      return close(catalog);
    }
  }

  /** Reads what comes, until somebody stops it. */
  public Exit.Outcome follow(Build build) throws IOException {
    try (RESTCatalog catalog = lake.connect()) {
      TopicPlan plan;
      long before;
      try (Broker broker = new Broker(consumer)) {
        plan = plan(catalog, broker);
        before = passExpired(catalog, plan);
      }
      List<TopicUnit> partitions =
          plan.partitions().stream()
              .map(
                  partition ->
                      new TopicUnit(
                          partition.topic(),
                          partition.number(),
                          new Offsets(partition.start(), Long.MAX_VALUE)))
              .toList();
      System.err.println(
          NAME
              + ": following "
              + partitions.size()
              + " partitions, run "
              + run.runId()
              + "; Ctrl-C stops it, what is not committed then is read by the next start");
      options.as(StreamingOptions.class).setStreaming(true);
      Thread stop = new Thread(this::stop, "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      try (ProgressLine progress = ProgressLine.ofStream(NAME)) {
        progress.start();
        run(build, partitions, request(plan, before + 1, before == 0, false), null);
      } catch (RuntimeException | Error e) {
        withdraw(stop);
        RunLog.failed(catalog, run, StreamProgress.commits(), e);
        throw e;
      }
      return close(catalog);
    }
  }

  /** Ctrl-C and SIGTERM are how a stream ends well: status 0, in the last line and in fact. */
  private void stop() {
    RunLog.stopped(lake, run, StreamProgress.commits());
    System.err.println(
        "exit 0: stopped after "
            + StreamProgress.commits()
            + " commits; what is not committed is read by the next start");
    System.err.flush();
    Runtime.getRuntime().halt(Exit.DONE.status());
  }

  /** The stream ended by itself; where it is being stopped, what fails then is no news. */
  private static void withdraw(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException stopping) {
      LOG.debug("the stream is being stopped", stopping);
      while (true) {
        LockSupport.park(stop); // until it halts the JVM
      }
    }
  }

  private TopicPlan plan(RESTCatalog catalog, Broker broker) throws IOException {
    List<String> names = topics;
    if (names.isEmpty()) {
      TreeSet<String> there = new TreeSet<>(broker.topics());
      there.retainAll(topicMap.topics().keySet());
      names = List.copyOf(there);
      if (names.isEmpty()) {
        throw new Refusal(
            Exit.WRONG_USE,
            "the broker has no topic of the topic map: say TOPICS=, of "
                + topicMap.topics().keySet());
      }
    }
    List<Topic> wanted = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      TopicMap.Content content = topicMap.content(name);
      wanted.add(
          new Topic(content.source(), content.format(), feed, name, name, "", consumer, registry));
    }
    return TopicPlan.of(wanted, broker, StateBook.read(catalog), replace);
  }

  /** Commits that offsets are gone; returns how many commits that took. */
  private long passExpired(RESTCatalog catalog, TopicPlan plan) throws IOException {
    var lost = ExpiredOffsets.of(plan.partitions(), catalog, run.runId(), Clock.systemUTC());
    if (lost.isEmpty()) {
      return 0;
    }
    OffsetsCommit.append(catalog, request(plan, 1, true, false), lost, Clock.systemUTC());
    return 1;
  }

  private OffsetsCommit.Request request(
      TopicPlan plan, long number, boolean isFirst, boolean isLast) {
    return new OffsetsCommit.Request(run, number, number, isFirst, isLast, feed, plan.starts());
  }

  private void run(
      Build build,
      List<TopicUnit> units,
      OffsetsCommit.Request request,
      OffsetsCommit.Rereading rereading) {
    Pipeline pipeline = Pipeline.create(options);
    build.build(pipeline, units, request, rereading);
    PipelineRun.toItsEnd(pipeline);
  }

  private static List<List<TopicUnit>> commits(List<TopicUnit> units) {
    List<List<TopicUnit>> commits = new ArrayList<>();
    long offsets = COMMIT_OFFSETS;
    for (TopicUnit unit : units) {
      long size = unit.offsets().to() - unit.offsets().from();
      if (offsets + size > COMMIT_OFFSETS) {
        commits.add(new ArrayList<>());
        offsets = 0;
      }
      offsets += size;
      commits.get(commits.size() - 1).add(unit);
    }
    return commits;
  }

  private static ProgressLine progress(List<List<TopicUnit>> commits) {
    long offsets =
        commits.stream()
            .flatMap(List::stream)
            .mapToLong(unit -> unit.offsets().to() - unit.offsets().from())
            .sum();
    return ProgressLine.ofOffsets(NAME, offsets);
  }

  /** Event tables of the topics' sources: what is read again can lie in any of them. */
  private static List<String> tables(TopicPlan plan) {
    Set<String> sources = new TreeSet<>();
    plan.partitions().forEach(partition -> sources.add(partition.topic().source()));
    return Contracts.all().stream()
        .filter(contract -> contract.namespace().equals("events"))
        .filter(contract -> sources.contains(contract.source()))
        .map(Contract::table)
        .toList();
  }

  private static TopicPlan.Ledgers ledgers(RESTCatalog catalog) {
    Table deliveries = catalog.loadTable(Contracts.of("ops.delivery").identifier());
    Map<String, Ledger> known = new HashMap<>();
    return source ->
        known.computeIfAbsent(
            source, any -> Ledger.read(deliveries, deliveries.currentSnapshot(), any));
  }

  private Exit.Outcome close(RESTCatalog catalog) {
    ClosingTable closing = ClosingTable.of(catalog, run.runId());
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    System.err.print(closing.renderTopics(run.runId(), seconds));
    if (closing.leftOut().isEmpty()) {
      return new Exit.Outcome(Exit.DONE, "done, run " + run.runId());
    }
    return new Exit.Outcome(
        Exit.LEFT_OUT,
        closing.leftOut().size() + " deliveries were left out, the others are done; see above");
  }
}
