package org.lyceum.stack;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** For tests: what an {@link OpencastServer} does wrong. Each can be switched on at any time. */
public final class OpencastFaults {
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger pages = new AtomicInteger();
  private final AtomicInteger shrinks = new AtomicInteger();
  private volatile boolean isRefusing;
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration skew = Duration.ZERO;

  OpencastFaults() {}

  /** Whether it refuses right credentials. */
  public void refuse(boolean isRefused) {
    isRefusing = isRefused;
  }

  /** How long it thinks before each reply. */
  public void delay(Duration thinking) {
    delay = thinking;
  }

  /** How far its clock is ahead; behind if negative. */
  public void skew(Duration ahead) {
    skew = ahead;
  }

  /** Answers so many requests with 500. */
  public void fail(int requests) {
    failures.set(requests);
  }

  /** Sends only half of so many replies. */
  public void cut(int replies) {
    cuts.set(replies);
  }

  /** Answers so many requests with a page of HTML and status 200. */
  public void html(int replies) {
    pages.set(replies);
  }

  /** After each of so many pages of actions, the first action of the list is gone. */
  public void shrink(int times) {
    shrinks.set(times);
  }

  boolean isRefusing() {
    return isRefusing;
  }

  /** Takes the time that a reply takes, less if it is over before. */
  @SuppressWarnings("ReturnValueIgnored") // either way the reply is next
  void think(CountDownLatch over) throws InterruptedException {
    if (!delay.isZero()) {
      over.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  Duration skew() {
    return skew;
  }

  boolean fails() {
    return isOne(failures);
  }

  boolean cuts() {
    return isOne(cuts);
  }

  boolean isHtml() {
    return isOne(pages);
  }

  boolean shrinks() {
    return isOne(shrinks);
  }

  private static boolean isOne(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
