package org.lyceum.testdata;

/**
 * One of the population: who, and with which habit.
 *
 * @param id user id on the platform
 * @param username name on the platform
 * @param habit how the learner works through a semester
 * @param course index of the course the learner is enrolled in
 */
record EdxLearner(int id, String username, Habit habit, int course) {

  /** The cast. Weights say how often which kind of event comes from such a learner. */
  enum Habit {
    /** Comes every week and does a little of everything. */
    STEADY(0, 100, 380, 170, 70, 55, 120, 35, 60, 20),
    /** Watches everything and answers nothing. */
    WATCHER(0, 100, 260, 480, 90, 60, 5, 15, 40, 20),
    /** Tries every problem until it is right. */
    RETRIER(0, 100, 330, 60, 60, 40, 330, 20, 50, 10),
    /** Is keen for two weeks, and then gone. */
    LEAVES_EARLY(0, 13, 420, 220, 90, 60, 90, 15, 50, 30),
    /** Comes when the end is near. */
    CRAMMER(75, 100, 350, 180, 60, 60, 210, 10, 60, 20),
    /** Lives in the forum. */
    TALKER(0, 100, 360, 60, 40, 40, 40, 330, 50, 20),
    /** Learns on the train: the application collects events and sends them days later. */
    TRAVELLER(0, 100, 90, 0, 0, 0, 20, 20, 10, 10),
    /** Teaches: enrols, reports, rescores. */
    STAFF(0, 100, 500, 20, 40, 40, 20, 80, 60, 120);

    private final int from;
    private final int until;

    @SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out
    private final int[] weights;

    private final int sum;

    Habit(int from, int until, int... weights) {
      this.from = from;
      this.until = until;
      this.weights = weights;
      int total = 0;
      for (int weight : weights) {
        total += weight;
      }
      this.sum = total;
    }

    /** Whether such a learner is there when so many per cent of the semester are over. */
    boolean isThere(int percent) {
      return from <= percent && percent < until;
    }

    Kind pick(Dice dice) {
      if (this == TRAVELLER && dice.perMille(700)) {
        return Kind.MOBILE_VIDEO;
      }
      int at = dice.below(sum);
      int kind = 0;
      while (at >= weights[kind]) {
        at -= weights[kind++];
      }
      return Kind.ALL[kind];
    }
  }

  /** What an event is about; the order is that of the habits' weights. */
  enum Kind {
    REQUEST,
    VIDEO,
    SEQUENCE,
    PAGE_CLOSE,
    PROBLEM,
    FORUM,
    NAVIGATION,
    ENROLLMENT,
    MOBILE_VIDEO;

    private static final Kind[] ALL = values();
  }

  private static final Habit[] POPULATION = {
    Habit.STEADY,
    Habit.STEADY,
    Habit.STEADY,
    Habit.STEADY,
    Habit.STEADY,
    Habit.WATCHER,
    Habit.WATCHER,
    Habit.RETRIER,
    Habit.RETRIER,
    Habit.LEAVES_EARLY,
    Habit.LEAVES_EARLY,
    Habit.LEAVES_EARLY,
    Habit.CRAMMER,
    Habit.TALKER,
    Habit.TRAVELLER,
    Habit.TRAVELLER
  };
  private static final String[] FIRST = {
    "ada", "ben", "chi", "dora", "eli", "fatou", "goran", "hana", "ines", "jun", "kofi", "lea",
    "mei", "nils", "omar", "priya", "quinn", "rosa", "sven", "tala", "uma", "vito", "wen", "yara"
  };
  private static final String[] LAST = {
    "_abel", "_brook", "-castro", "_diaz", "Eze", "_fox", "_gupta", "-holm", "_ito", "Jansen",
    "_kaya", "_lund", "_moore", "-novak", "_okoro", "_park", "Reyes", "_silva", "_tran", "_weiss"
  };

  static EdxLearner of(long seed, int number) {
    Dice dice = new Dice().start(seed, number ^ 0x6c6561726e6572L);
    Habit habit = number % 97 == 3 ? Habit.STAFF : POPULATION[dice.below(POPULATION.length)];
    String username = dice.of(FIRST) + dice.of(LAST) + number;
    return new EdxLearner(1_000 + 7 * number, username, habit, dice.below(EdxCourse.ALL.size()));
  }
}
