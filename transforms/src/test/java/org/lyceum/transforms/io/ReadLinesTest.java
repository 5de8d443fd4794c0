package org.lyceum.transforms.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.transforms.parse.FailureCode;

/** However a log is cut, every line comes once, with its place. */
class ReadLinesTest {
  @TempDir Path folder;

  private static List<String> read(Path path, long start, long end)
      throws IOException, UnreadableLogException {
    LogFile file = LogFile.of(path);
    List<String> found = new ArrayList<>();
    try (ReadLines lines = new ReadLines(file, start, end, file.size())) {
      while (lines.next()) {
        String text =
            new String(lines.buffer(), lines.offset(), lines.length(), StandardCharsets.UTF_8);
        found.add(lines.position() + (lines.hasLineEnd() ? ":" : "!") + text);
      }
    }
    return found;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Property(tries = 100)
  void rangesThatMeetGiveEveryLineOnce(
      @ForAll @Size(max = 12) List<@IntRange(max = 20) Integer> lengths,
      @ForAll boolean isEnded,
      @ForAll @Size(max = 6) List<@IntRange(max = 200) Integer> cuts)
      throws Exception {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      boolean isLast = i == lengths.size() - 1;
      String line = "x".repeat(lengths.get(i));
      boolean hasEnd = !isLast || isEnded;
      if (hasEnd || !line.isEmpty()) {
        expected.add(text.length() + (hasEnd ? ":" : "!") + line);
      }
      text.append(line).append(hasEnd ? "\n" : "");
    }
    Path path = Files.createTempFile("lines", ".log");
    try {
      Files.writeString(path, text);
      List<Integer> ends =
          new ArrayList<>(
              cuts.stream().filter(c -> c < text.length()).sorted().distinct().toList());
      ends.add(text.length());
      List<String> found = new ArrayList<>();
      long start = 0;
      for (int end : ends) {
        found.addAll(read(path, start, end));
        start = end;
      }
      assertEquals(expected, found);
    } finally {
      Files.delete(path);
    }
  }

  @Test
  void linesAcrossBuffersComeWhole() throws Exception {
    String line = "y".repeat(700_000);
    Path path = Files.writeString(folder.resolve("a.log"), line + "\n" + line + "\n" + line);
    assertEquals(
        List.of("0:" + line, "700001:" + line, "1400002!" + line), read(path, 0, Files.size(path)));
  }

  @Test
  void aLineTooLongToHoldIsKeptInPartWithItsLengthAndDigest() throws Exception {
    byte[] text = new byte[ReadLines.MAX_LINE_BYTES + 3_000_000];
    java.util.Arrays.fill(text, (byte) 'z');
    text[text.length - 3] = '\n';
    Path path = Files.write(folder.resolve("long.log"), text);
    LogFile file = LogFile.of(path);
    try (ReadLines lines = new ReadLines(file, 0, file.size(), file.size())) {
      assertTrue(lines.next());
      assertEquals(text.length - 3, lines.wholeLength());
      assertEquals(ReadLines.KEPT_BYTES, lines.length());
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(text, 0, text.length - 3);
      assertEquals(HexFormat.of().formatHex(sha.digest()), lines.digest());
      assertTrue(lines.next());
      assertEquals(2, lines.length());
      assertEquals(text.length - 2, lines.position());
      assertFalse(lines.next());
      assertEquals(text.length, lines.bytes());
    }
  }

  @Test
  void aLogThatGrowsWhileItIsReadEndsWhereItDidWhenItWasPlanned() throws Exception {
    Path path = Files.writeString(folder.resolve("grows.log"), "one\ntwo\n");
    LogFile planned = LogFile.of(path);
    Files.writeString(path, "three\n", StandardOpenOption.APPEND);
    try (ReadLines lines = new ReadLines(planned, 0, planned.size(), planned.size())) {
      assertTrue(lines.next());
      assertTrue(lines.next());
      assertFalse(lines.next());
    }
  }

  @Test
  void aLogThatBecameShorterIsLeftOut() throws Exception {
    Path path = Files.writeString(folder.resolve("shrinks.log"), "one\ntwo\nthree\n");
    LogFile planned = LogFile.of(path);
    Files.writeString(path, "one\n");
    try (ReadLines lines = new ReadLines(planned, 0, planned.size(), planned.size())) {
      assertTrue(lines.next());
      UnreadableLogException shorter = assertThrows(UnreadableLogException.class, lines::next);
      assertEquals(FailureCode.CHANGED_WHILE_READ, shorter.code());
    }
  }

  @Test
  void aGzipOfSeveralMembersIsReadThroughAndADamagedTailIsNoticed() throws Exception {
    byte[] first = gzip("one\n".getBytes(StandardCharsets.UTF_8));
    byte[] second = gzip("two\n".getBytes(StandardCharsets.UTF_8));
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    Path path = Files.write(folder.resolve("a.log.gz"), both);
    assertEquals(List.of("0:one", "4:two"), read(path, 0, Long.MAX_VALUE));

    both[both.length - 6] ^= 1;
    Files.write(path, both);
    UnreadableLogException damaged =
        assertThrows(UnreadableLogException.class, () -> read(path, 0, Long.MAX_VALUE));
    assertEquals(FailureCode.CORRUPT_FILE, damaged.code());
  }
}
