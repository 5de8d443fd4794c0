package org.lyceum.transforms.documents;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Which queue of SQS documents go to, and where SQS is: the standard settings {@code
 * AWS_ENDPOINT_URL_SQS} or {@code AWS_ENDPOINT_URL} (blank for Amazon's own) and {@code AWS_REGION}
 * say it. Keys are not part of it: who sends takes them from its own environment.
 *
 * @param name of a standard queue
 * @param endpoint URL, blank for Amazon's own
 */
public record QueueSettings(String name, String endpoint, String region) implements Serializable {
  private static final int RETRIES = 8;
  private static final long FIRST_WAIT_MILLIS = 200;
  private static final long LONGEST_WAIT_MILLIS = 20_000;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /**
   * From {@code SQS_QUEUE_NAME} and the standard settings.
   *
   * @throws Refusal when there is no such name
   */
  public static QueueSettings of(Map<String, String> environment) {
    String name = environment.getOrDefault("SQS_QUEUE_NAME", "").strip();
    if (name.endsWith(".fifo")) {
      throw refusal("SQS_QUEUE_NAME=" + name + ": documents go to standard queues, not to FIFO");
    }
    if (!name.matches("[A-Za-z0-9_-]{1,80}")) {
      throw refusal("SQS_QUEUE_NAME=" + name + ": letters, digits, dashes, underscores; 1 to 80");
    }
    String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL_SQS", "").strip();
    if (endpoint.isEmpty()) {
      endpoint = environment.getOrDefault("AWS_ENDPOINT_URL", "").strip();
    }
    if (!endpoint.isEmpty() && !endpoint.matches("https?://[^@\\s]+")) {
      throw refusal("AWS_ENDPOINT_URL_SQS is no URL, such as http://localhost:9324");
    }
    String region = environment.getOrDefault("AWS_REGION", "").strip();
    if (region.isEmpty()) {
      region = environment.getOrDefault("AWS_DEFAULT_REGION", "").strip();
    }
    return new QueueSettings(name, endpoint, region.isEmpty() ? "us-east-1" : region);
  }

  private static Refusal refusal(String sentence) {
    return new Refusal(Exit.WRONG_USE, sentence);
  }

  /**
   * The queue's URL; the queue is made if there is none.
   *
   * @throws Refusal when SQS does not say
   */
  String open() {
    try (SqsClient sqs = client()) {
      try {
        return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
      } catch (QueueDoesNotExistException e) {
        return sqs.createQueue(r -> r.queueName(name)).queueUrl();
      }
    } catch (SdkException e) {
      throw new Refusal(
          Exit.FAILED,
          "SQS%s gives no queue %s: %s; check the AWS settings and what the keys may do"
              .formatted(endpoint.isEmpty() ? " in " + region : " at " + endpoint, name, why(e)),
          e);
    }
  }

  private static String why(SdkException e) {
    if (e instanceof SqsException said && said.awsErrorDetails() != null) {
      return said.awsErrorDetails().errorCode();
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.replaceFirst("(?s)( of the providers in the chain)\\b.*", "$1");
  }

  SqsClient client() {
    SqsClientBuilder builder =
        SqsClient.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .region(Region.of(region))
            .credentialsProvider(DefaultCredentialsProvider.builder().build());
    if (!endpoint.isEmpty()) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder.build();
  }

  /** As Beam has it. */
  ClientConfiguration configuration() {
    ClientConfiguration.Builder builder =
        ClientConfiguration.builder()
            .region(Region.of(region))
            .retry(
                r ->
                    r.numRetries(RETRIES)
                        .baseBackoff(org.joda.time.Duration.millis(FIRST_WAIT_MILLIS))
                        .maxBackoff(org.joda.time.Duration.millis(LONGEST_WAIT_MILLIS)));
    if (!endpoint.isEmpty()) {
      builder.endpoint(URI.create(endpoint));
    }
    return builder.build();
  }
}
