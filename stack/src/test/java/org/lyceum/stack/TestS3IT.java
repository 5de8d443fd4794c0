package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TestS3IT {
  private final TestS3 s3 = TestS3.shared();

  @Test
  void objectsGoInAndComeOut() throws Exception {
    s3.createBucket("events");
    try (S3Client client = client(s3.secretAccessKey())) {
      String etag = put(client, "events", "nudged/day=01/a.parquet", "ada").replace("\"", "");
      assertEquals("ada", get(client, "events", "nudged/day=01/a.parquet", etag));
      S3Exception changed =
          assertThrows(
              S3Exception.class,
              () -> get(client, "events", "nudged/day=01/a.parquet", "0".repeat(32)));
      assertEquals(412, changed.statusCode());
      List<S3Object> listed =
          client.listObjectsV2(r -> r.bucket("events").prefix("nudged/")).contents();
      assertEquals(List.of("nudged/day=01/a.parquet"), listed.stream().map(S3Object::key).toList());
      assertEquals("\"" + etag + "\"", listed.get(0).eTag());
    }
  }

  @Test
  void filesPutIntoTheBucketsFolderAreObjects() throws Exception {
    Path bucket = s3.createBucket("files");
    Path file = Files.createDirectories(bucket.resolve("nudged")).resolve("b.parquet");
    Files.writeString(file, "bruno");
    try (S3Client client = client(s3.secretAccessKey())) {
      S3Object listed = client.listObjectsV2(r -> r.bucket("files")).contents().get(0);
      assertEquals("nudged/b.parquet", listed.key());
      assertEquals(5, listed.size());
      String etag = client.headObject(r -> r.bucket("files").key("nudged/b.parquet")).eTag();
      assertEquals("bruno", get(client, "files", "nudged/b.parquet", etag));
    }
  }

  @Test
  void aWrongSecretIsRefused() {
    s3.createBucket("events");
    try (S3Client client = client("wrong")) {
      S3Exception refused = assertThrows(S3Exception.class, () -> put(client, "events", "a", "b"));
      assertTrue(refused.statusCode() == 403, refused.getMessage());
    }
  }

  private static String put(S3Client client, String bucket, String key, String text) {
    return client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(text)).eTag();
  }

  private static String get(S3Client client, String bucket, String key, String etag) {
    return client
        .getObjectAsBytes(r -> r.bucket(bucket).key(key).ifMatch(etag))
        .asString(StandardCharsets.UTF_8);
  }

  private S3Client client(String secret) {
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(s3.endpoint())
        .region(Region.of(s3.region()))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(s3.accessKeyId(), secret)))
        .build();
  }
}
