package org.lyceum.transforms.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lyceum.furniture.Refusal;
import org.lyceum.stack.TestSqs;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Against a real queue server: the documented documents, whole, and nothing before they are in. */
@Tag("sinks")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SendToQueueIT {
  private static final TestSqs SQS = TestSqs.shared();
  private static final JsonMapper JSON = new JsonMapper();

  @BeforeAll
  static void keys() {
    System.setProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property(), SQS.accessKeyId());
    System.setProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property(), SQS.secretAccessKey());
  }

  @AfterAll
  static void noKeys() {
    System.clearProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property());
    System.clearProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property());
  }

  private static QueueSettings settings(String queue) {
    return QueueSettings.of(
        Map.of(
            "SQS_QUEUE_NAME", queue,
            "AWS_ENDPOINT_URL_SQS", SQS.endpoint().toString(),
            "AWS_REGION", SQS.region()));
  }

  private static int waiting(String queue) {
    QueueSettings settings = settings(queue);
    try (SqsClient sqs = settings.client()) {
      QueueAttributeName number = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
      String url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
      return Integer.parseInt(
          sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(number))
              .attributes()
              .get(number));
    }
  }

  /** All messages of a queue, by what they say. */
  private static Map<JsonNode, Integer> receive(String queue) throws Exception {
    Map<JsonNode, Integer> bodies = new HashMap<>();
    QueueSettings settings = settings(queue);
    try (SqsClient sqs = settings.client()) {
      String url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
      while (true) {
        List<Message> messages =
            sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
        if (messages.isEmpty()) {
          return bodies;
        }
        for (Message message : messages) {
          assertTrue(message.body().chars().allMatch(c -> c < 128), "as Python wrote it");
          bodies.merge(JSON.readTree(message.body()), 1, Integer::sum);
          sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
        }
      }
    }
  }

  private static void send(QueueSettings settings, List<Document> documents) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(Create.of(documents)).apply("SendToQueue", SendToQueue.to(settings));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aQueueThatIsNotThereIsMadeAndTakesTheDocumentsFieldByField() throws Exception {
    List<Document> documents = new ArrayList<>(DocumentCases.documents("opencast/useraction"));
    ObjectNode large = JsonNodeFactory.instance.objectNode().put("description", "Å".repeat(30_000));
    documents.add(new Document("episodes", "large", large));
    Map<JsonNode, Integer> expected = new HashMap<>();
    for (Document document : documents) {
      expected.merge(JSON.readTree(document.body().toString()), 1, Integer::sum);
    }
    send(settings("user-actions"), documents);
    assertEquals(expected, receive("user-actions"));

    // Sent again they are there again, in the same queue: who reads drops repeats by action_id.
    send(settings("user-actions"), documents);
    assertEquals(expected, receive("user-actions"));
  }

  @Test
  void whatWaitsForTheSignalComesWhenAllIsThere() {
    List<Document> many = new ArrayList<>();
    for (int i = 0; i < 315; i++) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("action_id", i);
      many.add(new Document("useractions-2024.03.01", Integer.toString(i), body));
    }
    Pipeline pipeline = Pipeline.create();
    PCollection<Void> sent =
        pipeline
            .apply("Documents", Create.of(many))
            .apply("SendToQueue", SendToQueue.to(settings("many")));
    PCollection<Integer> thereThen =
        pipeline
            .apply("Commit", Create.of("many"))
            .apply(Wait.on(sent))
            .apply(MapElements.into(TypeDescriptors.integers()).via(SendToQueueIT::waiting));
    PAssert.thatSingleton(thereThen).isEqualTo(315);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void nothingToSendIsFine() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Void> sent =
        pipeline
            .apply("Documents", Create.empty(DocumentCoder.of()))
            .apply("SendToQueue", SendToQueue.to(settings("nothing")));
    PCollection<String> after = pipeline.apply("Commit", Create.of("ada")).apply(Wait.on(sent));
    PAssert.that(after).containsInAnyOrder("ada");
    pipeline.run().waitUntilFinish();
    assertEquals(0, waiting("nothing"));
  }

  @Test
  void whenSqsIsNotThereASentenceSaysSo() {
    QueueSettings settings = new QueueSettings("away", "http://127.0.0.1:1", "us-east-1");
    Refusal refusal = assertThrows(Refusal.class, () -> SendToQueue.to(settings));
    String sentence = refusal.getMessage();
    assertTrue(sentence.startsWith("SQS at http://127.0.0.1:1 gives no queue away: "), sentence);
    assertTrue(sentence.endsWith("check the AWS settings and what the keys may do"), sentence);
  }
}
