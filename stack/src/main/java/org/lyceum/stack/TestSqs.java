package org.lyceum.stack;

import java.net.URI;

/**
 * For tests: a queue server that speaks SQS, in a process of its own. {@link #shared()} is one for
 * all tests of a JVM, or the running one in the folder that {@code LYCEUM_TEST_SQS} names: a test
 * uses queues that no other does. {@link #start()} is one that a test may kill; its queues go then.
 */
public final class TestSqs implements AutoCloseable {
  private static final String PREFIX = "lyceum-test-sqs-";
  private static final String KEY = "test";

  private static TestSqs shared;

  private final TestEngine engine;

  private TestSqs(TestEngine engine) {
    this.engine = engine;
  }

  public static synchronized TestSqs shared() {
    if (shared == null) {
      shared = new TestSqs(TestEngine.shared("LYCEUM_TEST_SQS", PREFIX, SqsEngine::new));
    }
    return shared;
  }

  /** A server of the test's own; it goes with {@link #close()}, at the latest with the JVM. */
  public static TestSqs start() {
    return new TestSqs(TestEngine.start(PREFIX, SqsEngine::new));
  }

  public URI endpoint() {
    return Engine.uri(engine.port());
  }

  /** It takes any; clients want one. */
  public String accessKeyId() {
    return KEY;
  }

  public String secretAccessKey() {
    return KEY;
  }

  public String region() {
    return "us-east-1";
  }

  /** kill -9. */
  public void kill() {
    engine.kill();
  }

  /** Starts it after {@link #kill()} on its port, without its queues; returns when it answers. */
  public void up() {
    engine.up();
  }

  @Override
  public void close() {
    engine.remove();
  }
}
