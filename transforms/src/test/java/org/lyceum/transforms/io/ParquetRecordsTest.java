package org.lyceum.transforms.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lyceum.testdata.OpenStaxGenerator;
import org.lyceum.testdata.OpenStaxOptions;
import org.lyceum.testdata.OpenStaxTruth;
import org.lyceum.transforms.parse.FailureCode;

class ParquetRecordsTest {
  @TempDir Path folder;

  @SafeVarargs
  private final byte[] file(String schema, CompressionCodecName codec, Consumer<Group>... rows)
      throws IOException {
    MessageType type = MessageTypeParser.parseMessageType("message row {" + schema + "}");
    Path path = folder.resolve("a.parquet");
    Files.deleteIfExists(path);
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(codec)
            .withType(type)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(type);
        row.accept(group);
        writer.write(group);
      }
    }
    return Files.readAllBytes(path);
  }

  private static List<Map<String, Object>> read(byte[] file) throws UnreadableObjectException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (ParquetRecords records = ParquetRecords.of(file)) {
      while (records.next()) {
        assertEquals(rows.size(), records.rowNumber());
        rows.add(records.record());
      }
      assertEquals(rows.size(), records.rowCount());
    }
    return rows;
  }

  @SafeVarargs
  private final List<Map<String, Object>> roundTrip(String schema, Consumer<Group>... rows)
      throws Exception {
    return read(file(schema, CompressionCodecName.SNAPPY, rows));
  }

  private Object value(String column, Consumer<Group> row) throws Exception {
    Map<String, Object> read = roundTrip(column, row).get(0);
    assertEquals(1, read.size());
    return read.values().iterator().next();
  }

  @Test
  void columnsStandInTheOrderOfTheFileAndNullsAreThere() throws Exception {
    List<Map<String, Object>> rows =
        roundTrip(
            "optional binary b (STRING); required int32 a; optional double c; optional boolean d;"
                + " optional float e; optional int64 f;",
            group -> group.append("b", "ada").append("a", 7).append("c", 0.5).append("d", true),
            group -> group.append("a", 8).append("e", 1.5f).append("f", 1L << 40));
    assertEquals("{b=ada, a=7, c=0.5, d=true, e=null, f=null}", rows.get(0).toString());
    assertEquals("{b=null, a=8, c=null, d=null, e=1.5, f=1099511627776}", rows.get(1).toString());
    assertInstanceOf(Integer.class, rows.get(0).get("a"));
    assertInstanceOf(Double.class, rows.get(1).get("e"));
  }

  @Test
  void aColumnOfTypeNullIsNull() throws Exception {
    for (String type : List.of("int32", "binary", "boolean", "int64")) {
      assertNull(value("optional " + type + " a (UNKNOWN);", group -> {}));
    }
  }

  @Test
  void whatIsNotAnnotatedAsTextOrIsNotUtf8StaysBytes() throws Exception {
    byte[] packed = {(byte) 0xff, 'a', 0, (byte) 0xc3};
    assertArrayEquals(
        packed,
        (byte[])
            value(
                "required binary a (STRING);",
                group -> group.append("a", Binary.fromConstantByteArray(packed))));
    assertArrayEquals(
        "ada".getBytes(StandardCharsets.UTF_8),
        (byte[]) value("required binary a;", group -> group.append("a", "ada")));
    assertEquals(
        "\uFFFD", value("required binary a (STRING);", group -> group.append("a", "\uFFFD")));
    assertEquals("{}", value("required binary a (JSON);", group -> group.append("a", "{}")));
    byte[] uuid = new byte[16];
    uuid[3] = 9;
    assertArrayEquals(
        uuid,
        (byte[])
            value(
                "required fixed_len_byte_array(16) a;",
                group -> group.append("a", Binary.fromConstantByteArray(uuid))));
  }

  @Test
  void timestampsKeepTheirUnit() throws Exception {
    assertEquals(
        new Timestamp(1_772_323_200_123L, TimeUnit.MILLISECONDS),
        value(
            "required int64 a (TIMESTAMP(MILLIS,true));",
            group -> group.append("a", 1_772_323_200_123L)));
    assertEquals(
        new Timestamp(-1, TimeUnit.MICROSECONDS),
        value("required int64 a (TIMESTAMP(MICROS,false));", group -> group.append("a", -1L)));
    assertEquals(
        new Timestamp(5, TimeUnit.NANOSECONDS),
        value("required int64 a (TIMESTAMP(NANOS,true));", group -> group.append("a", 5L)));
    assertEquals(
        new Timestamp(86_400_000_000_007L, TimeUnit.NANOSECONDS),
        value("required int96 a;", group -> group.append("a", int96(7, 2_440_589))));
    assertEquals(
        new Timestamp((9_000_000L - 2_440_588) * 86_400_000_000L + 1, TimeUnit.MICROSECONDS),
        value("required int96 a;", group -> group.append("a", int96(1_999, 9_000_000))));
  }

  private static Binary int96(long nanos, int day) {
    return Binary.fromConstantByteArray(
        ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(nanos).putInt(day).array());
  }

  @Test
  void numbersKeepTheirValue() throws Exception {
    assertEquals(
        new BigDecimal("-1.25"),
        value("required int32 a (DECIMAL(9,2));", group -> group.append("a", -125)));
    assertEquals(
        new BigDecimal("2.5"),
        value("required int64 a (DECIMAL(18,1));", group -> group.append("a", 25L)));
    assertEquals(
        new BigDecimal("-0.01"),
        value(
            "required binary a (DECIMAL(20,2));",
            group -> group.append("a", Binary.fromConstantByteArray(new byte[] {-1}))));
    assertEquals(
        4_294_967_295L,
        value("required int32 a (INTEGER(32,false));", group -> group.append("a", -1)));
    assertEquals(
        new BigDecimal("18446744073709551615"),
        value("required int64 a (INTEGER(64,false));", group -> group.append("a", -1L)));
  }

  @Test
  void listsOfTwoAndThreeLevels() throws Exception {
    assertEquals(
        Arrays.asList("ada", null),
        value(
            "optional group a (LIST) { repeated group list { optional binary element (STRING); } }",
            group -> {
              Group list = group.addGroup("a");
              list.addGroup("list").append("element", "ada");
              list.addGroup("list");
            }));
    assertEquals(
        List.of("ada", "bruno"),
        value(
            "optional group a (LIST) { repeated binary array (STRING); }",
            group -> group.addGroup("a").append("array", "ada").append("array", "bruno")));
    assertEquals(
        List.of(Map.of("x", 1)),
        value(
            "optional group a (LIST) { repeated group array { required int32 x; } }",
            group -> group.addGroup("a").addGroup("array").append("x", 1)));
    assertEquals(
        List.of(Map.of("x", 1)),
        value(
            "optional group a (LIST) { repeated group a_tuple { required int32 x; } }",
            group -> group.addGroup("a").addGroup("a_tuple").append("x", 1)));
    assertEquals(
        List.of(Map.of("x", 1, "y", 2)),
        value(
            "optional group a (LIST) { repeated group bag { required int32 x; required int32 y; } }",
            group -> group.addGroup("a").addGroup("bag").append("x", 1).append("y", 2)));
    assertEquals(
        List.of(1, 2), value("repeated int32 a;", group -> group.append("a", 1).append("a", 2)));
    assertEquals(
        List.of(),
        value(
            "optional group a (LIST) { repeated group list { optional int32 element; } }",
            group -> group.addGroup("a")));
  }

  @Test
  void mapsOfAllWriters() throws Exception {
    for (String annotation : List.of("MAP", "MAP_KEY_VALUE")) {
      for (String entry : List.of("key_value", "map", "entries")) {
        Object read =
            value(
                "optional group a (%s) { repeated group %s { required binary key (STRING); optional int32 value; } }"
                    .formatted(annotation, entry),
                group -> {
                  Group map = group.addGroup("a");
                  map.addGroup(entry).append("key", "z").append("value", 1);
                  map.addGroup(entry).append("key", "b");
                });
        assertEquals("{z=1, b=null}", read.toString());
      }
    }
    assertEquals(
        Map.of("words", List.of("me", "my shadow")),
        value(
            "optional group a (MAP) { repeated group key_value { required binary key (STRING);"
                + " required group value (LIST) { repeated binary array (STRING); } } }",
            group -> {
              Group entry = group.addGroup("a").addGroup("key_value").append("key", "words");
              entry.addGroup("value").append("array", "me").append("array", "my shadow");
            }));
  }

  @Test
  void recordsWithinRecords() throws Exception {
    Object read =
        value(
            "optional group a { optional group b { optional int32 c; optional int32 d; } optional int32 e; }",
            group -> group.addGroup("a").addGroup("b").append("d", 4));
    assertEquals("{b={c=null, d=4}, e=null}", read.toString());
  }

  /** Nothing here writes Brotli: five bytes by RFC 7932, in a block that is not compressed. */
  @Test
  void brotli() throws Exception {
    byte[] hello = HexFormat.of().parseHex("0b028068656c6c6f03");
    BytesInput page =
        new ParquetCodecs()
            .getDecompressor(CompressionCodecName.BROTLI)
            .decompress(BytesInput.from(hello), 5);
    assertEquals("hello", new String(page.toInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void codecs(CompressionCodecName codec) throws Exception {
    byte[] file =
        file(
            "required binary a (STRING);",
            codec,
            group -> group.append("a", "ada".repeat(50)),
            group -> group.append("a", "bruno".repeat(50)));
    assertEquals(
        List.of("ada".repeat(50), "bruno".repeat(50)),
        read(file).stream().map(row -> row.get("a")).toList());
  }

  @Test
  void aFileOfNoRowsHasNone() throws Exception {
    assertEquals(List.of(), roundTrip("required int32 a;"));
  }

  @Test
  void damageIsNamed() throws Exception {
    assertCorrupt(new byte[0], "the Parquet file is damaged: it is empty");
    assertCorrupt(
        "<html>503 Slow Down</html>".getBytes(StandardCharsets.UTF_8),
        "the Parquet file is damaged: it does not begin as a Parquet file");
    byte[] sound = manyRows();
    assertCorrupt(
        Arrays.copyOf(sound, sound.length / 2),
        "the Parquet file is damaged: it does not end as a Parquet file; it may be cut");
    byte[] footer = sound.clone();
    ByteBuffer.wrap(footer)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(footer.length - 8, Integer.MAX_VALUE);
    assertCorrupt(
        footer, "the Parquet file is damaged: its footer cannot be read (RuntimeException)");
  }

  private static void assertCorrupt(byte[] file, String message) {
    UnreadableObjectException e =
        assertThrows(UnreadableObjectException.class, () -> ParquetRecords.of(file));
    assertEquals(FailureCode.CORRUPT_FILE, e.code());
    assertEquals(message, e.getMessage());
  }

  private byte[] manyRows() throws IOException {
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int row = i;
      rows.add(group -> group.append("a", "value " + row * 7919).append("b", row));
    }
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    Consumer<Group>[] all = rows.toArray(new Consumer[0]);
    return file("required binary a (STRING); required int32 b;", CompressionCodecName.SNAPPY, all);
  }

  /** Whatever byte is wrong: the rows as they were, or a named failure, never another exception. */
  @Test
  void noFlippedByteEndsAWorker() throws Exception {
    byte[] sound = manyRows();
    List<Map<String, Object>> rows = read(sound);
    int failed = 0;
    for (int at = 0; at < sound.length; at++) {
      byte[] flipped = sound.clone();
      flipped[at] ^= (byte) 0xff;
      try {
        read(flipped);
      } catch (UnreadableObjectException e) {
        assertEquals(FailureCode.CORRUPT_FILE, e.code());
        assertFalse(e.getMessage().contains("value "), e.getMessage());
        failed++;
      }
    }
    assertEquals(40, rows.size());
    assertTrue(failed > sound.length / 2, failed + " of " + sound.length);
  }

  @Test
  void aFileOnDiskReadsAsItsBytesDo() throws Exception {
    byte[] bytes = manyRows();
    Path path = folder.resolve("a.parquet");
    List<Map<String, Object>> rows = new ArrayList<>();
    try (ParquetRecords records = ParquetRecords.of(path)) {
      while (records.next()) {
        rows.add(records.record());
      }
    }
    assertEquals(read(bytes), rows);
    UnreadableObjectException gone =
        assertThrows(
            UnreadableObjectException.class, () -> ParquetRecords.of(folder.resolve("b.parquet")));
    assertEquals(FailureCode.CHANGED_WHILE_READ, gone.code());
  }

  /** Every shape that the generator writes, counted against its truth. */
  @Test
  void generatedDaysHaveTheRowsOfTheirTruth() throws Exception {
    OpenStaxTruth truth = OpenStaxGenerator.generate(OpenStaxOptions.dirty(6, 100), folder);
    long rows = 0;
    long keyless = 0;
    long broken = 0;
    long empty = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        try {
          List<Map<String, Object>> read = read(Files.readAllBytes(file));
          rows += read.size();
          keyless += read.stream().filter(ParquetRecordsTest::isKeyless).count();
          empty += read.isEmpty() ? 1 : 0;
        } catch (UnreadableObjectException e) {
          assertEquals(FailureCode.CORRUPT_FILE, e.code());
          broken++;
        }
      }
    }
    assertEquals(truth.rows(), rows);
    assertEquals(truth.failed(), Map.of("no_key", keyless));
    assertEquals(truth.brokenFiles(), broken);
    assertEquals(truth.emptyFiles(), empty);
    assertTrue(broken > 0 && empty > 0 && keyless > 0);
  }

  private static boolean isKeyless(Map<String, Object> row) {
    return row.get("session_uuid") == null && row.get("id") == null;
  }

  /** Names and values as they were given, whichever of the types. */
  @Test
  void generatedEventsComeOutAsTheyWentIn() throws Exception {
    OpenStaxOptions options = OpenStaxOptions.clean(1, 20);
    OpenStaxGenerator.generate(options, folder);
    Set<Object> read = new HashSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        read(Files.readAllBytes(file)).forEach(row -> read.add(plain(row)));
      }
    }
    Set<Object> given = new HashSet<>();
    OpenStaxGenerator.forEachEvent(options, event -> given.add(plain(event.fields())));
    assertEquals(800, given.size());
    assertEquals(given, read);
  }

  /** Absent and NULL are one; sixteen bytes are the UUID that was given. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> present = new HashMap<>();
      map.forEach(
          (key, each) -> {
            if (each != null) {
              present.put(key, plain(each));
            }
          });
      return present;
    }
    if (value instanceof byte[] bytes) {
      ByteBuffer uuid = ByteBuffer.wrap(bytes);
      return new UUID(uuid.getLong(), uuid.getLong());
    }
    return value instanceof Timestamp timestamp ? timestamp.value() : value;
  }
}
