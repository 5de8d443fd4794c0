package org.lyceum.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** A port of this machine in; whether it is free, and who listens on it, out. */
final class Ports {
  private static final int CONNECT_MILLIS = 1000;

  private Ports() {}

  /** Some ports that are free now; another process may take one before the caller does. */
  static Set<Integer> free(int count) throws IOException {
    Set<Integer> ports = new LinkedHashSet<>();
    while (ports.size() < count) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        ports.add(socket.getLocalPort());
      }
    }
    return ports;
  }

  /** Connected to and bound, as some platforms let two listeners share a port. */
  static boolean isFree(int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (Socket client = new Socket()) {
      client.connect(new InetSocketAddress(loopback, port), CONNECT_MILLIS);
      return false;
    } catch (IOException refused) {
      return canBind(port, loopback);
    }
  }

  private static boolean canBind(int port, InetAddress address) {
    try (ServerSocket socket = new ServerSocket(port, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** For people: {@code process 4711 (python3 -m http.server)}. */
  static String holder(int port) {
    OptionalLong pid = Files.exists(Path.of("/proc/net/tcp")) ? fromProc(port) : fromLsof(port);
    return pid.isPresent()
        ? CommandLines.describe(pid.getAsLong())
        : "a process that this user may not see";
  }

  private static OptionalLong fromProc(int port) {
    Set<String> sockets = new HashSet<>();
    sockets.addAll(listeners(Path.of("/proc/net/tcp"), port));
    sockets.addAll(listeners(Path.of("/proc/net/tcp6"), port));
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> holdsOneOf(pid, sockets))
        .findFirst();
  }

  /** Fields: slot, local address, remote address, state (0A listens), …, inode as the tenth. */
  private static Set<String> listeners(Path table, int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    Set<String> sockets = new HashSet<>();
    try {
      for (String line : Files.readAllLines(table)) {
        List<String> fields = List.of(line.strip().split("\\s+"));
        if (fields.size() > 9 && fields.get(1).endsWith(suffix) && fields.get(3).equals("0A")) {
          sockets.add("socket:[" + fields.get(9) + "]");
        }
      }
    } catch (IOException e) {
      return Set.of(); // no IPv6 on this machine
    }
    return sockets;
  }

  private static boolean holdsOneOf(long pid, Set<String> sockets) {
    Path descriptors = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
      for (Path file : files) {
        if (holds(file, sockets)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // of another user, or gone
    }
    return false;
  }

  private static boolean holds(Path descriptor, Set<String> sockets) {
    try {
      return sockets.contains(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  private static OptionalLong fromLsof(int port) {
    try {
      Process lsof =
          new ProcessBuilder("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-t")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream out = lsof.getInputStream()) {
        return new String(out.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .mapToLong(Long::parseLong)
            .findFirst();
      }
    } catch (IOException e) {
      return OptionalLong.empty(); // no lsof on this machine
    }
  }
}
