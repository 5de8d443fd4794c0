package org.lyceum.testdata;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.lyceum.testdata.ZoomPlan.Host;
import org.lyceum.testdata.ZoomPlan.Kind;
import org.lyceum.testdata.ZoomPlan.Person;
import org.lyceum.testdata.ZoomPlan.Session;

/** A seed in; for each day what its meetings are, who comes and how long each one stays, out. */
final class ZoomPlans {
  static final List<Host> HOSTS =
      List.of(
          new Host("u_frieda-4201_AAAAAAAA", "Frieda", "frieda@lyceum.example", 4_100_004_201L),
          new Host("u_dina-4104_AAAAAAAAAA", "Dina", "dina@lyceum.example", 4_100_004_104L),
          // Has left the school: not among the active users.
          new Host("u_chandra-4103_AAAAAAA", "Chandra", "chandra@lyceum.example", 4_100_004_103L));

  /** Two have accounts, one comes with an address alone, in mixed case. */
  private static final List<Person> LEARNERS =
      List.of(
          new Person("u_ada-4101_AAAAAAAAAAA", "Ada", "ada@lyceum.example"),
          new Person("u_emeka-4105_AAAAAAAAA", "Emeka", "emeka@lyceum.example"),
          new Person("", "Bruno", "Bruno@Home.example"));

  private static final Kind[] OTHERS = {
    Kind.PLAIN,
    Kind.RECONNECT,
    Kind.OVER_MIDNIGHT,
    Kind.ONE_PERSON,
    Kind.EMPTY_END,
    Kind.NO_START,
    Kind.NO_TIME,
    Kind.NO_LEAVE,
    Kind.BREAKOUT,
    Kind.DEVICES,
    Kind.GUESTS,
    Kind.LARGE
  };

  private static final long DAY = 86_400;
  private static final long HOUR = 3_600;
  private static final int LARGE = 70;

  private final long seed;
  private final LocalDate firstDay;
  private final Dice dice = new Dice();
  private final List<ZoomPlan> plans = new ArrayList<>();
  private final List<ZoomTruth.Attendance> attendance = new ArrayList<>();

  ZoomPlans(long seed, LocalDate firstDay) {
    this.seed = seed;
    this.firstDay = firstDay;
  }

  List<ZoomPlan> plans() {
    return plans;
  }

  List<ZoomTruth.Attendance> attendance() {
    return attendance;
  }

  /** Plans a day: the weekly series of the weekday, a personal room twice, and so many others. */
  void day(int day, int others) {
    dice.start(seed, 0x7a6f6f6dL + day);
    long midnight = firstDay.plusDays(day).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    int weekday = firstDay.plusDays(day).getDayOfWeek().getValue();
    Host host = HOSTS.get(day % HOSTS.size());
    String topic = "Algebra I, weekly " + weekday;
    plan(Kind.SERIES, 91_000_000_000L + weekday, 8, HOSTS.get(0), topic, midnight + 10 * HOUR);
    for (int hour : new int[] {11, 15}) {
      String room = host.name() + "'s Personal Meeting Room";
      plan(Kind.PERSONAL, host.personalId(), 4, host, room, midnight + hour * HOUR);
    }
    for (int i = 0; i < others; i++) {
      other(OTHERS[(day * others + i) % OTHERS.length], midnight);
    }
  }

  private void other(Kind kind, long midnight) {
    long id = 80_000_000_000L + plans.size();
    Host host = HOSTS.get(dice.below(HOSTS.size()));
    long start = midnight + 8 * HOUR + dice.below(10 * 3600);
    switch (kind) {
      case OVER_MIDNIGHT ->
          plan(kind, id, 2, host, "Geometry I, late", midnight + DAY - 60 - dice.below(500));
      case RECONNECT -> {
        for (int gap : new int[] {0, 900, 901}) {
          start = plan(kind, id, 2, host, "Geometry I", start).endsAt() + gap;
        }
        plan(kind, id, 2, host, "Geometry I", start);
      }
      case EMPTY_END, NO_START, NO_TIME ->
          plan(kind, id, 1, host, host.name() + "'s Zoom Meeting", start);
      case PLAIN, ONE_PERSON, NO_LEAVE, BREAKOUT, DEVICES, GUESTS, LARGE, SERIES, PERSONAL ->
          plan(kind, id, 2, host, "Algebra I, “" + kind + "”", start);
    }
  }

  private ZoomPlan plan(Kind kind, long id, int type, Host host, String topic, long start) {
    long end = start + 600 + dice.below(5400);
    String uuid = uuid(plans.size());
    ZoomPlan.Stays stays = new ZoomPlan.Stays(16_778_240L);
    if (kind != Kind.NO_TIME) {
      stays(kind, uuid, host, start, end, stays);
    }
    ZoomPlan plan = new ZoomPlan(kind, uuid, id, type, host, topic, start, end, stays.sessions());
    plans.add(plan);
    attendance.addAll(stays.attended());
    return plan;
  }

  private void stays(
      Kind kind, String uuid, Host host, long start, long end, ZoomPlan.Stays stays) {
    // The host is there from the beginning to the end.
    Person hosting = new Person(host.id(), host.name(), host.email());
    stays.stay(new Session(hosting, stays.nextUserId(), start, end, 2, ""));
    attended(kind, uuid, hosting, end - start, 1, stays);
    if (kind == Kind.ONE_PERSON) {
      return;
    }
    for (Person learner : LEARNERS) {
      learner(kind, uuid, learner, start, end, stays);
    }
    int guests = kind == Kind.LARGE ? LARGE : kind == Kind.GUESTS ? 6 : dice.below(2);
    for (int i = 1; i <= guests; i++) {
      String email = i % 5 == 0 ? "Guest" + i + "@Home.example" : "";
      learner(kind, uuid, new Person("", "Guest " + i, email), start, end, stays);
    }
  }

  /** One who comes a little later than the meeting begins and leaves a little earlier. */
  private void learner(
      Kind kind, String uuid, Person person, long start, long end, ZoomPlan.Stays stays) {
    int device = dice.below(5);
    long joined = start + dice.below(120);
    long left = end - dice.below(120);
    long third = (left - joined) / 3;
    long userId = stays.nextUserId();
    switch (kind) {
      case NO_LEAVE -> {
        stays.stay(new Session(person, userId, joined, joined + third, device, ""));
        stays.stay(
            new Session(
                person, stays.nextUserId(), joined + 2 * third, ZoomPlan.NEVER, device, ""));
      }
      case BREAKOUT -> {
        String room = uuid.substring(2, 20) + "bo==";
        stays.stay(new Session(person, userId, joined, joined + third, device, ""));
        stays.stay(
            new Session(
                person, stays.nextUserId(), joined + third, joined + 2 * third, device, room));
        stays.stay(new Session(person, stays.nextUserId(), joined + 2 * third, left, device, ""));
        attended(kind, uuid, person, left - joined, 3, stays);
      }
      case DEVICES -> {
        // In the waiting room before the meeting begins, and a telephone for the middle.
        stays.stay(new Session(person, userId, start - 20, left, device, ""));
        stays.stay(
            new Session(person, stays.nextUserId(), joined + third, joined + 2 * third, 3, ""));
        attended(kind, uuid, person, left - start, 2, stays);
      }
      case PLAIN,
          RECONNECT,
          OVER_MIDNIGHT,
          ONE_PERSON,
          EMPTY_END,
          NO_START,
          NO_TIME,
          GUESTS,
          LARGE,
          SERIES,
          PERSONAL -> {
        if (dice.perMille(600)) {
          stays.stay(new Session(person, userId, joined, left, device, ""));
          attended(kind, uuid, person, left - joined, 1, stays);
        } else {
          // A line that broke; some come back as who they were.
          long again = dice.perMille(500) ? userId : stays.nextUserId();
          stays.stay(new Session(person, userId, joined, joined + third, device, ""));
          stays.stay(new Session(person, again, joined + 2 * third, left, device, ""));
          attended(kind, uuid, person, left - joined - third, 2, stays);
        }
      }
    }
  }

  private static void attended(
      Kind kind, String uuid, Person person, long seconds, int sessions, ZoomPlan.Stays stays) {
    if (kind != Kind.EMPTY_END) {
      stays.attended(uuid, person, seconds, sessions);
    }
  }

  /** Sixteen bytes in Base64; every fifth begins with a slash, every fifth has two in a row. */
  private String uuid(int number) {
    byte[] bytes = new byte[16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) dice.below(256);
    }
    String uuid = Base64.getEncoder().encodeToString(bytes);
    return switch (number % 5) {
      case 0 -> "/" + uuid.substring(1);
      case 1 -> uuid.substring(0, 9) + "//" + uuid.substring(11);
      case 2 -> uuid.substring(0, 4) + "+a/b" + uuid.substring(8);
      default -> uuid;
    };
  }
}
