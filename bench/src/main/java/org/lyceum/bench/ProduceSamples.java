package org.lyceum.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.lyceum.stack.KafkaTopics;
import org.lyceum.testdata.JsonMessage;
import org.lyceum.testdata.JsonMessageGenerator;
import org.lyceum.testdata.JsonSource;
import org.lyceum.testdata.OpenStaxEvent;
import org.lyceum.testdata.OpenStaxGenerator;
import org.lyceum.testdata.OpenStaxMessages;
import org.lyceum.testdata.OpenStaxOptions;
import org.lyceum.testdata.OpenStaxType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends sample messages of every source to a broker, for the demo. */
@Command(name = "produce-samples", mixinStandardHelpOptions = true, sortOptions = false)
public final class ProduceSamples implements Callable<Integer> {
  private static final int BODY_EVENTS = 5;
  private static final String REQUESTS = "openstax_event_requests";

  @Option(names = "--bootstrap", required = true)
  private String bootstrap;

  @Option(names = "--registry", required = true, description = "URL of the schema registry.")
  private String registry;

  @Option(names = "--messages", defaultValue = "2000", description = "Of each kind, about.")
  private int messages;

  @Option(names = "--seed", defaultValue = "7")
  private long seed;

  private final Map<OpenStaxType, Integer> schemas = new EnumMap<>(OpenStaxType.class);
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  public static void main(String[] args) {
    System.exit(new CommandLine(new ProduceSamples()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    new JsonMessageGenerator(seed, messages, EnumSet.allOf(JsonSource.class))
        .forEachRemaining(this::add);
    addOpenStax();
    createTopics();
    Map<String, Object> settings =
        new TreeMap<>(Map.of("bootstrap.servers", bootstrap, "max.request.size", 32 << 20));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      for (Future<?> one : sent) {
        one.get();
      }
    }
    System.err.printf(Locale.ROOT, "%,d messages in %d topics%n", records.size(), topics().size());
    return 0;
  }

  private void add(JsonMessage message) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(message.topic(), null, message.timestamp(), null, message.value());
    message
        .headers()
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    records.add(record);
  }

  /** Events in Avro to the topics of their types, and some as bodies of requests. */
  private void addOpenStax() throws Exception {
    List<OpenStaxEvent> events =
        OpenStaxGenerator.events(
            new OpenStaxOptions(1, Math.max(20, messages / 40), 40, seed, false));
    List<OpenStaxEvent> body = new ArrayList<>();
    for (OpenStaxEvent event : events) {
      Object at = event.fields().get("occurred_at");
      records.add(
          new ProducerRecord<>(
              event.type().topic(),
              null,
              at instanceof Long millis ? millis : null,
              null,
              OpenStaxMessages.avro(event, schema(event.type()))));
      if (event.type() != OpenStaxType.XAPI_STATEMENT) {
        body.add(event);
      }
      if (body.size() == BODY_EVENTS) {
        OpenStaxMessages.Request request = OpenStaxMessages.request(body);
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                REQUESTS,
                null,
                request.received(),
                null,
                request.body().getBytes(StandardCharsets.UTF_8));
        request
            .headers()
            .forEach(
                (name, value) ->
                    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        records.add(record);
        body.clear();
      }
    }
  }

  private int schema(OpenStaxType type) throws Exception {
    Integer known = schemas.get(type);
    if (known == null) {
      ObjectMapper json = new ObjectMapper();
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(registry + "/subjects/" + type.topic() + "-value/versions"))
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              json.writeValueAsString(Map.of("schema", type.schema().toString()))))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      JsonNode id = json.readTree(answer.body()).get("id");
      if (id == null) {
        throw new IllegalStateException("the registry does not take a schema: " + answer.body());
      }
      known = id.asInt();
      schemas.put(type, known);
    }
    return known;
  }

  private Set<String> topics() {
    Set<String> topics = new TreeSet<>();
    records.forEach(record -> topics.add(record.topic()));
    return topics;
  }

  private void createTopics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Set<String> there = admin.listTopics().names().get();
      KafkaTopics.create(
          admin,
          topics().stream()
              .filter(topic -> !there.contains(topic))
              .map(topic -> new NewTopic(topic, 3, (short) 1).configs(Map.of("retention.ms", "-1")))
              .toList());
    }
  }
}
