package org.lyceum.transforms.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log is known by how it begins and how long it is, wherever and however it lies. */
class LogNameTest {
  @TempDir Path folder;

  private static byte[] text(int length) {
    byte[] text = new byte[length];
    new Random(7).nextBytes(text);
    return text;
  }

  private LogFile plain(String name, byte[] text) throws IOException {
    return LogFile.of(Files.write(folder.resolve(name), text));
  }

  private LogFile gzip(String name, byte[] text) throws IOException {
    Path path = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(text);
    }
    return LogFile.of(path);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 65_535, 65_536, 65_537, 200_000, 700_001})
  void zippedOrPlainItHasOneNameAndOneFingerprint(int length) throws Exception {
    byte[] text = text(length);
    LogFile plain = plain("a.log", text);
    LogFile zipped = gzip("a.log.gz", text);
    LogName.Named named = LogName.of(plain);
    byte[] sha =
        MessageDigest.getInstance("SHA-256")
            .digest(Arrays.copyOf(text, Math.min(length, LogName.SAMPLE_BYTES)));
    assertEquals(HexFormat.of().formatHex(sha).substring(0, 16) + "-" + length, named.delivery());
    assertEquals(named, LogName.of(zipped));
    assertEquals(LogName.fingerprint(plain, length), LogName.fingerprint(zipped, length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 350_000, 699_999})
  void anEditInASampleShows(int at) throws Exception {
    byte[] text = text(700_000);
    String before = LogName.fingerprint(plain("a.log", text), text.length);
    text[at] ^= 1;
    assertNotEquals(before, LogName.fingerprint(plain("a.log", text), text.length));
  }

  @Test
  void earlierStatesAreFoundByTheirBeginning() throws Exception {
    byte[] text = text(300_000);
    LogFile whole = plain("a.log", text);
    String small = LogName.of(plain("small.log", Arrays.copyOf(text, 500))).delivery();
    String large = LogName.of(plain("large.log", Arrays.copyOf(text, 100_000))).delivery();
    String other = LogName.of(plain("other.log", new byte[500])).delivery();
    assertEquals(
        Set.of(small, large),
        LogName.beginsAs(whole, LogName.of(whole).delivery(), List.of(small, large, other)));
  }
}
