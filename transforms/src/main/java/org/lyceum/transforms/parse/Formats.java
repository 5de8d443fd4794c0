package org.lyceum.transforms.parse;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import org.lyceum.transforms.edx.EdxLineMessageParser;
import org.lyceum.transforms.edx.EdxTrackingLogParser;
import org.lyceum.transforms.gooru.GooruUsageEventParser;
import org.lyceum.transforms.gooru.GooruWriterEventParser;
import org.lyceum.transforms.io.SchemaRegistryClient;
import org.lyceum.transforms.kinesinlms.KinesinlmsEventParser;
import org.lyceum.transforms.openstax.OpenStaxAvroParser;
import org.lyceum.transforms.openstax.OpenStaxParquetParser;
import org.lyceum.transforms.openstax.OpenStaxRequestParser;
import org.lyceum.transforms.openstax.XapiMessageParser;

/** The map from format name to parser. */
public final class Formats {
  private static final Map<String, Supplier<RecordParser>> PARSERS =
      Map.of("edx_tracking_log", EdxTrackingLogParser::new);
  private static final Map<String, Function<String, MessageParser>> MESSAGE_PARSERS =
      Map.of(
          "edx_tracking_log", registry -> new EdxLineMessageParser(),
          "gooru_usage_event", registry -> new GooruUsageEventParser(),
          "gooru_writer_event", registry -> new GooruWriterEventParser(),
          "kinesinlms_event", registry -> new KinesinlmsEventParser(),
          "openstax_avro", Formats::openStaxAvro,
          "openstax_request", registry -> new OpenStaxRequestParser(),
          "xapi_statement", registry -> new XapiMessageParser(() -> openStaxAvro(registry)));

  private static final Map<String, Supplier<StoredParser>> STORED_PARSERS =
      Map.of("openstax_parquet", OpenStaxParquetParser::new);

  private Formats() {}

  private static MessageParser openStaxAvro(String registry) {
    if (registry == null || registry.isBlank()) {
      throw new Refusal(
          Exit.WRONG_USE,
          "SCHEMA_REGISTRY is missing: messages in Avro need the URL of the registry that has"
              + " their schemas, such as http://127.0.0.1:8085");
    }
    return new OpenStaxAvroParser(new SchemaRegistryClient(URI.create(registry)));
  }

  /** Names of the formats of messages. */
  public static Set<String> ofMessages() {
    return MESSAGE_PARSERS.keySet();
  }

  /**
   * A new parser of messages, for one thread.
   *
   * @param registry URL of the schema registry; needed for Avro alone
   */
  public static MessageParser messageParser(String format, String registry) {
    Function<String, MessageParser> parser = MESSAGE_PARSERS.get(format);
    if (parser == null) {
      throw new IllegalArgumentException(
          "no such format of messages: " + format + "; there are " + ofMessages());
    }
    return parser.apply(registry);
  }

  /** A new parser of the records of stored objects, for one thread. */
  public static StoredParser storedParser(String format) {
    Supplier<StoredParser> parser = STORED_PARSERS.get(format);
    if (parser == null) {
      throw new IllegalArgumentException(
          "no such format of objects: " + format + "; there are " + STORED_PARSERS.keySet());
    }
    return parser.get();
  }

  /** A new parser of lines, for one thread. */
  public static RecordParser parser(String format) {
    Supplier<RecordParser> parser = PARSERS.get(format);
    if (parser == null) {
      throw new IllegalArgumentException(
          "no such format: " + format + "; there are " + PARSERS.keySet());
    }
    return parser.get();
  }
}
