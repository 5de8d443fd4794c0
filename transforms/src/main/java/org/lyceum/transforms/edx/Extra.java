package org.lyceum.transforms.edx;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.lyceum.transforms.parse.ByteText;
import org.lyceum.transforms.parse.JsonStrings;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.PlainJson;

/**
 * Column extra under construction: a JSON object from JSON Pointer (RFC 6901) to original value.
 */
final class Extra {
  private static final int CACHED_POINTERS = 1024;

  private final ByteText json = new ByteText();
  private final Map<String, byte[]> pointers = new HashMap<>();

  void clear() {
    json.clear();
  }

  /** A member of the line, with its value as it was written. */
  void value(String name, JsonTape tape, int node) {
    byte[] pointer = pointer(name);
    json.add(json.length() == 0 ? '{' : ',').add(pointer, 0, pointer.length);
    PlainJson.write(tape, node, json);
  }

  /** Text of the line that is not part of its JSON. */
  void text(String label, byte[] bytes, int start, int end) {
    json.add(json.length() == 0 ? '{' : ',').add("\"" + label + "\":\"");
    JsonStrings.encode(
        new String(bytes, start, end - start, java.nio.charset.StandardCharsets.UTF_8), json);
    json.add('"');
  }

  /** The column's value; null when nothing was noted. */
  Utf8 toUtf8() {
    return json.length() == 0 ? null : new Utf8(json.add('}').toBytes());
  }

  private byte[] pointer(String name) {
    byte[] pointer = pointers.get(name);
    if (pointer == null) {
      ByteText text = new ByteText();
      text.add("\"/");
      JsonStrings.encode(name.replace("~", "~0").replace("/", "~1"), text);
      pointer = text.add("\":").toBytes();
      if (pointers.size() < CACHED_POINTERS) {
        pointers.put(name, pointer);
      }
    }
    return pointer;
  }
}
