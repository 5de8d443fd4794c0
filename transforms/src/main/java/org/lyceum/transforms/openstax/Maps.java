package org.lyceum.transforms.openstax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Row;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.ExtraFields;
import org.lyceum.transforms.parse.JsonText;
import org.lyceum.transforms.parse.NotUtf8Exception;
import org.lyceum.transforms.parse.TextBytes;

/**
 * The fields of an event that are maps in, their columns out; to extra the members that a map of
 * text does not give back.
 */
final class Maps {
  private static final String CONTENT_INDEX = "content_index";
  private static final int UUID_BYTES = 16;

  private final ExtraFields extra;
  private final Map<String, Integer> attributes;
  private final Map<String, Integer> metadataTexts;
  private final ByteBuilder json = new ByteBuilder();
  private final int query;
  private final int queryParameters;
  private final int sourceMetadata;
  private final int contentIndex;

  Maps(Contract contract, ExtraFields extra) {
    this.extra = extra;
    this.attributes = ordinals(contract, "", "target_attributes", "context_attributes");
    this.metadataTexts =
        ordinals(
            contract,
            "source_metadata_",
            "content_id",
            "content_version",
            "context_version",
            "scope_id");
    this.query = contract.ordinal("query");
    this.queryParameters = contract.ordinal("query_parameters");
    this.sourceMetadata = contract.ordinal("source_metadata");
    this.contentIndex = contract.ordinal("source_metadata_content_index");
  }

  private static Map<String, Integer> ordinals(Contract contract, String prefix, String... fields) {
    Map<String, Integer> ordinals = new LinkedHashMap<>();
    for (String field : fields) {
      ordinals.put(field, contract.ordinal(prefix + field));
    }
    return ordinals;
  }

  /** A map of lists; a text, which the research docs speak of, is read as a query string. */
  void fillQuery(Object value, Row row) throws NotUtf8Exception {
    Map<String, List<String>> parameters =
        value instanceof CharSequence text
            ? QueryString.parse(TextBytes.utf8(text).toString())
            : parameters(value);
    if (parameters != null) {
      row.set(queryParameters, parameters);
      row.set(query, new Utf8(QueryString.build(parameters)));
    }
    if (value != null && (parameters == null || value instanceof CharSequence)) {
      extra.put("", "query", value);
    }
  }

  /** Null for what is not a map of lists of text. */
  private static Map<String, List<String>> parameters(Object value) throws NotUtf8Exception {
    if (!(value instanceof Map<?, ?> members)) {
      return null;
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!(member.getValue() instanceof List<?> elements)) {
        return null;
      }
      List<String> values = new ArrayList<>();
      for (Object element : elements) {
        if (!(element instanceof CharSequence text)) {
          return null;
        }
        values.add(TextBytes.utf8(text).toString());
      }
      parameters.put(name(member), values);
    }
    return parameters;
  }

  void fillAttributes(String field, Object value, Row row) throws NotUtf8Exception {
    if (value instanceof Map<?, ?> members) {
      Map<String, String> texts = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        if (member.getValue() instanceof CharSequence text) {
          texts.put(name(member), TextBytes.utf8(text).toString());
        } else {
          if (member.getValue() != null) {
            texts.put(name(member), jsonOf(member.getValue()));
          }
          extra.put("/" + field, name(member), member.getValue());
        }
      }
      row.set(attributes.get(field), texts);
    } else if (value != null) {
      extra.put("", field, value);
    }
  }

  /** A record, of which nulls are left out, or the map of text that v1 highlights have. */
  void fillSourceMetadata(Object value, Row row) throws NotUtf8Exception {
    if (value instanceof Map<?, ?> members) {
      Map<String, String> metadata = new LinkedHashMap<>();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        if (member.getValue() != null) {
          metadata.put(name(member), metadatum(name(member), member.getValue(), row));
        }
      }
      row.set(sourceMetadata, metadata);
      metadataTexts.forEach(
          (name, ordinal) -> {
            String text = metadata.get(name);
            row.set(ordinal, text == null ? null : new Utf8(text));
          });
    } else if (value != null) {
      extra.put("", "source_metadata", value);
    }
  }

  private String metadatum(String name, Object value, Row row) throws NotUtf8Exception {
    if (value instanceof CharSequence text) {
      String shown =
          isPackedUuid(name, text)
              ? UuidText.of(bytes(text)).toString()
              : TextBytes.utf8(text).toString();
      if (name.equals(CONTENT_INDEX) && shown.matches("-?\\d{1,9}")) {
        row.set(contentIndex, Integer.valueOf(shown));
        extra.put("/source_metadata", name, shown); // text, where the column says number
      }
      return shown;
    }
    Object uuid = UuidText.of(value);
    if (uuid != null) {
      return uuid.toString();
    }
    Integer index = name.equals(CONTENT_INDEX) ? EventColumns.integer(value) : null;
    if (index == null) {
      extra.put("/source_metadata", name, value);
    } else {
      row.set(contentIndex, index);
    }
    return jsonOf(value);
  }

  /** The server packs these two also where the schema wants text. */
  private static boolean isPackedUuid(String name, CharSequence text) {
    return (name.equals("content_id") || name.equals("scope_id"))
        && text instanceof Utf8 utf8
        && utf8.getByteLength() == UUID_BYTES
        && !TextBytes.isUtf8(utf8.getBytes(), 0, UUID_BYTES);
  }

  private static byte[] bytes(CharSequence text) {
    Utf8 utf8 = (Utf8) text;
    return Arrays.copyOf(utf8.getBytes(), utf8.getByteLength());
  }

  private String jsonOf(Object value) throws NotUtf8Exception {
    json.clear();
    JsonText.append(value, json);
    return new Utf8(json.copy(0, json.length())).toString();
  }

  private static String name(Map.Entry<?, ?> member) throws NotUtf8Exception {
    return member.getKey() instanceof CharSequence text
        ? TextBytes.utf8(text).toString()
        : member.getKey().toString();
  }
}
