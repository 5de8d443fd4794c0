package org.lyceum.stack;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as a person calls it, a process with its output captured. It works on the lake that
 * this module's tests share, and its last test takes that lake down.
 */
@Order(Integer.MAX_VALUE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalLakeIT {
  private static Lake lake;

  @TempDir Path folder;

  /** What a call of the launcher gave; reading ends only when nobody holds its streams. */
  private record Call(int status, String out, String messages) {
    String lastMessage() {
      return messages.lines().reduce("", (before, line) -> line);
    }
  }

  @BeforeAll
  static void bringUp() throws Exception {
    if (TestLake.shared().isOwn()) {
      lake = TestLake.shared().lake();
      return;
    }
    List<Integer> ports = List.copyOf(Ports.free(2)); // not ours to take down: one beside it
    Path beside = Files.createTempDirectory("lyceum-stack-");
    lake = new Lake(beside, ports.get(0), ports.get(1), Lake.DEFAULT_TRINO_HEAP);
    Call up = call("up", lake);
    assertEquals(0, up.status(), up.messages());
  }

  @Test
  @Order(1)
  void statusNamesBothEnginesAndExitsZero() throws Exception {
    Call status = call("status", lake);
    assertAll(
        () -> assertEquals(0, status.status(), status.messages()),
        () -> assertTrue(status.out().matches("(?s)catalog +up +pid \\d+.*trino +up +pid \\d+.*")),
        () -> assertTrue(status.out().contains(lake.trinoUri().toString())),
        () -> assertTrue(status.out().contains(lake.logs().resolve("trino.log").toString())));
  }

  @Test
  @Order(2)
  void upAgainStartsNothingNew() throws Exception {
    List<Long> before = pids(lake);
    Call up = call("up", lake);
    assertEquals(0, up.status(), up.messages());
    assertEquals(2, before.size());
    assertEquals(before, pids(lake));
  }

  @Test
  @Order(3)
  void upOnAnotherPortIsRefused() throws Exception {
    Call up = call("up", new Lake(lake.folder(), lake.trinoPort(), 1, Lake.DEFAULT_TRINO_HEAP));
    assertEquals(1, up.status());
    assertEquals(
        "exit 1: The catalog of this lake is up on port %d, not 1; take it down first"
            .formatted(lake.catalogPort()),
        up.lastMessage());
  }

  /** A listener on all addresses would leave no room for another one on the same port. */
  @Test
  @Order(4)
  void bothListenOnLoopbackOnly() throws Exception {
    List<InetAddress> others = otherAddresses();
    assumeTrue(!others.isEmpty(), "this machine has no other address");
    for (InetAddress address : others) {
      for (int port : new int[] {lake.trinoPort(), lake.catalogPort()}) {
        try (ServerSocket socket = new ServerSocket(port, 1, address)) {
          assertTrue(socket.isBound());
        }
      }
    }
  }

  private static List<InetAddress> otherAddresses() throws IOException {
    List<InetAddress> addresses = new ArrayList<>();
    if (Files.exists(Path.of("/proc/net/tcp"))) {
      addresses.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 2})); // Linux has all of 127/8
    }
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (each.isUp() && !each.isLoopback()) {
        addresses.addAll(Collections.list(each.getInetAddresses()));
      }
    }
    return addresses;
  }

  @Test
  @Order(5)
  void aBusyPortIsRefusedByNameAndHolderBeforeAnythingStarts() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = Ports.free(1).iterator().next();
      Lake other = new Lake(folder, busy.getLocalPort(), free, Lake.DEFAULT_TRINO_HEAP);
      Call up = call("up", other);
      assertEquals(1, up.status());
      assertTrue(
          up.lastMessage()
              .startsWith(
                  "exit 1: Trino cannot have port %d: it is held by process %d ("
                      .formatted(busy.getLocalPort(), ProcessHandle.current().pid())),
          up.messages());
      assertEquals(List.of(), pids(other));
    }
  }

  @Test
  @Order(6)
  void wrongUseExitsWithTwo() throws Exception {
    Call unknown = run("up", "--no-such-option");
    assertEquals(2, unknown.status());
    assertTrue(unknown.lastMessage().startsWith("exit 2: "), unknown.messages());
    Call same = run("up", "--lake=" + folder, "--trino-port=8080", "--catalog-port=8080");
    assertEquals(2, same.status());
    assertEquals("exit 2: Trino and the catalog cannot both have port 8080", same.lastMessage());
  }

  @Test
  @Order(7)
  void aKilledCatalogIsStartedOnceByTwoUpsAtOnce() throws Exception {
    EngineProcess catalog = new EngineProcess(lake.home(), new CatalogEngine(lake));
    ProcessHandle.of(catalog.pid().orElseThrow()).orElseThrow().destroyForcibly();
    assertTrue(Deadline.in(Duration.ofSeconds(20)).await(() -> catalog.pid().isEmpty()));
    Call status = call("status", lake);
    assertEquals("exit 1: The catalog is down", status.lastMessage());

    Process first = start(arguments("up", lake));
    Process second = start(arguments("up", lake));
    Call one = finish(first);
    Call two = finish(second);
    assertEquals(0, one.status(), one.messages());
    assertEquals(0, two.status(), two.messages());
    String both = one.messages() + two.messages();
    assertTrue(both.contains("ended without `down`"), both);
    assertEquals(1, both.lines().filter(line -> line.contains("starts on")).count(), both);
    assertEquals(2, pids(lake).size());
  }

  @Test
  @Order(8)
  void aSecondLakeRunsBesideTheFirst() throws Exception {
    List<Integer> ports = List.copyOf(Ports.free(2));
    Lake second = new Lake(folder, ports.get(0), ports.get(1), Lake.DEFAULT_TRINO_HEAP);
    LakeEngines engines = LakeEngines.catalogOnly(second, message -> {});
    engines.up();
    assertTrue(engines.status().get(0).answers());
    engines.down();
    assertEquals(List.of(), pids(second));
    assertEquals(0, call("status", lake).status());
  }

  @Test
  @Order(9)
  void aPidThatBelongsToAnotherProcessNowIsLeftAlone() throws Exception {
    Process bystander = new ProcessBuilder("cat").start(); // waits for input that never comes
    try {
      Lake other = new Lake(folder, 1, 2, Lake.DEFAULT_TRINO_HEAP);
      Path pidFile = Files.createDirectories(other.home().processes()).resolve("catalog.pid");
      Files.writeString(pidFile, Long.toString(bystander.pid()));
      Call down = call("down", other);
      assertEquals(0, down.status());
      assertTrue(
          down.messages()
              .contains("stale: its pid belongs to process %d (cat)".formatted(bystander.pid())),
          down.messages());
      assertTrue(bystander.isAlive());
      assertFalse(Files.exists(pidFile));
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  @Order(10)
  void anEngineThatEndsWhileStartingSaysWhereAndWhy() throws Exception {
    Files.writeString(folder.resolve("catalog.db"), "This is no database. ".repeat(100));
    List<Integer> ports = List.copyOf(Ports.free(2));
    Lake broken = new Lake(folder, ports.get(0), ports.get(1), Lake.DEFAULT_TRINO_HEAP);
    EngineFailure e =
        assertThrows(
            EngineFailure.class, () -> LakeEngines.catalogOnly(broken, message -> {}).up());
    String log = broken.logs().resolve("catalog").toString();
    assertTrue(
        e.getMessage().startsWith("The catalog ended while starting; its log " + log),
        e.getMessage());
    assertTrue(e.getMessage().contains("not a database"), e.getMessage());
    assertEquals(List.of(), pids(broken));
  }

  @Test
  @Order(11)
  void downLeavesNoProcessAndIsFineWhenNothingRuns() throws Exception {
    assertEquals(2, pids(lake).size());
    Call down = call("down", lake);
    assertEquals(0, down.status(), down.messages());
    assertEquals(List.of(), pids(lake));
    assertTrue(Ports.isFree(lake.trinoPort()) && Ports.isFree(lake.catalogPort()));
    Call again = call("down", lake);
    assertEquals(0, again.status(), again.messages());
    assertEquals("The catalog was not up", again.lastMessage());
    assertEquals("exit 1: The catalog is down", call("status", lake).lastMessage());
  }

  /** All processes that have the lake's folder on their command line, the launcher aside. */
  private static List<Long> pids(Lake lake) {
    String mark = EngineProcess.LAKE + lake.folder();
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> CommandLines.of(pid).contains(mark))
        .sorted()
        .toList();
  }

  private static Call call(String command, Lake lake) throws Exception {
    return run(arguments(command, lake));
  }

  private static String[] arguments(String command, Lake lake) {
    return new String[] {
      command,
      "--lake=" + lake.folder(),
      "--trino-port=" + lake.trinoPort(),
      "--catalog-port=" + lake.catalogPort()
    };
  }

  private static Call run(String... arguments) throws Exception {
    return finish(start(arguments));
  }

  private static Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", StackClasspath.find(), LocalLake.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static Call finish(Process launcher) throws Exception {
    String out = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String messages = new String(launcher.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(launcher.waitFor(1, TimeUnit.MINUTES), "the launcher has closed its streams");
    return new Call(launcher.exitValue(), out, messages);
  }
}
