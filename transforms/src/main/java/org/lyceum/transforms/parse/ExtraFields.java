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
    key.clear();
    tape.decodedKey(member, key);
    name(parent, key.array(), key.length());
    tape.json(member, json);
  }

  /**
   * Keeps a value that did not come as JSON (see {@link JsonText}).
   *
   * @param parent as above
   */
  public void put(String parent, CharSequence name, Object value) throws NotUtf8Exception {
    key.clear();
    JsonText.append(value, key); // first, so that nothing is put when it fails
    byte[] written = key.copy(0, key.length());
    Utf8 text = TextBytes.utf8(name);
    name(parent, text.getBytes(), text.getByteLength());
    json.append(written, 0, written.length);
  }

  /** Opens a member: pointer and colon. */
  private void name(String parent, byte[] name, int length) {
    open();
    json.ascii(parent);
    json.append('/');
    int copied = 0;
    for (int i = 0; i < length; i++) {
      if (name[i] == '~' || name[i] == '/') {
        JsonStrings.encode(name, copied, i, json);
        json.ascii(name[i] == '~' ? "~0" : "~1");
        copied = i + 1;
      }
    }
    JsonStrings.encode(name, copied, length, json);
    json.append('"');
    json.append(':');
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
