package org.lyceum.transforms.io;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.lyceum.furniture.Exit;
import org.lyceum.furniture.Refusal;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A small object of S3 in, its text out. */
public final class StoredText {
  private StoredText() {}

  /** Without white space around it; empty if there is no such object. */
  public static Optional<String> read(S3Settings s3, String bucket, String key) {
    try (S3Client client = s3.open()) {
      byte[] bytes =
          client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
      return Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (NoSuchKeyException | NoSuchBucketException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw new Refusal(
          Exit.FAILED,
          "s3://" + bucket + "/" + key + " cannot be read; check bucket, key and credentials",
          e);
    }
  }
}
