package org.lyceum.transforms.io;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A primitive column in, Java values out; what they are is said in {@link ParquetRecords}. */
final class ParquetValues extends PrimitiveConverter {
  private static final int JULIAN_DAY_OF_1970 = 2_440_588;
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private final PrimitiveTypeName type;
  private final IntFunction<Object> ofInt;
  private final LongFunction<Object> ofLong;
  private final Function<Binary, Object> ofBinary;
  private final Consumer<Object> sink;
  private Object[] dictionary = {};

  private ParquetValues(
      PrimitiveTypeName type,
      IntFunction<Object> ofInt,
      LongFunction<Object> ofLong,
      Function<Binary, Object> ofBinary,
      Consumer<Object> sink) {
    this.type = type;
    this.ofInt = ofInt;
    this.ofLong = ofLong;
    this.ofBinary = ofBinary;
    this.sink = sink;
  }

  static ParquetValues of(PrimitiveType type, Consumer<Object> sink) {
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    IntFunction<Object> ofInt = Integer::valueOf;
    LongFunction<Object> ofLong = Long::valueOf;
    Function<Binary, Object> ofBinary = Binary::getBytes;
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      ofBinary = ParquetValues::int96;
    } else if (annotation instanceof StringLogicalTypeAnnotation
        || annotation instanceof EnumLogicalTypeAnnotation
        || annotation instanceof JsonLogicalTypeAnnotation) {
      ofBinary = binary -> Utf8Text.orBytes(binary.getBytesUnsafe());
    } else if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
      int scale = decimal.getScale();
      ofInt = value -> BigDecimal.valueOf(value, scale);
      ofLong = value -> BigDecimal.valueOf(value, scale);
      ofBinary = binary -> new BigDecimal(new BigInteger(binary.getBytes()), scale);
    } else if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
      TimeUnit unit = unit(timestamp);
      ofLong = value -> new Timestamp(value, unit);
    } else if (annotation instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      ofInt = Integer::toUnsignedLong;
      ofLong = ParquetValues::unsigned;
    }
    return new ParquetValues(type.getPrimitiveTypeName(), ofInt, ofLong, ofBinary, sink);
  }

  private static TimeUnit unit(TimestampLogicalTypeAnnotation annotation) {
    return switch (annotation.getUnit()) {
      case MILLIS -> TimeUnit.MILLISECONDS;
      case MICROS -> TimeUnit.MICROSECONDS;
      case NANOS -> TimeUnit.NANOSECONDS;
    };
  }

  private static Object unsigned(long value) {
    if (value >= 0) {
      return value;
    }
    return new BigDecimal(Long.toUnsignedString(value));
  }

  /** Nanoseconds of the day, then the Julian day; what nanoseconds cannot count is microseconds. */
  private static Timestamp int96(Binary binary) {
    ByteBuffer bytes = binary.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    long day = bytes.getInt() - (long) JULIAN_DAY_OF_1970;
    try {
      return new Timestamp(
          Math.addExact(Math.multiplyExact(day, NANOS_PER_DAY), nanos), TimeUnit.NANOSECONDS);
    } catch (ArithmeticException e) {
      return new Timestamp(
          day * (NANOS_PER_DAY / 1000) + Math.floorDiv(nanos, 1000), TimeUnit.MICROSECONDS);
    }
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  /** A value that repeats is made once. */
  @Override
  public void setDictionary(Dictionary values) {
    dictionary = new Object[values.getMaxId() + 1];
    for (int i = 0; i < dictionary.length; i++) {
      dictionary[i] = valueOf(values, i);
    }
  }

  private Object valueOf(Dictionary values, int id) {
    return switch (type) {
      case INT32 -> ofInt.apply(values.decodeToInt(id));
      case INT64 -> ofLong.apply(values.decodeToLong(id));
      case FLOAT -> (double) values.decodeToFloat(id);
      case DOUBLE -> values.decodeToDouble(id);
      case BOOLEAN -> values.decodeToBoolean(id);
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> ofBinary.apply(values.decodeToBinary(id));
    };
  }

  @Override
  public void addValueFromDictionary(int id) {
    sink.accept(dictionary[id]);
  }

  @Override
  public void addBinary(Binary value) {
    sink.accept(ofBinary.apply(value));
  }

  @Override
  public void addBoolean(boolean value) {
    sink.accept(value);
  }

  @Override
  public void addInt(int value) {
    sink.accept(ofInt.apply(value));
  }

  @Override
  public void addLong(long value) {
    sink.accept(ofLong.apply(value));
  }

  @Override
  public void addFloat(float value) {
    sink.accept((double) value);
  }

  @Override
  public void addDouble(double value) {
    sink.accept(value);
  }
}
