package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/** What Avro's own writer has written is read; what nobody could write costs nothing. */
class AvroRecordsTest {
  private static final Schema ALL =
      SchemaBuilder.record("all")
          .fields()
          .requiredInt("i")
          .requiredLong("l")
          .requiredDouble("d")
          .requiredFloat("f")
          .requiredBoolean("b")
          .requiredBytes("bytes")
          .name("e")
          .type()
          .enumeration("colour")
          .symbols("red", "blue")
          .noDefault()
          .name("list")
          .type()
          .array()
          .items()
          .stringType()
          .noDefault()
          .optionalString("maybe")
          .endRecord();
  private static final Schema TEXT =
      SchemaBuilder.record("text").fields().requiredString("t").endRecord();
  private static final Schema NULLS =
      SchemaBuilder.record("nulls")
          .fields()
          .name("n")
          .type()
          .array()
          .items()
          .nullType()
          .noDefault()
          .endRecord();

  private final AvroRecords records = new AvroRecords();

  @Property(seed = "71")
  void readsWhatAvroWrites(
      @ForAll int i,
      @ForAll long l,
      @ForAll double d,
      @ForAll float f,
      @ForAll boolean b,
      @ForAll byte[] bytes,
      @ForAll List<Integer> list)
      throws IOException, UnreadableAvroException {
    List<Utf8> texts = list.stream().map(number -> new Utf8("é" + number)).toList();
    byte[] written =
        write(
            ALL,
            new GenericRecordBuilder(ALL)
                .set("i", i)
                .set("l", l)
                .set("d", d)
                .set("f", f)
                .set("b", b)
                .set("bytes", ByteBuffer.wrap(bytes))
                .set("e", new GenericData.EnumSymbol(ALL.getField("e").schema(), "blue"))
                .set("list", texts)
                .set("maybe", b ? "yes" : null)
                .build());
    Map<String, Object> read = records.read(ALL, written, 0, written.length);
    assertEquals(i, read.get("i"));
    assertEquals(l, read.get("l"));
    assertEquals(d, read.get("d"));
    assertEquals(f, read.get("f"));
    assertEquals(b, read.get("b"));
    assertArrayEquals(bytes, (byte[]) read.get("bytes"));
    assertEquals("blue", read.get("e"));
    assertEquals(texts, read.get("list"));
    assertEquals(b ? new Utf8("yes") : null, read.get("maybe"));
  }

  @Test
  void announcedLengthsCostNothing() {
    fails(FailureCode.TRUNCATED_AVRO, TEXT, varint(Integer.MAX_VALUE));
    fails(FailureCode.TRUNCATED_AVRO, TEXT, varint(Long.MAX_VALUE));
    fails(FailureCode.TRUNCATED_AVRO, NULLS, varint(Long.MAX_VALUE));
    fails(FailureCode.TRUNCATED_AVRO, NULLS, varint(1_000_000_000));
  }

  @Test
  void whatNoWriterWritesIsNotAvro() {
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0xFF);
    fails(FailureCode.NOT_AVRO, TEXT, endless);
    fails(FailureCode.NOT_AVRO, TEXT, varint(-1));
    fails(FailureCode.NOT_AVRO, NULLS, varint(Long.MIN_VALUE));
    Schema maybe = SchemaBuilder.record("maybe").fields().optionalString("m").endRecord();
    fails(FailureCode.NOT_AVRO, maybe, varint(2));
    fails(FailureCode.NOT_AVRO, maybe, varint(-1));
    Schema flag = SchemaBuilder.record("flag").fields().requiredBoolean("f").endRecord();
    fails(FailureCode.NOT_AVRO, flag, new byte[] {2});
    Schema number = SchemaBuilder.record("number").fields().requiredInt("n").endRecord();
    fails(FailureCode.NOT_AVRO, number, varint(1L << 31));
  }

  @Test
  void recordsThatHoldThemselvesEnd() {
    Schema list =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"cons\",\"fields\":"
                    + "[{\"name\":\"rest\",\"type\":[\"cons\",\"null\"]}]}");
    fails(FailureCode.NESTING_TOO_DEEP, list, new byte[100_000]);
  }

  @Test
  void theFieldIsNamed() {
    UnreadableAvroException cut =
        assertThrows(
            UnreadableAvroException.class, () -> records.read(TEXT, new byte[] {8, 'a'}, 0, 2));
    assertEquals("The record ends in the field t.", cut.getMessage());
  }

  private void fails(FailureCode code, Schema schema, byte[] bytes) {
    assertEquals(
        code,
        assertThrows(
                UnreadableAvroException.class, () -> records.read(schema, bytes, 0, bytes.length))
            .code());
  }

  /** One byte follows, which the number does not need. */
  private static byte[] varint(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long bits = (value << 1) ^ (value >> 63);
    while ((bits & ~0x7FL) != 0) {
      bytes.write((int) (bits & 0x7F) | 0x80);
      bits >>>= 7;
    }
    bytes.write((int) bits);
    bytes.write(0);
    return bytes.toByteArray();
  }

  private static byte[] write(Schema schema, Object record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
