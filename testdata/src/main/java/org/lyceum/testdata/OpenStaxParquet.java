package org.lyceum.testdata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Events of one type in, one Parquet file in a given shape out. */
final class OpenStaxParquet {
  private static final int JULIAN_DAY_OF_1970 = 2_440_588;
  private static final long DAY_MILLIS = 86_400_000L;

  private OpenStaxParquet() {}

  static byte[] bytes(List<OpenStaxEvent> events, OpenStaxType type, OpenStaxShape shape)
      throws IOException {
    BytesFile file = new BytesFile();
    write(events, type, shape, file);
    return file.bytes.toByteArray();
  }

  private static void write(
      List<OpenStaxEvent> events, OpenStaxType type, OpenStaxShape shape, OutputFile file)
      throws IOException {
    Predicate<String> isNull =
        name ->
            !events.isEmpty() && events.stream().allMatch(each -> each.fields().get(name) == null);
    MessageType columns = shape.columns(type.schema(), isNull);
    try (ParquetWriter<Map<String, Object>> writer = new Builder(file, columns, shape).build()) {
      for (OpenStaxEvent event : events) {
        writer.write(event.fields());
      }
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Map<String, Object>, Builder> {
    private final MessageType columns;
    private final OpenStaxShape shape;

    Builder(OutputFile file, MessageType columns, OpenStaxShape shape) {
      super(file);
      this.shape = shape;
      this.columns = columns;
      withConf(new PlainParquetConfiguration());
      withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
      withCompressionCodec(CompressionCodecName.SNAPPY);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still, so it must be there
    protected WriteSupport<Map<String, Object>> getWriteSupport(Configuration configuration) {
      return new Rows(columns, shape);
    }

    @Override
    protected WriteSupport<Map<String, Object>> getWriteSupport(
        ParquetConfiguration configuration) {
      return new Rows(columns, shape);
    }
  }

  private static final class Rows extends WriteSupport<Map<String, Object>> {
    private final MessageType columns;
    private final OpenStaxShape shape;
    private RecordConsumer to;

    Rows(MessageType columns, OpenStaxShape shape) {
      this.shape = shape;
      this.columns = columns;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still, so it must be there
    public WriteContext init(Configuration configuration) {
      return new WriteContext(columns, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(columns, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      to = consumer;
    }

    @Override
    public void write(Map<String, Object> fields) {
      to.startMessage();
      fields(columns, fields);
      to.endMessage();
    }

    private void fields(GroupType group, Map<?, ?> values) {
      for (int i = 0; i < group.getFieldCount(); i++) {
        Object value = values.get(group.getFieldName(i));
        if (value != null) {
          to.startField(group.getFieldName(i), i);
          value(group.getType(i), value);
          to.endField(group.getFieldName(i), i);
        }
      }
    }

    private void value(Type type, Object value) {
      if (type.isPrimitive()) {
        primitive(type.asPrimitiveType(), value);
        return;
      }
      GroupType group = type.asGroupType();
      to.startGroup();
      if (group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation) {
        entries(group.getType(0).asGroupType(), (Map<?, ?>) value);
      } else if (group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) {
        elements(group.getType(0), (List<?>) value);
      } else {
        fields(group, (Map<?, ?>) value);
      }
      to.endGroup();
    }

    private void entries(GroupType entry, Map<?, ?> values) {
      if (values.isEmpty()) {
        return;
      }
      to.startField(entry.getName(), 0);
      values.forEach(
          (key, value) -> {
            to.startGroup();
            to.startField("key", 0);
            to.addBinary(Binary.fromString(key.toString()));
            to.endField("key", 0);
            if (value != null) {
              to.startField("value", 1);
              value(entry.getType(1), value);
              to.endField("value", 1);
            }
            to.endGroup();
          });
      to.endField(entry.getName(), 0);
    }

    private void elements(Type repeated, List<?> values) {
      if (values.isEmpty()) {
        return;
      }
      to.startField(repeated.getName(), 0);
      for (Object value : values) {
        if (repeated.getName().equals("array")) {
          value(repeated, value);
        } else {
          to.startGroup();
          to.startField("element", 0);
          value(repeated.asGroupType().getType(0), value);
          to.endField("element", 0);
          to.endGroup();
        }
      }
      to.endField(repeated.getName(), 0);
    }

    private void primitive(PrimitiveType type, Object value) {
      switch (type.getPrimitiveTypeName()) {
        case INT32 -> to.addInteger((Integer) value);
        case INT64 -> to.addLong(shape.stored((Long) value));
        case DOUBLE -> to.addDouble((Double) value);
        case BOOLEAN -> to.addBoolean((Boolean) value);
        case FIXED_LEN_BYTE_ARRAY ->
            to.addBinary(Binary.fromConstantByteArray(bytes((UUID) value)));
        case INT96 -> to.addBinary(int96((Long) value));
        case BINARY -> to.addBinary(Binary.fromString(OpenStaxText.of(value)));
        case FLOAT -> throw new IllegalArgumentException("no column is a float");
      }
    }

    private static Binary int96(long millis) {
      ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(Math.floorMod(millis, DAY_MILLIS) * 1_000_000);
      bytes.putInt((int) Math.floorDiv(millis, DAY_MILLIS) + JULIAN_DAY_OF_1970);
      return Binary.fromConstantByteArray(bytes.array());
    }
  }

  static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /** A file in memory. */
  private static final class BytesFile implements OutputFile {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);

    @Override
    public PositionOutputStream create(long blockSize) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return bytes.size();
        }

        @Override
        public void write(int each) {
          bytes.write(each);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
          bytes.write(from, offset, length);
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
