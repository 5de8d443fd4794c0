package org.lyceum.transforms.parse;

import org.apache.avro.util.Utf8;

/**
 * Builds the column {@code extra}: a JSON object from JSON Pointer (RFC 6901) to original value, of
 * what the other columns do not give back. Entries stand in the order in which they are put.
 */
public final class ExtraFields {
  private final ByteBuilder json = new ByteBuilder();
  private final ByteBuilder key = new ByteBuilder();

  public void clear() {
    json.clear();
  }

  /** Keeps the text that stood before the JSON. */
  public void before(byte[] text, int start, int end) {
    open();
    json.ascii("#before\":\"");
    JsonStrings.encode(text, start, end, json);
    json.append('"');
  }

  /**
   * Keeps a member as written.
   *
   * @param parent pointer to its object: empty for the outermost one, else {@code /name}
   */
  public void put(String parent, JsonTape tape, int member) {
    open();
    json.ascii(parent);
    json.append('/');
    key.clear();
    tape.decodedKey(member, key);
    byte[] name = key.array();
    int copied = 0;
    for (int i = 0; i < key.length(); i++) {
      if (name[i] == '~' || name[i] == '/') {
        JsonStrings.encode(name, copied, i, json);
        json.ascii(name[i] == '~' ? "~0" : "~1");
        copied = i + 1;
      }
    }
    JsonStrings.encode(name, copied, key.length(), json);
    json.append('"');
    json.append(':');
    tape.json(member, json);
  }

  /** The column's value; null when nothing was put. */
  public Utf8 column() {
    if (json.length() == 0) {
      return null;
    }
    json.append('}');
    return new Utf8(json.copy(0, json.length()));
  }

  private void open() {
    json.append(json.length() == 0 ? '{' : ',');
    json.append('"');
  }
}
