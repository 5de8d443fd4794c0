package org.lyceum.testdata;

import java.util.List;

/**
 * A course run and the addresses of its units, in the spelling of its generation of keys.
 *
 * @param key course key, such as {@code course-v1:MeridianX+ASTRO101+2024_T1} or {@code
 *     org/course/run}
 * @param org organisation part of the key
 * @param isOld true for keys of the form {@code org/course/run} and blocks {@code i4x://…}
 * @param units what learners walk through, in order
 * @param threads addresses of its forum threads
 */
record EdxCourse(String key, String org, boolean isOld, List<Unit> units, List<String> threads) {
  static final String HOST = "courses.lyceum.example";
  private static final int UNITS = 32;

  /**
   * One subsection with a video and a problem.
   *
   * @param sequence block key of the subsection
   * @param page address of its page in the browser
   * @param path path of that page
   * @param gotoPath path of the request that stores the learner's place in it
   * @param videoId id of the video as the browser gives it
   * @param videoKey block key of the video
   * @param youTube id of the video at YouTube
   * @param transcriptPath path of the request for its transcript
   * @param seconds length of the video
   * @param problem block key of the problem
   * @param problemPath path of the problem's requests, without the last word
   * @param input first part of the ids of the problem's input fields
   * @param title display name of the problem
   */
  record Unit(
      String sequence,
      String page,
      String path,
      String gotoPath,
      String videoId,
      String videoKey,
      String youTube,
      String transcriptPath,
      int seconds,
      String problem,
      String problemPath,
      String input,
      String title) {
    String checkPath() {
      return problemPath + "problem_check";
    }
  }

  /** The courses of our school. Old keys, newer keys and a CCX (a coach's copy of a course). */
  static final List<EdxCourse> ALL =
      List.of(
          of("course-v1:", "MeridianX", "ASTRO101", "2024_T1", ""),
          of("course-v1:", "MeridianX", "CELL-BIO.2x", "2024_T1", ""),
          of("course-v1:", "MeridianX", "ALGO_1", "2024_Spring", ""),
          of("course-v1:", "HarbourU", "LAW100", "1T2024", ""),
          of("course-v1:", "HarbourU", "STAT110x", "1T2024", ""),
          of("course-v1:", "HarbourU", "ECO-7", "1T2024", ""),
          of("course-v1:", "LyceumX", "GREEK1", "2023_T4", ""),
          of("course-v1:", "LyceumX", "LOGIC.1", "self-paced", ""),
          of("course-v1:", "NordTek", "CTRL3", "2024", ""),
          of("", "MeridianX", "6.00.1x", "2014_Spring", ""),
          of("", "HarbourU", "HIST_2", "1T2014", ""),
          of("", "LyceumX", "GREEK1", "2014_T2", ""),
          of("ccx-v1:", "LyceumX", "GREEK1", "2023_T4", "+ccx@7"));

  private static EdxCourse of(String kind, String org, String course, String run, String ccx) {
    boolean isOld = kind.isEmpty();
    String key =
        isOld ? org + "/" + course + "/" + run : kind + org + "+" + course + "+" + run + ccx;
    Unit[] units = new Unit[UNITS];
    String[] threads = new String[UNITS];
    for (int i = 0; i < UNITS; i++) {
      units[i] = unit(key, org, course, isOld, i);
      threads[i] =
          "/courses/"
              + key
              + "/discussion/forum/"
              + id(key, "topic", i / 8)
              + "/threads/"
              + id(key, "thread", i).substring(8);
    }
    return new EdxCourse(key, org, isOld, List.of(units), List.of(threads));
  }

  private static Unit unit(String key, String org, String course, boolean isOld, int i) {
    String chapter = id(key, "chapter", i / 4);
    String section = id(key, "sequential", i);
    String path = "/courses/" + key + "/courseware/" + chapter + "/" + section + "/";
    String problem = block(key, org, course, isOld, "problem", i);
    String video = block(key, org, course, isOld, "video", i);
    String problemId = id(key, "problem", i);
    return new Unit(
        block(key, org, course, isOld, "sequential", i),
        "https://" + HOST + path,
        path,
        handlers(key, block(key, org, course, isOld, "sequential", i))
            + "xmodule_handler/goto_position",
        isOld
            ? "i4x-" + org + "-" + course.replace('.', '_') + "-video-" + id(key, "video", i)
            : id(key, "video", i),
        video,
        id(key, "youtube", i).substring(0, 11),
        handlers(key, video) + "transcript/translation/en",
        120 + Math.floorMod((int) Dice.mix(7, i + key.length()), 780),
        problem,
        handlers(key, problem) + "xmodule_handler/",
        isOld ? "i4x-" + org + "-" + course.replace('.', '_') + "-problem-" + problemId : problemId,
        "Exercise " + (i / 4 + 1) + "." + (i % 4 + 1));
  }

  private static String handlers(String key, String block) {
    return "/courses/" + key + "/xblock/" + block.replace("/", ";_") + "/handler/";
  }

  private static String block(
      String key, String org, String course, boolean isOld, String type, int i) {
    if (isOld) {
      return "i4x://" + org + "/" + course + "/" + type + "/" + id(key, type, i);
    }
    String run = key.substring(key.indexOf(':') + 1);
    String kind = key.startsWith("ccx") ? "ccb-v1:" : "block-v1:";
    return kind + run + "+type@" + type + "+block@" + id(key, type, i);
  }

  private static String id(String key, String type, int i) {
    return hex(Dice.mix(key.hashCode(), type.hashCode()), i);
  }

  /** 32 hexadecimal digits that belong to these two numbers. */
  static String hex(long seed, long number) {
    return String.format("%016x%016x", Dice.mix(seed, number), Dice.mix(~seed, number));
  }
}
