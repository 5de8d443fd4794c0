package org.lyceum.transforms.parse;

import java.util.Map;
import java.util.function.Supplier;
import org.lyceum.transforms.edx.EdxLineMessageParser;
import org.lyceum.transforms.edx.EdxTrackingLogParser;
import org.lyceum.transforms.gooru.GooruUsageEventParser;
import org.lyceum.transforms.gooru.GooruWriterEventParser;
import org.lyceum.transforms.kinesinlms.KinesinlmsEventParser;

/** The map from format name to parser. */
public final class Formats {
  private static final Map<String, Supplier<RecordParser>> PARSERS =
      Map.of("edx_tracking_log", EdxTrackingLogParser::new);
  private static final Map<String, Supplier<MessageParser>> MESSAGE_PARSERS =
      Map.ofEntries(
          Map.entry("edx_tracking_log", EdxLineMessageParser::new),
          Map.entry("gooru_usage_event", GooruUsageEventParser::new),
          Map.entry("gooru_writer_event", GooruWriterEventParser::new),
          Map.entry("kinesinlms_event", KinesinlmsEventParser::new));

  private Formats() {}

  /** A new parser of lines, for one thread. */
  public static RecordParser parser(String format) {
    return of(PARSERS, format);
  }

  /** A new parser of messages, for one thread. */
  public static MessageParser messageParser(String format) {
    return of(MESSAGE_PARSERS, format);
  }

  private static <P> P of(Map<String, Supplier<P>> parsers, String format) {
    Supplier<P> parser = parsers.get(format);
    if (parser == null) {
      throw new IllegalArgumentException(
          "no such format: " + format + "; there are " + parsers.keySet());
    }
    return parser.get();
  }
}
