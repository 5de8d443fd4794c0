package org.lyceum.transforms.zoom;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.documents.Document;
import org.lyceum.transforms.land.LandHarvest;
import org.lyceum.transforms.parse.Verdict;

/**
 * A meeting that was read in whole in, its rows and failed records out, all of the day on which it
 * started; and its documents.
 */
final class MeetingRecords {
  /** Delivery of a meeting that says no time at all. */
  static final String UNDATED = "undated";

  private final String container;
  private final String delivery;
  private final BigInteger digest;
  private final List<Part> parts = new ArrayList<>();
  private Row meetingRow;
  private final List<Row> sessionRows = new ArrayList<>();

  /** A record. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(String position, Contract contract, Verdict verdict, Row row, byte[] json) {}

  private MeetingRecords(String container, String delivery, BigInteger digest) {
    this.container = container;
    this.delivery = delivery;
    this.digest = digest;
  }

  /** What its records stand in. */
  String container() {
    return container;
  }

  /** Of all that was read of it. */
  BigInteger digest() {
    return digest;
  }

  /** Whether it belongs to these days; one that says no time belongs to all. */
  boolean isOf(Set<String> days) {
    return delivery.equals(UNDATED) || days.contains(delivery);
  }

  void to(LandHarvest landing) {
    for (Part part : parts) {
      if (part.verdict.kind() == Verdict.Kind.PARSED) {
        landing.parsed(delivery, part.position, part.contract, part.row, part.json);
      } else {
        landing.failed(delivery, part.position, part.verdict, part.json);
      }
    }
  }

  /**
   * The meeting's, and those of its sessions; none for one that failed.
   *
   * @param geoip where addresses are
   */
  void documents(GeoIp geoip, Consumer<Document> to) {
    if (meetingRow != null) {
      to.accept(MeetingDocument.of(meetingRow));
      SessionDocument.of(meetingRow, sessionRows, geoip::find).forEach(to);
    }
  }

  /** Makes them. For one thread. */
  static final class Reader {
    private final ZoomMeetingParser meetings = new ZoomMeetingParser();
    private final ZoomParticipantSessionParser sessions = new ZoomParticipantSessionParser();
    private final int startedAt = meetings.contract().ordinal("occurred_at");
    private final int userId = sessions.contract().ordinal("user_id");
    private final int joinTime = sessions.contract().ordinal("join_time");

    /** The event tables that it has rows of. */
    List<String> tables() {
      return List.of(meetings.contract().table(), sessions.contract().table());
    }

    /** Rises whenever one of the parsers' does. */
    long version() {
      return (long) meetings.version() + sessions.version();
    }

    MeetingRecords read(MeetingReading.Whole whole) {
      ListedMeeting listed = whole.meeting();
      Contract contract = sessions.contract();
      List<Row> rows = new ArrayList<>();
      List<Verdict> verdicts = new ArrayList<>();
      Long firstJoin = null;
      BigInteger digest = Digests.of(listed.container(), listed.json(), listed.series());
      for (byte[] json : whole.participants()) {
        Row row = Row.of(contract);
        Verdict verdict = sessions.parse(json, listed.container(), null, row);
        rows.add(row);
        verdicts.add(verdict);
        Long join = isParsed(verdict) ? (Long) row.get(joinTime) : verdict.occurredAt();
        firstJoin = join == null || (firstJoin != null && firstJoin <= join) ? firstJoin : join;
        digest = Digests.sum(digest, Digests.of(listed.container(), json));
      }
      Row meeting = Row.of(meetings.contract());
      Verdict verdict = meetings.parse(listed.json(), listed.series(), firstJoin, meeting);
      Long said = isParsed(verdict) ? (Long) meeting.get(startedAt) : verdict.occurredAt();
      Long start = said == null ? firstJoin : said;
      MeetingRecords records =
          new MeetingRecords(listed.container(), delivery(start, listed.endDay()), digest);
      records.parts.add(
          new Part(listed.container(), meetings.contract(), verdict, meeting, listed.json()));
      records.meetingRow = isParsed(verdict) ? meeting : null;
      for (int i = 0; i < rows.size(); i++) {
        byte[] json = whole.participants().get(i);
        Verdict session = verdicts.get(i);
        if (!isParsed(session) && session.occurredAt() == null && start != null) {
          // A session that does not say when it began did so with its meeting.
          session = sessions.parse(json, listed.container(), start, rows.get(i));
        }
        String position =
            isParsed(session)
                ? ZoomPlaces.sessionPosition(
                    listed.container(),
                    rows.get(i).get(userId).toString(),
                    (Long) rows.get(i).get(joinTime))
                : String.format(Locale.ROOT, "%s:/participants#%06d", listed.container(), i);
        records.parts.add(new Part(position, contract, session, rows.get(i), json));
        if (isParsed(session)) {
          records.sessionRows.add(rows.get(i));
        }
      }
      return records;
    }

    private static String delivery(Long start, LocalDate endDay) {
      if (start != null) {
        return ZoomPlaces.delivery(start);
      }
      return endDay == null ? UNDATED : endDay.toString();
    }

    private static boolean isParsed(Verdict verdict) {
      return verdict.kind() == Verdict.Kind.PARSED;
    }
  }
}
