package org.lyceum.transforms.io.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that only waiting moves, and that remembers each wait. */
public final class FastWaiting implements HttpWaiting {
  public static final Instant STARTED = Instant.parse("2026-03-02T08:00:00Z");

  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final double jitter;
  private Instant now = STARTED;

  public FastWaiting(double jitter) {
    this.jitter = jitter;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void await(Duration duration) {
    waits.add(duration);
    now = now.plus(duration);
  }

  @Override
  public double jitter() {
    return jitter;
  }

  public List<Duration> waits() {
    return List.copyOf(waits);
  }
}
