package org.lyceum.testdata;

/**
 * A learner's stay on the platform: what is the same in all of its lines.
 *
 * @param key which visit it is
 * @param learner who came
 * @param course where to
 * @param firstUnit index of the unit at which the visit begins
 * @param session 32 hexadecimal digits
 * @param ip address of the client
 * @param agent User-Agent of the browser
 * @param language Accept-Language of the browser
 * @param isWide true when the context repeats the fields of the envelope, as older lines do
 * @param userIdForm how the context gives the user id
 * @param tags course_user_tags: a group of a content experiment, or null
 * @param offlineMicros how long the mobile application waits for a connection
 * @param device index of the mobile device
 */
record EdxVisit(
    long key,
    EdxLearner learner,
    EdxCourse course,
    int firstUnit,
    String session,
    String ip,
    String agent,
    String language,
    boolean isWide,
    UserIdForm userIdForm,
    String tags,
    long offlineMicros,
    int device) {

  /** What platforms write for the user id. */
  enum UserIdForm {
    NUMBER,
    TEXT,
    BLANK,
    NULL,
    ABSENT;

    /** Whether the line is from somebody who is not signed in. */
    boolean isAnonymous() {
      return this == BLANK || this == NULL;
    }
  }

  private static final String[] AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.144",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2.1 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Ubuntu Chromium/119.0.6045.199 Chrome/119.0.6045.199 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:122.0) Gecko/20100101 Firefox/122.0",
    "Mozilla/5.0 (iPad; CPU OS 16_7_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 13; SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.6167.143 Mobile Safari/537.36",
    "Mozilla/5.0 (compatible; Lyceum-Monitor/1.4; +https://status.lyceum.example/about)"
  };
  private static final String[] LANGUAGES = {
    "en-US,en;q=0.9",
    "en-GB,en;q=0.8,fr;q=0.5",
    "fr-FR,fr;q=0.9,en-US;q=0.7,en;q=0.6",
    "pt-BR,pt;q=0.8",
    "zh-CN,zh;q=0.9,en;q=0.8",
    ""
  };

  static EdxVisit of(long seed, long key, int population, int percentOver) {
    Dice dice = new Dice().start(seed, key ^ 0x7669736974L);
    EdxLearner learner = EdxLearner.of(seed, dice.below(population));
    for (int tries = 0; tries < 20 && !learner.habit().isThere(percentOver); tries++) {
      learner = EdxLearner.of(seed, dice.below(population));
    }
    EdxCourse course = EdxCourse.ALL.get(learner.course());
    int units = course.units().size();
    int reached = Math.min(units - 1, percentOver * units / 100);
    long offline = dice.perMille(400) ? dice.below(5L * 86_400_000_000L) : dice.below(2_000_000L);
    return new EdxVisit(
        key,
        learner,
        course,
        Math.max(0, reached - dice.below(4)),
        EdxCourse.hex(seed, key),
        "203.0." + (113 + dice.below(2)) + "." + (1 + dice.below(250)),
        AGENTS[dice.below(AGENTS.length)],
        LANGUAGES[dice.below(LANGUAGES.length)],
        dice.perMille(30),
        userIdForm(dice.below(1000)),
        dice.perMille(150) ? "group-" + (1 + dice.below(4)) : null,
        offline,
        dice.below(4));
  }

  private static UserIdForm userIdForm(int at) {
    if (at < 930) {
      return UserIdForm.NUMBER;
    }
    if (at < 945) {
      return UserIdForm.TEXT;
    }
    if (at < 970) {
      return UserIdForm.BLANK;
    }
    return at < 990 ? UserIdForm.NULL : UserIdForm.ABSENT;
  }
}
