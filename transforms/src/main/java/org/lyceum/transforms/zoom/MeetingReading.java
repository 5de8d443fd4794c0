package org.lyceum.transforms.zoom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.lyceum.transforms.io.http.HttpFailureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listed meetings in, those out whose participants Zoom has given in whole. A meeting that Zoom has
 * not finished is not among them, nor is one of which Zoom's reply cannot be used; after three of
 * these in a row, and after a limit, a refusal or a host that is not there, nothing more is asked.
 */
final class MeetingReading {
  private static final Logger LOG = LoggerFactory.getLogger(MeetingReading.class);
  private static final int MOST_FAULTS = 3;

  private final ZoomClient client;
  private final AtomicInteger faults = new AtomicInteger();
  private final AtomicReference<HttpFailureException> stop = new AtomicReference<>();

  private MeetingReading(ZoomClient client) {
    this.client = client;
  }

  /**
   * A meeting with all its sessions.
   *
   * @param participants as sent
   */
  record Whole(ListedMeeting meeting, List<byte[]> participants) {}

  /**
   * What was read.
   *
   * @param stop why not all were asked for; empty when they were
   */
  record Result(List<Whole> whole, Optional<HttpFailureException> stop) {}

  /**
   * Asks for them, in their order.
   *
   * @param atATime so many at a time
   */
  static Result read(ZoomClient client, List<ListedMeeting> meetings, int atATime) {
    MeetingReading reading = new MeetingReading(client);
    ExecutorService workers = Executors.newFixedThreadPool(atATime);
    try {
      List<Future<Optional<Whole>>> asked = new ArrayList<>();
      for (ListedMeeting meeting : meetings) {
        asked.add(workers.submit(() -> reading.read(meeting)));
      }
      List<Whole> whole = new ArrayList<>();
      for (Future<Optional<Whole>> one : asked) {
        one.get().ifPresent(whole::add);
      }
      return new Result(whole, Optional.ofNullable(reading.stop.get()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("A meeting could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The harvest was interrupted", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private Optional<Whole> read(ListedMeeting meeting) {
    if (stop.get() != null) {
      return Optional.empty();
    }
    if (!meeting.hasUuid()) {
      return Optional.of(new Whole(meeting, List.of()));
    }
    try {
      ZoomAnswer<List<byte[]>> answer = client.participants(meeting.container());
      faults.set(0);
      if (answer instanceof ZoomAnswer.Whole<List<byte[]>> whole) {
        return Optional.of(new Whole(meeting, whole.value()));
      }
      LOG.info("A meeting of {} is not finished; its day stays open", meeting.day());
    } catch (HttpFailureException e) {
      if (endsAll(e) || faults.incrementAndGet() == MOST_FAULTS) {
        stop.compareAndSet(null, e);
      } else {
        LOG.warn("A meeting is left for the next harvest: {}", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Whether another meeting would fare no better. */
  private static boolean endsAll(HttpFailureException failure) {
    return switch (failure.kind()) {
      case AUTH_REFUSED, NO_SUCH_HOST, CONNECTION_REFUSED, TLS, RATE_LIMITED, BUDGET, INTERRUPTED ->
          true;
      case TIMEOUT,
          CUT,
          SERVER_ERROR,
          NOT_JSON,
          UNEXPECTED,
          CHANGED,
          NOT_FOUND,
          REFUSED,
          TOO_LARGE ->
          false;
    };
  }
}
