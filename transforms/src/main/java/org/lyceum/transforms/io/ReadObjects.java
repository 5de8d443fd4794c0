package org.lyceum.transforms.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lyceum.transforms.parse.FailureCode;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Listed objects in; their bytes out, exactly those that were listed: what was changed or removed
 * since is {@code CHANGED_WHILE_READ}. Some are read ahead at the same time, as each waits for its
 * answer; how many bytes wait to be taken is bounded. Calls that fail on the way are repeated, with
 * growing waits, by the client of S3; a store that stays away throws its exception.
 */
public final class ReadObjects implements Closeable {
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final S3Settings settings;
  private final ExecutorService readers;
  private final long ahead;
  private S3Client client;

  /**
   * @param threads reads at the same time
   * @param ahead bytes that may wait to be taken; one object is always read, however large
   */
  public ReadObjects(S3Settings settings, int threads, long ahead) {
    this.settings = settings;
    this.ahead = ahead;
    readers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "read-objects");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Objects in the order given, one at a time, while the next ones are on their way. */
  public ReadAhead all(List<StoredObject> objects) {
    return new ReadAhead(objects.iterator());
  }

  /** See {@link #all}. */
  public final class ReadAhead {
    private final Iterator<StoredObject> rest;
    private final Queue<Reading> readings = new ArrayDeque<>();
    private StoredObject waiting;
    private long readingBytes;
    private Reading current;

    private record Reading(StoredObject object, Future<byte[]> bytes) {}

    private ReadAhead(Iterator<StoredObject> objects) {
      rest = objects;
    }

    /** Moves to the next object; false after the last one. */
    public boolean next() {
      start();
      current = readings.poll();
      if (current == null) {
        return false;
      }
      readingBytes -= current.object().size();
      return true;
    }

    private void start() {
      while (waiting != null || rest.hasNext()) {
        if (waiting == null) {
          waiting = rest.next();
        }
        if (!readings.isEmpty() && readingBytes + waiting.size() > ahead) {
          return;
        }
        StoredObject object = waiting;
        waiting = null;
        readingBytes += object.size();
        readings.add(new Reading(object, readers.submit(() -> read(object))));
      }
    }

    public StoredObject object() {
      return current.object();
    }

    /** The current object's bytes; waits for them. */
    public byte[] bytes() throws UnreadableObjectException {
      try {
        return current.bytes().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnreadableObjectException unreadable) {
          throw unreadable;
        }
        throw new IllegalStateException("Cannot read " + current.object().uri(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while reading", e);
      }
    }
  }

  /** One object's bytes. */
  public byte[] read(StoredObject object) throws UnreadableObjectException {
    if (object.size() > LARGEST) {
      throw new UnreadableObjectException(
          FailureCode.RECORD_TOO_LARGE, "the object is larger than a worker can hold");
    }
    return object.isS3() ? fromS3(object) : fromFile(object);
  }

  private byte[] fromS3(StoredObject object) throws UnreadableObjectException {
    try {
      ResponseBytes<GetObjectResponse> answer =
          client().getObject(asListed(object), ResponseTransformer.toBytes());
      byte[] bytes = answer.asByteArrayUnsafe();
      if (bytes.length != object.size() || !isAsOld(object, answer.response().lastModified())) {
        throw changed(null);
      }
      return bytes;
    } catch (S3Exception e) {
      switch (e.statusCode()) {
        case 404 -> throw gone(e);
        case 412 -> throw changed(e);
        case 403 ->
            throw new UnreadableObjectException(
                FailureCode.UNREADABLE_FILE,
                "no permission to read the object with these keys; change it and run again",
                e);
        default -> throw e;
      }
    }
  }

  private static GetObjectRequest asListed(StoredObject object) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(object.bucket()).key(object.key());
    return hasTimeOnly(object) ? request.build() : request.ifMatch(object.version()).build();
  }

  private static boolean hasTimeOnly(StoredObject object) {
    return object.version().startsWith(StoredObject.SINCE);
  }

  /** Of a store that gives no ETag; headers of HTTP count whole seconds. */
  private static boolean isAsOld(StoredObject object, Instant modified) {
    return !hasTimeOnly(object)
        || object.version().equals(StoredObject.SINCE + modified.getEpochSecond());
  }

  private synchronized S3Client client() {
    if (client == null) {
      client = settings.open();
    }
    return client;
  }

  private static byte[] fromFile(StoredObject object) throws UnreadableObjectException {
    Path path = Path.of(object.uri());
    try {
      byte[] bytes = Files.readAllBytes(path);
      LogFile now = LogFile.of(path);
      if (bytes.length != object.size()
          || now.size() != object.size()
          || !Long.toString(now.modifiedAt()).equals(object.version())) {
        throw changed(null);
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw gone(e);
    } catch (AccessDeniedException e) {
      throw new UnreadableObjectException(
          FailureCode.UNREADABLE_FILE,
          "no permission to read the file; change it and run again",
          e);
    } catch (IOException e) {
      throw new UnreadableObjectException(
          FailureCode.UNREADABLE_FILE,
          "the file cannot be read (" + e.getClass().getSimpleName() + "); mend it and run again",
          e);
    }
  }

  private static UnreadableObjectException gone(Exception e) {
    return new UnreadableObjectException(
        FailureCode.CHANGED_WHILE_READ, "the object went away since it was listed; run again", e);
  }

  private static UnreadableObjectException changed(Exception e) {
    return new UnreadableObjectException(
        FailureCode.CHANGED_WHILE_READ, "the object changed since it was listed; run again", e);
  }

  @Override
  public void close() {
    readers.shutdownNow();
    synchronized (this) {
      if (client != null) {
        client.close();
      }
    }
  }
}
