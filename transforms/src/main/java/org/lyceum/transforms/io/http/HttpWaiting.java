package org.lyceum.transforms.io.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** How time passes between requests; tests bring their own, and wait for nothing. */
public interface HttpWaiting {
  Instant now();

  void await(Duration duration) throws InterruptedException;

  /** A number from 0 to below 1, which spreads the requests of many. */
  double jitter();

  /** The machine's clock. */
  static HttpWaiting real() {
    return new HttpWaiting() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void await(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
      }

      @Override
      public double jitter() {
        return ThreadLocalRandom.current().nextDouble();
      }
    };
  }
}
