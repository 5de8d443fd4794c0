package org.lyceum.transforms.opencast;

import java.util.Locale;
import org.lyceum.transforms.parse.EventTime;

/** Where rows of Opencast say they belong: deliveries and positions, from what a row says. */
public final class OpencastPlaces {
  /** All episodes of a host are one delivery. */
  public static final String EPISODES = "episodes";

  private OpencastPlaces() {}

  /** The delivery of an action, {@code actions/<UTC day>}, from when it was created. */
  public static String actionDelivery(long occurredAt) {
    return "actions/" + EventTime.day(occurredAt);
  }

  /** The position of an action: its id with zeros before it, so that text sorts like numbers. */
  public static String actionPosition(long actionId) {
    return String.format(Locale.ROOT, "%019d", actionId);
  }

  /** The position of an episode. */
  public static String episodePosition(String mpid) {
    return mpid;
  }
}
