package org.lyceum.pipelines.run;

import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/** Switches as make passes them: 1 is on, blank or 0 is off. */
public final class Flags {
  private Flags() {}

  public static boolean isOn(String name, String value) {
    return switch (value == null ? "" : value.strip()) {
      case "1" -> true;
      case "", "0" -> false;
      default -> throw new Refusal(Exit.WRONG_USE, name + "=" + value + ": it is 1 or nothing");
    };
  }

  /** A feed is a partition and part of every key: short, printable, without surprises in paths. */
  public static String feed(String value) {
    if (value == null || !value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new Refusal(
          Exit.WRONG_USE,
          "FEED=" + value + ": letters, digits, dots, dashes and underscores, at most 64");
    }
    return value;
  }
}
