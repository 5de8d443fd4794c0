package org.lyceum.transforms.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.lyceum.transforms.io.FindObjects;
import org.lyceum.transforms.io.FoundObjects;
import org.lyceum.transforms.io.S3Settings;
import org.lyceum.transforms.parse.Formats;

/** A folder of stored days with objects of few rows, each named by a number; for tests. */
final class StoredDays {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message event { optional binary session_uuid (STRING); optional int32 session_order;"
              + " optional binary path (STRING); required int64 occurred_at (TIMESTAMP(MILLIS,true)); }");
  private static final long FIRST = 1_772_358_400_000L;

  private final Path folder;
  private long clock = 1_000_000;

  StoredDays(Path folder) {
    this.folder = folder;
  }

  /**
   * One row.
   *
   * @param event which event it is a copy of; below 1 it is none, for its key is missing
   * @param variant copies with different variants are in conflict
   */
  record Stored(int event, int variant) {}

  Path path(String event, int day, String name) {
    return folder.resolve(event + "/year=2026/month=03/day=0" + day + "/" + name);
  }

  /** What the delivery of a day is called. */
  String delivery(String event, int day) {
    return "local" + place(event, day);
  }

  String place(String event, int day) {
    return folder.toAbsolutePath().normalize() + "/" + event + "/2026-03-0" + day;
  }

  void put(Path path, List<Stored> rows) {
    try {
      Files.createDirectories(path.getParent());
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new LocalOutputFile(path))
              .withConf(new PlainParquetConfiguration())
              .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
              .withPageSize(1 << 12)
              .withType(SCHEMA)
              .build()) {
        for (Stored row : rows) {
          writer.write(group(row));
        }
      }
      tick(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Group group(Stored row) {
    Group group = new SimpleGroup(SCHEMA);
    if (row.event() > 0) {
      group.append("session_uuid", "5b41a0a6-0a3c-4a1e-9e0a-00000000000" + row.event());
    }
    return group
        .append("session_order", 1)
        .append("path", "/" + row.variant())
        .append("occurred_at", FIRST + row.event() * 3_600_000L);
  }

  /** Cuts the file, so that only reading it tells. */
  void damage(Path path) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      bytes[bytes.length - 1] ^= 0x55;
      Files.write(path, bytes);
      tick(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void drop(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tick(Path path) throws IOException {
    Files.setLastModifiedTime(path, FileTime.fromMillis(clock += 1000));
  }

  FoundObjects find() {
    var parser = Formats.storedParser("openstax_parquet");
    return FindObjects.of(folder.toString(), null, null, parser::event, S3Settings.of(Map.of()));
  }

  /** Those of one delivery, if it has any. */
  static Optional<FoundObjects> only(FoundObjects all, List<String> deliveries) {
    var objects =
        all.objects().stream()
            .filter(object -> deliveries.contains(DayPlan.delivery(object)))
            .toList();
    return objects.isEmpty()
        ? Optional.empty()
        : Optional.of(new FoundObjects(objects, List.of(), 0));
  }
}
