package org.lyceum.transforms.io;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Where S3 is, as the standard settings say it: {@code AWS_ENDPOINT_URL_S3} or {@code
 * AWS_ENDPOINT_URL} (blank for Amazon's own) and {@code AWS_REGION}. Keys are not part of it: the
 * worker that opens a client takes them from its own environment, so they never travel.
 *
 * @param endpoint URL; with one, buckets stand in the path and not in the host name
 */
public record S3Settings(String endpoint, String region) implements Serializable {
  /** With growing waits, half a minute together. */
  private static final int MAX_ATTEMPTS = 10;

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  public static S3Settings of(Map<String, String> environment) {
    String general = environment.getOrDefault("AWS_ENDPOINT_URL", "");
    return new S3Settings(
        environment.getOrDefault("AWS_ENDPOINT_URL_S3", general).strip(),
        environment.getOrDefault(
            "AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", "us-east-1")));
  }

  S3Client open() {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .region(Region.of(region))
            .credentialsProvider(DefaultCredentialsProvider.builder().build())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                c ->
                    c.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(MAX_ATTEMPTS)
                            .build()));
    if (!endpoint.isEmpty()) {
      builder.endpointOverride(URI.create(endpoint)).forcePathStyle(true);
    }
    return builder.build();
  }
}
