package org.lyceum.furniture;

import java.util.List;

/** Values in, a line of CSV (RFC 4180) out, as every main prints it. */
public final class Csv {
  private Csv() {}

  /** A record with its line end; null is an empty field, empty text is a quoted one. */
  public static String line(List<String> values) {
    StringBuilder line = new StringBuilder();
    String separator = "";
    for (String value : values) {
      line.append(separator);
      separator = ",";
      if (value == null) {
        continue;
      }
      boolean isBare =
          !value.isEmpty()
              && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
      line.append(isBare ? value : '"' + value.replace("\"", "\"\"") + '"');
    }
    return line.append("\r\n").toString();
  }
}
