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
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types;
import org.lyceum.catalog.Contract;

/**
 * A row in, a digest of what it says out: everything but where it lies, when it happened (a copy
 * that was sent again can differ in that), and what the contract names. Two copies whose digests
 * differ are in conflict.
 */
final class RowContent {
  private static final Set<String> WHERE =
      Set.of("event_id", "occurred_at", "feed", "delivery", "position", "run_id");

  private final List<String> columns;

  RowContent(Contract contract) {
    boolean isKey = contract.key().equals(List.of("record"));
    this.columns =
        contract.columns().stream()
            .map(column -> column.name())
            .filter(name -> !isKey && !WHERE.contains(name))
            .filter(name -> !contract.notCompared().contains(name))
            .toList();
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
        add(sha, row.get(i, Object.class));
      }
    }
    return HexFormat.of().formatHex(sha.digest(), 0, 16);
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
