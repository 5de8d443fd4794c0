package org.lyceum.transforms.edx;

import java.util.Arrays;
import org.apache.avro.util.Utf8;
import org.lyceum.transforms.parse.ByteBuilder;
import org.lyceum.transforms.parse.JsonStrings;
import org.lyceum.transforms.parse.JsonTape;
import org.lyceum.transforms.parse.TextBytes;
import org.lyceum.transforms.parse.UnreadableJsonException;

/**
 * The payload of a line in, whichever way it is encoded; its column, its shape and, if it is an
 * object, its fields out. Reused from line to line.
 */
final class EventPayload {
  /** edX cuts the payload of requests to so many characters. */
  private static final int CUT_CHARACTERS = 512;

  private static final Utf8 NOTHING = new Utf8("{}");
  private static final byte[] POST = {'P', 'O', 'S', 'T'};

  private final JsonTape inner = new JsonTape();
  private final ByteBuilder decoded = new ByteBuilder();
  private final ByteBuilder innerDecoded = new ByteBuilder();

  private EventShape shape;
  private Utf8 column;
  private boolean isTruncated;
  private boolean isWhole;
  private JsonTape tape;

  /** What the string says: from start to end in bytes. */
  private byte[] bytes;

  private int start;
  private int end;

  EventShape shape() {
    return shape;
  }

  /** The payload as JSON text. */
  Utf8 column() {
    return column;
  }

  /** Whether it was cut at 512 characters. */
  boolean isTruncated() {
    return isTruncated;
  }

  /** Whether column and shape give the original back. */
  boolean isWhole() {
    return isWhole;
  }

  /** The tape that holds the payload's fields, below {@code node} or 0; null if it has none. */
  JsonTape objectTape() {
    return tape;
  }

  void readAbsent() {
    become(EventShape.ABSENT, null);
  }

  void read(JsonTape line, int node) {
    switch (line.type(node)) {
      case OBJECT -> {
        become(EventShape.OBJECT, new Utf8(line.jsonBytes(node)));
        tape = line;
      }
      case ARRAY -> become(EventShape.LIST, new Utf8(line.jsonBytes(node)));
      case NUMBER, NON_FINITE -> become(EventShape.NUMBER, new Utf8(line.jsonBytes(node)));
      case BOOLEAN -> become(EventShape.BOOLEAN, new Utf8(line.jsonBytes(node)));
      case NULL -> become(EventShape.NULL, null);
      case STRING -> string(line, node);
    }
  }

  private void become(EventShape shape, Utf8 column) {
    this.shape = shape;
    this.column = column;
    isTruncated = false;
    isWhole = true;
    tape = null;
  }

  private void string(JsonTape line, int node) {
    bytes = line.text();
    start = line.start(node) + 1;
    end = line.end(node) - 1;
    boolean isUtf8 = true;
    if (line.hasEscape(node)) {
      decoded.clear();
      isUtf8 = JsonStrings.decodeUtf8(bytes, start, end, decoded);
      bytes = decoded.array();
      start = 0;
      end = decoded.length();
    }
    int first = TextBytes.skipSpace(bytes, start, end);
    if (first == end) {
      become(EventShape.BLANK, NOTHING);
      isWhole = start == end;
    } else if (isJson(first)) {
      become(innerShape(), innerColumn());
      isWhole = isUtf8 && !inner.isRewritten(0);
      tape = shape == EventShape.STRING_OBJECT ? inner : null;
    } else {
      become(
          isForm(bytes, start, end) ? EventShape.FORM : EventShape.TEXT,
          new Utf8(Arrays.copyOfRange(line.text(), line.start(node), line.end(node))));
      isTruncated = isCut(first);
    }
  }

  /** Whether the string is JSON, which is then on the inner tape; NaN and its like are not. */
  private boolean isJson(int first) {
    if ("{[\"-0123456789tfn".indexOf(bytes[first]) < 0) {
      return false;
    }
    try {
      inner.read(bytes, start, end);
      return inner.type(0) != JsonTape.Type.NON_FINITE;
    } catch (UnreadableJsonException e) {
      return false;
    }
  }

  private EventShape innerShape() {
    return switch (inner.type(0)) {
      case OBJECT -> EventShape.STRING_OBJECT;
      case ARRAY -> EventShape.STRING_LIST;
      case STRING -> innerStringShape();
      case NUMBER, NON_FINITE, BOOLEAN, NULL -> EventShape.STRING_OTHER;
    };
  }

  private EventShape innerStringShape() {
    innerDecoded.clear();
    inner.decode(0, innerDecoded);
    byte[] text = innerDecoded.array();
    int length = innerDecoded.length();
    if (TextBytes.skipSpace(text, 0, length) == length) {
      return EventShape.STRING_BLANK;
    }
    return isForm(text, 0, length) ? EventShape.STRING_FORM : EventShape.STRING_TEXT;
  }

  private Utf8 innerColumn() {
    return inner.isRewritten(0)
        ? new Utf8(inner.jsonBytes(0))
        : new Utf8(Arrays.copyOfRange(bytes, start, end));
  }

  private static boolean isForm(byte[] text, int start, int end) {
    return TextBytes.indexOf(text, start, end, '=') >= 0
        && TextBytes.indexOf(text, start, end, '{') < 0;
  }

  private boolean isCut(int first) {
    return characters() == CUT_CHARACTERS && (bytes[first] == '{' || hasPost());
  }

  private int characters() {
    int characters = 0;
    for (int i = start; i < end; i++) {
      characters += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return characters;
  }

  private boolean hasPost() {
    for (int i = start; i + POST.length <= end; i++) {
      if (Arrays.equals(bytes, i, i + POST.length, POST, 0, POST.length)) {
        return true;
      }
    }
    return false;
  }
}
