package org.lyceum.transforms.lake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types;
import org.lyceum.catalog.Contract;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.UnreadableJsonException;

/**
 * A row in, a digest of what it says out: everything but where it lies, when it happened (a copy
 * that was sent again can differ in that), and what the contract names. Two copies whose digests
 * differ are in conflict.
 */
final class RowContent {
  private static final Set<String> WHERE =
      Set.of("event_id", "occurred_at", "feed", "delivery", "position", "run_id");

  private final List<String> columns;
  private final Set<String> pointers;

  RowContent(Contract contract) {
    boolean isKey = contract.key().equals(List.of("record"));
    this.columns =
        contract.columns().stream()
            .map(column -> column.name())
            .filter(name -> !isKey && !WHERE.contains(name))
            .filter(name -> !contract.notCompared().contains(name))
            .toList();
    this.pointers =
        contract.columns().stream()
            .flatMap(column -> Stream.of("/" + column.name(), "/data/" + column.name()))
            .collect(Collectors.toSet());
  }

  /** Columns that are compared; none where the key is the whole record. */
  List<String> columns() {
    return columns;
  }

  /** The digest of a row that has at least these columns, by a schema. */
  String of(StructLike row, Schema schema) {
    if (columns.isEmpty()) {
      return "";
    }
    MessageDigest sha = sha256();
    List<Types.NestedField> fields = schema.columns();
    for (int i = 0; i < fields.size(); i++) {
      if (columns.contains(fields.get(i).name())) {
        Object value = row.get(i, Object.class);
        add(sha, value != null && fields.get(i).name().equals("extra") ? compared(value) : value);
      }
    }
    return HexFormat.of().formatHex(sha.digest(), 0, 16);
  }

  /**
   * What extra holds of fields without a column; null for nothing. Originals of fields with one
   * depend on the form in which the record came, and what stands beside a record is not of it.
   */
  private Map<String, Object> compared(Object extra) {
    byte[] text = bytes(extra);
    JsonTape tape = new JsonTape();
    try {
      tape.read(text, 0, text.length);
    } catch (UnreadableJsonException e) {
      throw new IllegalStateException("extra is an object", e);
    }
    Map<String, Object> members = new TreeMap<>();
    for (int member = 1; member < tape.after(0); member = tape.after(member)) {
      String name = tape.name(member);
      if (!pointers.contains(name) && !name.startsWith("#")) {
        members.put(name, new String(tape.jsonBytes(member), StandardCharsets.UTF_8));
      }
    }
    return members.isEmpty() ? null : members;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest sha, Object value) {
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, Object> sorted = new TreeMap<>();
      map.forEach((key, member) -> sorted.put(key.toString(), member));
      add(sha, "{" + sorted.size());
      sorted.forEach(
          (key, member) -> {
            add(sha, key);
            add(sha, member);
          });
    } else if (value instanceof List<?> list) {
      add(sha, "[" + list.size());
      list.forEach(member -> add(sha, member));
    } else {
      byte[] text = value == null ? null : bytes(value);
      sha.update(ByteBuffer.allocate(4).putInt(text == null ? -1 : text.length).flip());
      if (text != null) {
        sha.update(text);
      }
    }
  }

  private static byte[] bytes(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      return copy;
    }
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }
}
