package org.lyceum.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Networks and what is said of them in, a small database of them as MaxMind's readers have it out
 * (version 2.0 of its format, <a href="https://maxmind.github.io/MaxMind-DB/">MaxMind DB</a>), with
 * records of 24 bits. In a tree of IPv6 the networks of IPv4 are in {@code ::/96}.
 */
public final class GeoDatabase {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int NOTHING = -1;

  /** What stands between tree and data. */
  private static final int GAP = 16;

  private static final byte[] END_OF_DATA =
      "\u00AB\u00CD\u00EFMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);

  private static final int DOUBLE = 3;
  private static final int TEXT = 2;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int MAP = 7;
  private static final int UINT64 = 9;
  private static final int ARRAY = 11;
  private static final int BOOLEAN = 14;

  private final String type;
  private final int ipVersion;

  /** Each of two records: of another node the index, of data {@code -2 - offset}, or nothing. */
  private final List<int[]> tree = new ArrayList<>();

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  private GeoDatabase(String type, int ipVersion) {
    this.type = type;
    this.ipVersion = ipVersion;
    tree.add(new int[] {NOTHING, NOTHING});
  }

  /**
   * An empty one.
   *
   * @param type such as GeoLite2-City
   */
  public static GeoDatabase ofType(String type) {
    return new GeoDatabase(type, 6);
  }

  /** An empty one that has no address of IPv6. */
  public static GeoDatabase ofIpv4(String type) {
    return new GeoDatabase(type, 4);
  }

  /**
   * Adds a network, which lies in no other.
   *
   * @param network address and length, such as 192.0.2.0/24
   * @param json what is said of it, an object
   */
  public GeoDatabase with(String network, String json) throws IOException {
    String[] parts = network.split("/", -1);
    byte[] address = InetAddress.getByName(parts[0]).getAddress();
    int shift = ipVersion == 6 && address.length == 4 ? 96 : 0;
    int last = shift + Integer.parseInt(parts[1]) - 1;
    int node = 0;
    for (int i = 0; i < last; i++) {
      int[] records = tree.get(node);
      int bit = bit(address, i - shift);
      if (records[bit] == NOTHING) {
        records[bit] = tree.size();
        tree.add(new int[] {NOTHING, NOTHING});
      }
      node = records[bit];
    }
    tree.get(node)[bit(address, last - shift)] = -2 - data.size();
    write(JSON.readTree(json), data);
    return this;
  }

  private static int bit(byte[] address, int i) {
    return i < 0 ? 0 : address[i / 8] >> (7 - i % 8) & 1;
  }

  /** Writes it into a file. */
  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  /** The file's bytes. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int[] records : tree) {
      for (int record : records) {
        writeRecord(record, out);
      }
    }
    out.writeBytes(new byte[GAP]);
    out.writeBytes(data.toByteArray());
    out.writeBytes(END_OF_DATA);
    write(metadata(), out);
    return out.toByteArray();
  }

  private void writeRecord(int record, ByteArrayOutputStream out) {
    int value = record;
    if (record == NOTHING) {
      value = tree.size();
    } else if (record < 0) {
      value = tree.size() + GAP + (-2 - record);
    }
    out.write(value >> 16);
    out.write(value >> 8);
    out.write(value);
  }

  private ObjectNode metadata() {
    ObjectNode metadata = JSON.createObjectNode();
    metadata.put("node_count", tree.size());
    metadata.put("record_size", 24);
    metadata.put("ip_version", ipVersion);
    metadata.put("database_type", type);
    metadata.putArray("languages").add("en");
    metadata.put("binary_format_major_version", 2);
    metadata.put("binary_format_minor_version", 0);
    metadata.put("build_epoch", 1_707_145_200L);
    metadata.putObject("description").put("en", "Synthetic");
    return metadata;
  }

  /** Whole numbers are as short as they can be, those of a Java long have 64 bits. */
  private static void write(JsonNode value, ByteArrayOutputStream out) {
    switch (value.getNodeType()) {
      case OBJECT -> {
        control(MAP, value.size(), out);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
          writeText(field.getKey(), out);
          write(field.getValue(), out);
        }
      }
      case ARRAY -> {
        control(ARRAY, value.size(), out);
        value.forEach(element -> write(element, out));
      }
      case STRING -> writeText(value.textValue(), out);
      case BOOLEAN -> control(BOOLEAN, value.booleanValue() ? 1 : 0, out);
      case NUMBER -> writeNumber(value, out);
      case BINARY, MISSING, NULL, POJO ->
          throw new IllegalArgumentException(value.getNodeType() + " has no place in a database");
    }
  }

  private static void writeText(String text, ByteArrayOutputStream out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    control(TEXT, bytes.length, out);
    out.writeBytes(bytes);
  }

  private static void writeNumber(JsonNode value, ByteArrayOutputStream out) {
    if (value.isDouble()) {
      control(DOUBLE, 8, out);
      out.writeBytes(ByteBuffer.allocate(8).putDouble(value.doubleValue()).array());
    } else if (value.isLong()) {
      control(UINT64, 8, out);
      out.writeBytes(ByteBuffer.allocate(8).putLong(value.longValue()).array());
    } else if (value.intValue() > 0xFFFF) {
      control(UINT32, 4, out);
      out.writeBytes(ByteBuffer.allocate(4).putInt(value.intValue()).array());
    } else {
      control(UINT16, 2, out);
      out.write(value.intValue() >> 8);
      out.write(value.intValue());
    }
  }

  /** What stands before a value: its type and its size. */
  private static void control(int type, int size, ByteArrayOutputStream out) {
    if (size >= 285) {
      throw new IllegalArgumentException("a small database has no value of size " + size);
    }
    int inFirst = Math.min(size, 29);
    if (type <= MAP) {
      out.write(type << 5 | inFirst);
    } else {
      out.write(inFirst);
      out.write(type - MAP);
    }
    if (inFirst == 29) {
      out.write(size - 29);
    }
  }
}
