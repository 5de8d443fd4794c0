package org.lyceum.transforms.parse;

import java.util.Map;
import java.util.function.Supplier;
import org.lyceum.transforms.edx.EdxTrackingLogParser;

/** The map from format name to parser. */
public final class Formats {
  private static final Map<String, Supplier<RecordParser>> PARSERS =
      Map.of("edx_tracking_log", EdxTrackingLogParser::new);

  private Formats() {}

  /** A new parser, for one thread. */
  public static RecordParser parser(String format) {
    Supplier<RecordParser> parser = PARSERS.get(format);
    if (parser == null) {
      throw new IllegalArgumentException(
          "no such format: " + format + "; there are " + PARSERS.keySet());
    }
    return parser.get();
  }
}
