package org.lyceum.transforms.zoom;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as Zoom's records and people write it in, whole seconds out: {@code 16:08} (minutes
 * and seconds), {@code 01:02:03}, a number (seconds in metrics, minutes in reports), or numbers
 * with units such as {@code 1 hr 2 mins} and {@code 1h2m3s}.
 */
final class ReportedDuration {
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,6}):)?(\\d{1,6}):(\\d{2})(?:\\.\\d{1,9})?");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
  private static final String ONE =
      "(\\d{1,9}(?:\\.\\d{1,9})?)\\s*"
          + "(w(?:ee)?(?:ks?)?|d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)";
  private static final Pattern ONE_UNIT = Pattern.compile(ONE);
  private static final Pattern WITH_UNITS = Pattern.compile("(?:" + ONE + "(?![a-z])[\\s,]*)+");

  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;
  private static final int WEEK = 7 * DAY;

  private ReportedDuration() {}

  /** Seconds, fractions dropped; null for what is no duration. */
  static Long seconds(String written, ZoomForm form) {
    String text = written.strip();
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      long hours = clock.group(1) == null ? 0 : Long.parseLong(clock.group(1));
      return HOUR * hours
          + MINUTE * Long.parseLong(clock.group(2))
          + Long.parseLong(clock.group(3));
    }
    if (NUMBER.matcher(text).matches()) {
      return times(text, form == ZoomForm.REPORT ? MINUTE : 1);
    }
    return WITH_UNITS.matcher(text).matches() ? sum(text) : null;
  }

  private static long sum(String text) {
    long seconds = 0;
    Matcher part = ONE_UNIT.matcher(text);
    while (part.find()) {
      seconds +=
          times(
              part.group(1),
              switch (part.group(2).substring(0, 1)) {
                case "w" -> WEEK;
                case "d" -> DAY;
                case "h" -> HOUR;
                case "m" -> MINUTE;
                default -> 1;
              });
    }
    return seconds;
  }

  private static long times(String number, int seconds) {
    return new BigDecimal(number)
        .multiply(BigDecimal.valueOf(seconds))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }
}
