package org.lyceum.transforms.lake;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a day that is harvested until it no longer changes. It stands in {@code
 * ops.delivery} as the delivery's scope and fingerprint.
 *
 * @param fingerprint of what the day gave when it was last harvested
 * @param since the first of the harvests in a row that agree with the last
 * @param at the last harvest
 * @param missing what of the day was not read to its end, by name; a name has no blank
 */
public record DayHarvest(String fingerprint, Instant since, Instant at, List<String> missing)
    implements Serializable {
  private static final Pattern TEXT = Pattern.compile("harvest (\\S+) since (\\S+) missing(.*)");

  public DayHarvest {
    missing = List.copyOf(missing);
  }

  /** The harvest after another; one in which something is missing agrees with none. */
  public static DayHarvest after(
      Optional<DayHarvest> before, String fingerprint, Instant at, List<String> missing) {
    boolean agrees =
        missing.isEmpty()
            && before.isPresent()
            && before.get().missing.isEmpty()
            && before.get().fingerprint.equals(fingerprint);
    return new DayHarvest(fingerprint, agrees ? before.get().since : at, at, missing);
  }

  /** Whether nothing is missing, and two harvests at least so far apart agree. */
  public boolean isSettled(Duration apart) {
    return missing.isEmpty() && !at.isBefore(since.plus(apart));
  }

  /** How the day's delivery stands. */
  public RestCommit.Standing standing(String delivery, Duration apart) {
    return new RestCommit.Standing(
        delivery,
        isSettled(apart) ? Ledger.Status.complete : Ledger.Status.open,
        text(),
        fingerprint);
  }

  private String text() {
    StringBuilder text = new StringBuilder("harvest " + at + " since " + since + " missing");
    missing.forEach(name -> text.append(' ').append(name));
    return text.toString();
  }

  /** Reads {@link #text}; empty for any other scope. */
  static Optional<DayHarvest> of(String scope, String fingerprint) {
    Matcher matcher = TEXT.matcher(scope == null ? "" : scope);
    if (!matcher.matches() || fingerprint == null) {
      return Optional.empty();
    }
    String missing = matcher.group(3).strip();
    return Optional.of(
        new DayHarvest(
            fingerprint,
            Instant.parse(matcher.group(2)),
            Instant.parse(matcher.group(1)),
            missing.isEmpty() ? List.of() : List.of(missing.split(" "))));
  }
}
