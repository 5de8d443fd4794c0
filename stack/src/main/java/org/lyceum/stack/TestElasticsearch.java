package org.lyceum.stack;

import java.net.URI;

/**
 * For tests: an Elasticsearch node in a process of its own. {@link #shared()} is one for all tests
 * of a JVM, or the running one in the folder that {@code LYCEUM_TEST_ELASTICSEARCH} names: a test
 * uses indexes that no other does. {@link #start()} is one that a test may kill.
 */
public final class TestElasticsearch implements AutoCloseable {
  private static final String PREFIX = "lyceum-test-elasticsearch-";

  private static TestElasticsearch shared;

  private final TestEngine engine;

  private TestElasticsearch(TestEngine engine) {
    this.engine = engine;
  }

  public static synchronized TestElasticsearch shared() {
    if (shared == null) {
      shared =
          new TestElasticsearch(
              TestEngine.shared("LYCEUM_TEST_ELASTICSEARCH", PREFIX, ElasticsearchEngine::new));
    }
    return shared;
  }

  /** A node of the test's own; it goes with {@link #close()}, at the latest with the JVM. */
  public static TestElasticsearch start() {
    return new TestElasticsearch(TestEngine.start(PREFIX, ElasticsearchEngine::new));
  }

  public URI uri() {
    return Engine.uri(engine.port());
  }

  /** kill -9: connections break, what it had acknowledged stays. */
  public void kill() {
    engine.kill();
  }

  /** Starts it after {@link #kill()} on its port with its indexes; returns when it answers. */
  public void up() {
    engine.up();
  }

  @Override
  public void close() {
    engine.remove();
  }
}
