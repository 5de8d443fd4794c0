package org.lyceum.transforms.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.furniture.Refusal;
import org.lyceum.stack.TestS3;
import org.lyceum.transforms.parse.FailureCode;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real S3 API: what is listed is what is read, or it is said why not. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReadObjectsIT {
  private static final TestS3 S3 = TestS3.shared();
  private static final S3Settings SETTINGS =
      S3Settings.of(
          Map.of("AWS_ENDPOINT_URL", S3.endpoint().toString(), "AWS_REGION", S3.region()));

  @TempDir Path folder;

  @BeforeAll
  static void keys() {
    System.setProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property(), S3.accessKeyId());
    System.setProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property(), S3.secretAccessKey());
  }

  @AfterAll
  static void noKeys() {
    System.clearProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property());
    System.clearProperty(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property());
  }

  private static FoundObjects find(String input, LocalDate from, LocalDate to) {
    return FindObjects.of(
        input, from, to, name -> Optional.ofNullable(FindObjectsTest.EVENTS.get(name)), SETTINGS);
  }

  private static void put(S3Client client, String bucket, String key, String text) {
    client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  @Test
  void findsByPrefixAndDayAndReadsInOrder() throws Exception {
    S3.createBucket("found");
    List<String> expected = new ArrayList<>();
    try (S3Client client = SETTINGS.open()) {
      for (int day = 1; day <= 4; day++) {
        for (int file = 0; file < 5; file++) {
          String key =
              "v2021-01/parquet/nudged/year=2026/month=03/day=0%d/%d.parquet".formatted(day, file);
          put(client, "found", key, key);
          if (day == 2 || day == 3) {
            expected.add(key);
          }
        }
      }
      put(client, "found", "v2021-01/parquet/nudged/year=2026/month=03/day=02/_SUCCESS", "");
      put(client, "found", "v2021-01/parquet/nudged/year=2026/month=3/day=02/z.csv", "");
      put(client, "found", "v2021-01/parquet/nudged/year=2026/month=x/day=02/z.parquet", "");
      put(client, "found", "elsewhere/nudged/year=2026/month=03/day=02/a.parquet", "");
    }
    FoundObjects found =
        find("s3://found/v2021-01/", LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 3));
    assertEquals(2, found.ignored());
    assertEquals(
        List.of(
            new FoundObjects.Misplaced(
                "s3://found/v2021-01/parquet/nudged/year=2026/month=x/day=02/z.parquet",
                "year, month and day of its path are no date")),
        found.misplaced());
    assertEquals(expected, found.objects().stream().map(StoredObject::key).toList());
    assertEquals("found/v2021-01/parquet", found.objects().get(0).root());
    try (ReadObjects objects = new ReadObjects(SETTINGS, 4, 200)) {
      ReadObjects.ReadAhead all = objects.all(found.objects());
      for (StoredObject object : found.objects()) {
        assertTrue(all.next());
        assertEquals(object, all.object());
        assertArrayEquals(object.key().getBytes(StandardCharsets.UTF_8), all.bytes());
      }
      assertFalse(all.next());
    }
  }

  @Test
  void whatChangedOrWentSinceItWasListedIsSaid() throws Exception {
    S3.createBucket("changing");
    String changed = "nudged/year=2026/month=03/day=01/changed.parquet";
    String gone = "nudged/year=2026/month=03/day=01/gone.parquet";
    try (S3Client client = SETTINGS.open();
        ReadObjects objects = new ReadObjects(SETTINGS, 2, 1 << 20)) {
      put(client, "changing", changed, "ada");
      put(client, "changing", gone, "bruno");
      List<StoredObject> listed = find("s3://changing", null, null).objects();
      put(client, "changing", changed, "eve");
      client.deleteObject(r -> r.bucket("changing").key(gone));
      assertFails(objects, listed.get(0), "the object changed since it was listed; run again");
      assertFails(objects, listed.get(1), "the object went away since it was listed; run again");
    }
  }

  @Test
  void filesAreReadByTheSameRules() throws Exception {
    Path day = Files.createDirectories(folder.resolve("nudged/year=2026/month=03/day=01"));
    Files.writeString(day.resolve("a.parquet"), "ada");
    Files.writeString(day.resolve("b.parquet"), "bruno");
    Files.writeString(day.resolve("c.parquet"), "chandra");
    List<StoredObject> listed = find(folder.toString(), null, null).objects();
    Files.writeString(day.resolve("b.parquet"), "somebody else");
    Files.delete(day.resolve("c.parquet"));
    try (ReadObjects objects = new ReadObjects(SETTINGS, 2, 1 << 20)) {
      assertArrayEquals("ada".getBytes(StandardCharsets.UTF_8), objects.read(listed.get(0)));
      assertFails(objects, listed.get(1), "the object changed since it was listed; run again");
      assertFails(objects, listed.get(2), "the object went away since it was listed; run again");
    }
  }

  private static void assertFails(ReadObjects objects, StoredObject object, String message) {
    UnreadableObjectException e =
        assertThrows(UnreadableObjectException.class, () -> objects.read(object));
    assertEquals(FailureCode.CHANGED_WHILE_READ, e.code());
    assertEquals(message, e.getMessage());
  }

  @Test
  void aBucketThatIsNotThereIsRefused() {
    Refusal refusal = assertThrows(Refusal.class, () -> find("s3://nowhere/a", null, null));
    assertEquals("input s3://nowhere/a: no such bucket", refusal.getMessage());
  }

  /** Its first answers do not come; the client asks again. */
  @Test
  void aStoreThatComesBackIsNoFailure() throws IOException, UnreadableObjectException {
    try (TestS3 own = TestS3.start()) {
      S3Settings settings = S3Settings.of(Map.of("AWS_ENDPOINT_URL_S3", own.endpoint().toString()));
      Path bucket = own.createBucket("back");
      Path day = Files.createDirectories(bucket.resolve("nudged/year=2026/month=03/day=01"));
      Files.writeString(day.resolve("a.parquet"), "ada");
      StoredObject object =
          FindObjects.of("s3://back", null, null, Optional::of, settings).objects().get(0);
      try (ReadObjects objects = new ReadObjects(settings, 1, 1 << 20)) {
        own.kill();
        ReadObjects.ReadAhead all = objects.all(List.of(object));
        assertTrue(all.next());
        own.up();
        assertArrayEquals("ada".getBytes(StandardCharsets.UTF_8), all.bytes());
      }
    }
  }
}
