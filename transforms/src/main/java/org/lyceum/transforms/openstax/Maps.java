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
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.JsonText;
import org.lyceum.transforms.parse.JsonValues;
import org.lyceum.transforms.parse.NotUtf8Exception;
import org.lyceum.transforms.parse.TextBytes;
import org.lyceum.transforms.parse.UnreadableJsonException;

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
  private final JsonTape tape = new JsonTape();
  private final JsonValues values = new JsonValues();
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

  /**
   * A map of lists; of texts, too; a text is a query string, of which the research docs speak, or
   * the JSON of such a map, which no browser's query string looks like.
   */
  void fillQuery(Object value, Row row) throws NotUtf8Exception {
    Map<String, List<String>> parameters =
        value instanceof CharSequence text ? parameters(TextBytes.utf8(text)) : parameters(value);
    if (parameters != null) {
      row.set(queryParameters, parameters);
      row.set(query, new Utf8(QueryString.build(parameters)));
    }
    if (value != null && (parameters == null || !isMapOfLists(value))) {
      extra.put("", "query", value);
    }
  }

  private Map<String, List<String>> parameters(Utf8 text) throws NotUtf8Exception {
    Map<String, List<String>> ofJson = isObject(text) ? parameters(members(true)) : null;
    return ofJson == null ? QueryString.parse(text.toString()) : ofJson;
  }

  /** Null for what is no map of text or of lists of text. */
  private static Map<String, List<String>> parameters(Object value) throws NotUtf8Exception {
    if (!(value instanceof Map<?, ?> members)) {
      return null;
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (member.getValue() == null) {
        continue; // a record has all fields of its file
      }
      List<?> elements =
          member.getValue() instanceof List<?> several ? several : List.of(member.getValue());
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

  private static boolean isMapOfLists(Object value) {
    return value instanceof Map<?, ?> members
        && members.values().stream().allMatch(member -> member instanceof List<?>);
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

  /**
   * A record, of which nulls are left out, the map of text that v1 highlights have, or its JSON.
   */
  void fillSourceMetadata(Object value, Row row) throws NotUtf8Exception {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> members) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        if (member.getValue() != null) {
          metadata.put(name(member), metadatum(name(member), member.getValue(), row));
        }
      }
    } else if (value != null) {
      extra.put("", "source_metadata", value);
      if (!(value instanceof CharSequence text) || !isObject(TextBytes.utf8(text))) {
        return;
      }
      members(false).forEach((name, member) -> metadata.put(name, member.toString()));
      fillContentIndex(metadata.get(CONTENT_INDEX), row);
    } else {
      return;
    }
    row.set(sourceMetadata, metadata);
    metadataTexts.forEach(
        (name, ordinal) -> {
          String text = metadata.get(name);
          row.set(ordinal, text == null ? null : new Utf8(text));
        });
  }

  private boolean fillContentIndex(String text, Row row) {
    boolean isIndex = text != null && text.matches("-?\\d{1,9}");
    if (isIndex) {
      row.set(contentIndex, Integer.valueOf(text));
    }
    return isIndex;
  }

  /** Whether a text is a JSON object, which is then on the tape. */
  private boolean isObject(Utf8 text) {
    if (!text.toString().stripLeading().startsWith("{")) {
      return false;
    }
    try {
      tape.read(text.getBytes(), 0, text.getByteLength());
      return true;
    } catch (UnreadableJsonException e) {
      return false;
    }
  }

  /** Of the object on the tape, without nulls: text, or lists of text if wanted, else JSON. */
  private Map<String, Object> members(boolean isWithLists) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int child = 1; child < tape.after(0); child = tape.after(child)) {
      if (tape.isOverridden(child) || tape.type(child) == JsonTape.Type.NULL) {
        continue;
      }
      if (isWithLists && tape.type(child) == JsonTape.Type.ARRAY) {
        List<Utf8> elements = new ArrayList<>();
        for (int node = child + 1; node < tape.after(child); node = tape.after(node)) {
          elements.add(text(node));
        }
        members.put(tape.name(child), elements);
      } else {
        members.put(tape.name(child), text(child));
      }
    }
    return members;
  }

  private Utf8 text(int node) {
    return tape.type(node) == JsonTape.Type.STRING
        ? values.anyText(tape, node)
        : new Utf8(tape.jsonBytes(node));
  }

  private String metadatum(String name, Object value, Row row) throws NotUtf8Exception {
    if (value instanceof CharSequence text) {
      String shown =
          isPackedUuid(name, text)
              ? UuidText.of(bytes(text)).toString()
              : TextBytes.utf8(text).toString();
      if (name.equals(CONTENT_INDEX) && fillContentIndex(shown, row)) {
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
