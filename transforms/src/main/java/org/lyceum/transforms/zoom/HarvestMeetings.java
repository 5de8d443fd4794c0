package org.lyceum.transforms.zoom;

import java.io.IOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.iceberg.rest.RESTCatalog;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.lyceum.transforms.lake.CommitHarvest.Listings;
import org.lyceum.transforms.lake.DayHarvest;
import org.lyceum.transforms.lake.Harvested;
import org.lyceum.transforms.lake.RestCommit;
import org.lyceum.transforms.lake.RestScope;
import org.lyceum.transforms.land.LandHarvest;

/**
 * A group of meetings in; those that Zoom gives in whole, landed with their sessions, and their
 * documents out. What Zoom does not give is missing in the books of its day. A fault or a limit
 * ends the harvest only after what was read before it is committed.
 */
public final class HarvestMeetings extends PTransform<PCollection<MeetingGroup>, PCollectionTuple> {
  private static final long serialVersionUID = 1;

  /** What was read, to be committed, and why the harvest ends with it, if it does. */
  public static final TupleTag<Listings> LANDED = new TupleTag<>() {};

  /** One for each row; none if nobody wants them. */
  public static final TupleTag<Document> DOCUMENTS = new TupleTag<>() {};

  /** Counts meetings that Zoom does not give, or not yet. */
  public static final String MISSING = "missing_meetings";

  private final ZoomStep step;

  private HarvestMeetings(ZoomStep step) {
    this.step = step;
  }

  public static HarvestMeetings with(ZoomStep step) {
    return new HarvestMeetings(step);
  }

  @Override
  public PCollectionTuple expand(PCollection<MeetingGroup> groups) {
    PCollectionTuple read =
        groups.apply(
            "ReadMeetings",
            ParDo.of(new ReadFn(step)).withOutputTags(LANDED, TupleTagList.of(DOCUMENTS)));
    read.get(LANDED).setCoder(SerializableCoder.of(Listings.class));
    return read;
  }

  private static final class ReadFn extends DoFn<MeetingGroup, Listings> {
    private static final long serialVersionUID = 1;

    private final ZoomStep step;
    private final Counter missing = Metrics.counter(HarvestMeetings.class, MISSING);
    private transient GeoIp geoip;

    ReadFn(ZoomStep step) {
      this.step = step;
    }

    @Setup
    public void open() {
      geoip = GeoIp.open(step.hasDocuments() ? step.geoIpDb() : "");
    }

    @Teardown
    public void close() {
      if (geoip != null) {
        geoip.close();
      }
    }

    @ProcessElement
    public void read(@Element MeetingGroup group, MultiOutputReceiver out) throws IOException {
      try (ZoomClient client = step.access().open();
          RESTCatalog catalog = step.lake() == null ? null : step.lake().connect()) {
        int atATime = step.access().settings().concurrency();
        MeetingReading.Result result = MeetingReading.read(client, group.meetings(), atATime);
        MeetingRecords.Reader reader = new MeetingRecords.Reader();
        List<MeetingRecords> records = new ArrayList<>();
        Progressed progressed = new Progressed(group);
        for (MeetingReading.Whole whole : result.whole()) {
          MeetingRecords one = reader.read(whole);
          boolean isWanted = one.isOf(group.wanted());
          progressed.read(whole.meeting(), isWanted ? one.digest() : BigInteger.ZERO);
          if (isWanted) {
            records.add(one);
            if (step.hasDocuments()) {
              one.documents(geoip, out.get(DOCUMENTS)::output);
            }
          }
        }
        missing.inc(group.meetings().size() - (long) result.whole().size());
        String stopped =
            result.stop().map(HttpFailureException::getMessage).orElse(group.stopped());
        List<Harvested> all = new ArrayList<>();
        if (catalog != null) {
          Set<String> containers = new TreeSet<>();
          LandHarvest landing =
              new LandHarvest(
                  catalog, step.harvest().run().runId(), ZoomStep.SOURCE, step.harvest().feed());
          for (MeetingRecords one : records) {
            containers.add(one.container());
            one.to(landing);
          }
          all.add(
              new Harvested(
                  RestScope.containers(ZoomStep.SOURCE, ZoomStep.PREFIX, containers),
                  reader.tables(),
                  progressed.standings(stopped == null),
                  null,
                  reader.version(),
                  landing.land()));
        }
        out.get(LANDED).output(new Listings(all, stopped));
      }
    }
  }

  /** How the days stand after a group. */
  private static final class Progressed {
    private final MeetingGroup group;
    private final Map<String, Set<String>> read = new HashMap<>();
    private final Map<String, BigInteger> digests = new HashMap<>();

    Progressed(MeetingGroup group) {
      this.group = group;
    }

    void read(ListedMeeting meeting, BigInteger digest) {
      String day = meeting.day().toString();
      read.computeIfAbsent(day, any -> new HashSet<>()).add(meeting.name());
      digests.merge(day, digest, Digests::sum);
    }

    List<RestCommit.Standing> standings(boolean isWhole) {
      List<RestCommit.Standing> standings = new ArrayList<>();
      group
          .days()
          .forEach(
              (day, before) -> {
                // A day of which nothing is asked for ends here whatever happens to others.
                boolean isAsked =
                    isWhole
                        || group.meetings().stream()
                            .noneMatch(meeting -> meeting.day().toString().equals(day));
                DayHarvest after =
                    DayPass.after(
                        before,
                        LocalDate.parse(day),
                        read.getOrDefault(day, Set.of()),
                        digests.getOrDefault(day, BigInteger.ZERO),
                        isAsked && group.ending().contains(day),
                        group.at());
                standings.add(DayPass.standing(day, after, group.apart()));
              });
      return standings;
    }
  }
}
