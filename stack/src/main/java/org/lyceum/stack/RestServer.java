package org.lyceum.stack;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * For tests and demonstrations: HTTP/1.1 on loopback, just enough for the sources' clients, and
 * able to do what no good server does: say a wrong time, promise more than it sends. (The JDK's own
 * server always says the right time.) A port and a function in; requests answered.
 */
final class RestServer implements AutoCloseable {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /** What requests are answered with; called by many threads. */
  @FunctionalInterface
  interface Handler {
    Reply answer(Request request);
  }

  /**
   * @param target path and query, as they were sent
   * @param headers by name, whatever its case
   */
  record Request(String method, String target, Map<String, String> headers, String body) {
    String path() {
      int query = target.indexOf('?');
      return query < 0 ? target : target.substring(0, query);
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    /** A parameter of the query, decoded. */
    Optional<String> parameter(String name) {
      int query = target.indexOf('?');
      if (query >= 0) {
        for (String pair : target.substring(query + 1).split("&", -1)) {
          if (pair.startsWith(name + "=")) {
            return Optional.of(
                URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
          }
        }
      }
      return Optional.empty();
    }
  }

  /**
   * @param isCut whether half of the body is sent, and then nothing
   */
  record Reply(int status, Instant date, Map<String, String> headers, String body, boolean isCut) {
    Reply cut() {
      return new Reply(status, date, headers, body, true);
    }
  }

  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private int port;
  private ServerSocket server;
  private ExecutorService threads;

  /**
   * @param port 0 for a free one
   */
  RestServer(int port, Handler handler) {
    this.port = port;
    this.handler = handler;
  }

  URI uri() {
    return Engine.uri(port);
  }

  /** Serves from now on, always on the same port; fine when it does. */
  synchronized void up() {
    if (server != null) {
      return;
    }
    try {
      server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("No server can have port " + port, e);
    }
    port = server.getLocalPort();
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "rest-server");
              thread.setDaemon(true);
              return thread;
            });
    ServerSocket mine = server;
    threads.execute(() -> accept(mine));
  }

  /** Cuts all connections and refuses new ones from now on. */
  synchronized void stop() {
    if (server == null) {
      return;
    }
    close(server);
    open.forEach(RestServer::close);
    threads.shutdownNow();
    server = null;
  }

  @Override
  public void close() {
    stop();
  }

  private void accept(ServerSocket mine) {
    while (true) {
      try {
        Socket socket = mine.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // it was stopped
      } catch (RejectedExecutionException e) {
        open.forEach(RestServer::close);
        return; // it was stopped just after
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      boolean isOpen = true;
      while (isOpen) {
        Optional<Request> request = read(in);
        isOpen = request.isPresent() && write(out, handler.answer(request.get()));
      }
    } catch (IOException e) {
      return; // the client is gone, or we are
    } finally {
      open.remove(socket);
    }
  }

  private static Optional<Request> read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", -1);
    if (first.length != 3) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return Optional.of(new Request(first[0], first[1], headers, body));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Whether the connection can be used again. */
  private static boolean write(OutputStream out, Reply reply) throws IOException {
    byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status + " -\r\n");
    head.append("Date: ").append(DATE.format(reply.date)).append("\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    reply.headers.forEach(
        (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body, 0, reply.isCut ? body.length / 2 : body.length);
    out.flush();
    return !reply.isCut;
  }

  private static void close(Closeable one) {
    try {
      one.close();
    } catch (IOException e) {
      throw new UncheckedIOException("A socket of this machine cannot be closed", e);
    }
  }
}
