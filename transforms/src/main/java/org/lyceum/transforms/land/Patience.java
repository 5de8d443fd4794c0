package org.lyceum.transforms.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.util.Tasks;
import org.apache.kafka.common.errors.RetriableException;
import org.lyceum.furniture.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream outlives the restart of what it talks to: waits, longer from try to try, for up to half
 * an hour.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final int FIRST_WAIT_MILLIS = 200;
  private static final int LONGEST_WAIT_MILLIS = 5_000;
  private static final int PATIENCE_MILLIS = 30 * 60_000;

  /** What is asked. */
  interface Call<T> {
    T call() throws IOException;
  }

  /**
   * Calls until there is an answer.
   *
   * @param what is asked, for the log
   */
  <T> T until(String what, Call<T> call) {
    AtomicReference<T> answer = new AtomicReference<>();
    Tasks.foreach(what)
        .retry(100_000)
        .exponentialBackoff(FIRST_WAIT_MILLIS, LONGEST_WAIT_MILLIS, PATIENCE_MILLIS, 1.5)
        .shouldRetryTest(Patience::mayPass)
        .run(asked -> answer.set(ask(asked, call)));
    return answer.get();
  }

  private static <T> T ask(String what, Call<T> call) {
    try {
      return call.call();
    } catch (IOException e) {
      LOG.warn("{} does not answer, waiting: {}", what, e.getClass().getSimpleName());
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      if (mayPass(e)) {
        LOG.warn("{} does not answer, waiting: {}", what, e.getClass().getSimpleName());
      }
      throw e;
    }
  }

  private static boolean mayPass(Exception e) {
    return e instanceof RetriableException
        || e instanceof RESTException
        || e instanceof ServiceFailureException
        || (e instanceof Refusal
            && (e.getCause() instanceof RESTException
                || e.getCause() instanceof RetriableException))
        || e instanceof UncheckedIOException;
  }
}
