package org.lyceum.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * For tests: an S3 API in a process of its own. {@link #shared()} is one for all tests of a JVM, or
 * the running one in the folder that {@code LYCEUM_TEST_S3} names; {@link #start()} is one that a
 * test may kill. Addresses are path-style, any region will do.
 */
public final class TestS3 implements AutoCloseable {
  private static final String PREFIX = "lyceum-test-s3-";

  private static TestS3 shared;

  private final TestEngine engine;

  private TestS3(TestEngine engine) {
    this.engine = engine;
  }

  public static synchronized TestS3 shared() {
    if (shared == null) {
      shared = new TestS3(TestEngine.shared("LYCEUM_TEST_S3", PREFIX, S3Engine::new));
    }
    return shared;
  }

  /** An S3 of the test's own; it goes with {@link #close()}, at the latest with the JVM. */
  public static TestS3 start() {
    return new TestS3(TestEngine.start(PREFIX, S3Engine::new));
  }

  public URI endpoint() {
    return Engine.uri(engine.port());
  }

  public String accessKeyId() {
    return S3Engine.KEY;
  }

  public String secretAccessKey() {
    return S3Engine.KEY;
  }

  public String region() {
    return "us-east-1";
  }

  /**
   * Makes the bucket if it is not there. Its folder out: files that are put there are objects too,
   * which is quicker than to send them.
   */
  public Path createBucket(String bucket) {
    try {
      return Files.createDirectories(
          new S3Engine(engine.home(), engine.port()).data().resolve(bucket));
    } catch (IOException e) {
      throw new IllegalStateException("No bucket " + bucket, e);
    }
  }

  /** kill -9: connections break, objects stay. */
  public void kill() {
    engine.kill();
  }

  /** Starts it after {@link #kill()} on its port with its buckets; returns when it answers. */
  public void up() {
    engine.up();
  }

  @Override
  public void close() {
    engine.remove();
  }
}
