package org.lyceum.transforms.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.aws2.sqs.SqsIO;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Partition;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.lyceum.furniture.Refusal;

/**
 * Documents in, their bodies as messages of a queue of SQS; out comes nothing, but only when SQS
 * has taken all of them: what is to happen after that waits for it ({@code Wait.on}).
 *
 * <p>At least once: who reads the queue drops repeats by what identifies a document. For bounded
 * input.
 */
public final class SendToQueue extends PTransform<PCollection<Document>, PCollection<Void>> {
  /** Ten of them, the most that go at a time, are together as much as SQS takes. */
  private static final int SMALL = 26_000;

  private static final int MOST_AT_A_TIME = 10;

  private final QueueSettings settings;
  private final String queueUrl;

  private SendToQueue(QueueSettings settings, String queueUrl) {
    this.settings = settings;
    this.queueUrl = queueUrl;
  }

  /**
   * Asks SQS now for the queue, and makes it if there is none.
   *
   * @throws Refusal when SQS gives none
   */
  public static SendToQueue to(QueueSettings settings) {
    return new SendToQueue(settings, settings.open());
  }

  @Override
  public PCollection<Void> expand(PCollection<Document> documents) {
    PCollectionList<String> bySize =
        documents
            .apply("WriteMessages", ParDo.of(new WriteMessage()))
            .setCoder(StringUtf8Coder.of())
            .apply(
                "PartBySize",
                Partition.of(2, (message, parts) -> message.length() <= SMALL ? 0 : 1));
    PCollection<Void> small = send("SendTogether", bySize.get(0), MOST_AT_A_TIME);
    PCollection<Void> large = send("SendAlone", bySize.get(1), 1);
    return PCollectionList.of(small).and(large).apply("FlattenSent", Flatten.pCollections());
  }

  private PCollection<Void> send(String name, PCollection<String> messages, int atATime) {
    SqsIO.WriteBatches.EntryMapperFn.Builder<String> entry =
        (message, body) -> message.messageBody(body);
    SqsIO.WriteBatches<String> write =
        SqsIO.<String>writeBatches()
            .withClientConfiguration(settings.configuration())
            .withBatchSize(atATime)
            .withEntryMapper(entry)
            .to(queueUrl);
    return messages.apply(name, ParDo.of(InnerStep.of(write, messages)));
  }

  /** A document in, its body as text of ASCII characters out, as Python wrote it. */
  static final class WriteMessage extends DoFn<Document, String> {
    private static final JsonMapper JSON =
        JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @ProcessElement
    public void process(@Element Document document, OutputReceiver<String> messages)
        throws JsonProcessingException {
      messages.output(JSON.writeValueAsString(document.body()));
    }
  }
}
