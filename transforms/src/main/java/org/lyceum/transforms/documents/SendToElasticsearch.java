package org.lyceum.transforms.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.elasticsearch.ElasticsearchIO;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;

/**
 * Documents in, each in its index under its id; out comes nothing, but only when Elasticsearch has
 * taken all of them: what is to happen after that waits for it ({@code Wait.on}).
 *
 * <p>At least once: a document that is sent again takes the place of itself. One that is refused,
 * or that nobody says has arrived, fails the pipeline with a {@link Refusal}. For bounded input.
 */
public final class SendToElasticsearch
    extends PTransform<PCollection<Document>, PCollection<Void>> {
  private static final int BATCH = 1000;
  private static final long BATCH_BYTES = 5L << 20;
  private static final int ATTEMPTS = 5;
  private static final Duration PATIENCE = Duration.standardMinutes(3);

  /** As many batches are on their way at a time. */
  private static final int REQUESTS = 2;

  private final ElasticsearchSettings settings;

  private SendToElasticsearch(ElasticsearchSettings settings) {
    this.settings = settings;
  }

  /**
   * Asks now whether Elasticsearch is there and lets us in, so that nobody harvests for nothing.
   *
   * @throws Refusal when not
   */
  public static SendToElasticsearch to(ElasticsearchSettings settings) {
    try (ElasticsearchClient elasticsearch = ElasticsearchClient.open(settings)) {
      elasticsearch.version();
    }
    return new SendToElasticsearch(settings);
  }

  @Override
  public PCollection<Void> expand(PCollection<Document> documents) {
    PCollectionTuple written =
        documents
            .apply("WriteDirectives", ParDo.of(new WriteDirective()))
            .setCoder(ElasticsearchIO.DocumentCoder.of())
            .apply(
                "SendInBatches",
                ElasticsearchIO.bulkIO()
                    .withConnectionConfiguration(settings.connection())
                    .withMaxBatchSize(BATCH)
                    .withMaxBatchSizeBytes(BATCH_BYTES)
                    .withUseStatefulBatches(true)
                    .withMaxParallelRequests(REQUESTS)
                    .withRetryConfiguration(
                        ElasticsearchIO.RetryConfiguration.create(ATTEMPTS, PATIENCE))
                    // What it throws itself quotes documents.
                    .withThrowWriteErrors(false));
    PCollection<Long> refused =
        written
            .get(ElasticsearchIO.Write.FAILED_WRITES)
            .setCoder(ElasticsearchIO.DocumentCoder.of())
            .apply("RefuseFailed", ParDo.of(new RefuseFailed(settings)));
    // A reply that is no reply to a batch counts as success there, and names no document.
    PCollection<Long> sent = documents.apply("CountSent", each(1L));
    PCollection<Long> taken =
        written
            .get(ElasticsearchIO.Write.SUCCESSFUL_WRITES)
            .setCoder(ElasticsearchIO.DocumentCoder.of())
            .apply("CountTaken", each(-1L));
    return PCollectionList.of(sent)
        .and(taken)
        .and(refused)
        .apply("FlattenCounts", Flatten.pCollections())
        .apply("CountMissing", Sum.longsGlobally())
        .apply("RefuseMissing", ParDo.of(new RefuseMissing(settings)));
  }

  private static <T> MapElements<T, Long> each(long count) {
    return MapElements.into(TypeDescriptors.longs()).via(any -> count);
  }

  /** A document in, the lines out that say to Elasticsearch what to do with it. */
  static final class WriteDirective extends DoFn<Document, ElasticsearchIO.Document> {
    private static final JsonMapper JSON = new JsonMapper();

    /** Documents say 0 and 1; the index has booleans, which take no number since version 6. */
    private static final List<String> FLAGS = List.of("is_live", "live_stream");

    @ProcessElement
    public void process(ProcessContext context) throws JsonProcessingException {
      Document document = context.element();
      context.output(
          ElasticsearchIO.Document.create()
              .withInputDoc(document.id())
              .withBulkDirective(lines(document))
              .withTimestamp(context.timestamp()));
    }

    static String lines(Document document) throws JsonProcessingException {
      ObjectNode action = JsonNodeFactory.instance.objectNode();
      action.putObject("index").put("_index", document.index()).put("_id", document.id());
      return JSON.writeValueAsString(action)
          + "\n"
          + JSON.writeValueAsString(withFlags(document.body()))
          + "\n";
    }

    private static ObjectNode withFlags(ObjectNode body) {
      ObjectNode typed = JsonNodeFactory.instance.objectNode();
      typed.setAll(body);
      for (String flag : FLAGS) {
        if (body.path(flag).isNumber()) {
          typed.put(flag, body.get(flag).intValue() != 0);
        }
      }
      return typed;
    }
  }

  /**
   * A document that was not taken in; nothing out, as it says its index and why, and nothing of
   * what is in it. The sum waits for it, so that the reason is what is heard.
   */
  static final class RefuseFailed extends DoFn<ElasticsearchIO.Document, Long> {
    private static final Pattern INDEX = Pattern.compile("\"_index\":\"([^\"]+)\"");
    private static final Pattern TYPE = Pattern.compile("\"type\":\"([a-z_]+)\"");
    private static final Pattern STATUS = Pattern.compile("status line \\[HTTP/\\S+ (\\d+)");

    private final ElasticsearchSettings settings;

    RefuseFailed(ElasticsearchSettings settings) {
      this.settings = settings;
    }

    @ProcessElement
    public void process(@Element ElasticsearchIO.Document document) {
      if (document.getHasError()) {
        throw new Refusal(
            Exit.FAILED,
            "Elasticsearch at %s does not take a document of the index %s (%s); make es-templates loads the types of its fields"
                .formatted(
                    settings.uri(),
                    first(INDEX, document.getBulkDirective(), "?"),
                    why(String.valueOf(document.getResponseItemJson()))));
      }
    }

    static String why(String response) {
      return first(TYPE, response, "status " + first(STATUS, response, "unknown"));
    }

    private static String first(Pattern pattern, String text, String otherwise) {
      Matcher found = pattern.matcher(text);
      return found.find() ? found.group(1) : otherwise;
    }
  }

  /** The documents sent less those taken in; nothing out, as there are none between. */
  static final class RefuseMissing extends DoFn<Long, Void> {
    private final ElasticsearchSettings settings;

    RefuseMissing(ElasticsearchSettings settings) {
      this.settings = settings;
    }

    @ProcessElement
    public void process(@Element Long missing) {
      if (missing != 0) {
        throw new Refusal(
            Exit.FAILED,
            "Elasticsearch at %s does not say of %d documents that it has taken them; run again"
                .formatted(settings.uri(), missing));
      }
    }
  }
}
