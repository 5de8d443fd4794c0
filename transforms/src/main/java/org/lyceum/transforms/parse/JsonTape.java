package org.lyceum.transforms.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * One JSON text in, its values out as numbered nodes that point into the text: a tree without
 * objects, filled again for the next text. Node 0 is the value itself; the children of a container
 * follow it:
 *
 * <pre>for (int child = node + 1; child &lt; tape.after(node); child = tape.after(child))</pre>
 *
 * <p>The grammar is Jackson's, with NaN, Infinity and -Infinity as numbers, texts, names and
 * numbers of any length, and at most {@value #MAX_NESTING} levels. Of repeated keys all but the
 * last are overridden. The text must be UTF-8 and stay as it is while the nodes are used.
 */
public final class JsonTape {
  public static final int MAX_NESTING = 512;

  /** What a value is. */
  public enum Type {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    /** NaN, Infinity or -Infinity, which JSON does not have and some producers write. */
    NON_FINITE,
    BOOLEAN,
    NULL
  }

  private static final int FEW_NODES = 256;

  /** What a tape keeps between two texts; a larger one is given back. */
  private static final int KEPT_NODES = 1 << 16;

  /** Up to here insertion beats sorting. */
  private static final int FEW_KEYS = 32;

  static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final int mostNodes;
  private byte[] text;
  private int size;
  private final int[] open = new int[MAX_NESTING + 1];
  private int depth;
  private String outermostName;
  private boolean sawEscape;
  private boolean sawOddEscape;

  private Type[] types;
  private int[] starts;
  private int[] ends;
  private int[] after;
  private boolean[] hasEscape;
  private boolean[] hasOddEscape;
  private boolean[] isOverridden;
  private boolean[] isRewritten;

  /** Keys with escapes, decoded; their ranges point here instead of into the text. */
  private final ByteBuilder decodedKeys = new ByteBuilder();

  private String[] names;
  private boolean[] isKeyDecoded;
  private int[] keyStarts;
  private int[] keyEnds;
  private long[] keyPrefixes;

  /** Children of every object in the order of their keys, without the overridden ones. */
  private int[] sorted;

  private int sortedSize;
  private int[] sortedStarts;
  private int[] sortedCounts;

  public JsonTape() {
    this(Integer.MAX_VALUE);
  }

  /**
   * @param mostNodes a text with more values is too large: a node takes about 60 bytes, and a value
   *     may take two in the text
   */
  public JsonTape(int mostNodes) {
    this.mostNodes = mostNodes;
    allocate(FEW_NODES);
  }

  /** Reads one JSON value; only white space may stand around it. */
  public void read(byte[] text, int start, int end) throws UnreadableJsonException {
    this.text = text;
    size = 0;
    depth = 0;
    outermostName = null;
    sortedSize = 0;
    decodedKeys.clear();
    if (types.length > KEPT_NODES) {
      allocate(FEW_NODES);
    }
    readValue(start, end);
    refuseText(text, ends[0], end);
  }

  /** Only white space may follow a JSON value. */
  static void refuseText(byte[] text, int start, int end) throws UnreadableJsonException {
    int rest = start;
    while (rest < end && " \t\r\n".indexOf(text[rest]) >= 0) {
      rest++;
    }
    if (rest < end) {
      throw new UnreadableJsonException(FailureCode.INVALID_JSON, "Text follows the JSON", null);
    }
  }

  /** The bytes that nodes point into. */
  public byte[] text() {
    return text;
  }

  public Type type(int node) {
    return types[node];
  }

  /** Where the value begins in the text, with its quote or bracket. */
  public int start(int node) {
    return starts[node];
  }

  /** Where the value ends in the text, exclusive. */
  public int end(int node) {
    return ends[node];
  }

  /** The first node that is not inside this one. */
  public int after(int node) {
    return after[node];
  }

  /** Name of a member of an object. */
  public String name(int member) {
    return names[member];
  }

  /** Whether a string has escapes, so that its bytes are not its text. */
  public boolean hasEscape(int string) {
    return hasEscape[string];
  }

  /** Whether a string is written otherwise than {@link JsonStrings#encode} would write it. */
  boolean hasOddEscape(int string) {
    return hasOddEscape[string];
  }

  /** Whether a later member of the same object has the same key. */
  public boolean isOverridden(int member) {
    return isOverridden[member];
  }

  /** Whether the text as written is not plain JSON: NaN and its like, or repeated keys inside. */
  public boolean isRewritten(int node) {
    return isRewritten[node];
  }

  /** Appends what a string says; surrogates that stand alone are kept. */
  public void decode(int string, ByteBuilder out) {
    JsonStrings.decode(text, starts[string] + 1, ends[string] - 1, out);
  }

  /** Appends a member's decoded key. */
  public void decodedKey(int member, ByteBuilder out) {
    out.append(keyBytes(member), keyStarts[member], keyEnds[member]);
  }

  /** A value as plain JSON, in an array of its own. */
  public byte[] jsonBytes(int node) {
    if (!isRewritten[node]) {
      return Arrays.copyOfRange(text, starts[node], ends[node]);
    }
    ByteBuilder json = new ByteBuilder();
    json(node, json);
    return json.copy(0, json.length());
  }

  /**
   * Appends a value as plain JSON: as written where that is plain, else without overridden members
   * and with NaN and its like as strings.
   */
  public void json(int node, ByteBuilder out) {
    if (!isRewritten[node]) {
      out.append(text, starts[node], ends[node]);
    } else if (types[node] == Type.NON_FINITE) {
      out.append('"');
      out.append(text, starts[node], ends[node]);
      out.append('"');
    } else {
      boolean isObject = types[node] == Type.OBJECT;
      int empty = out.length() + 1;
      out.append(isObject ? '{' : '[');
      for (int child = node + 1; child < after[node]; child = after[child]) {
        if (isObject && isOverridden[child]) {
          continue;
        }
        if (out.length() > empty) {
          out.append(',');
        }
        if (isObject) {
          key(child, out);
        }
        json(child, out);
      }
      out.append(isObject ? '}' : ']');
    }
  }

  /** Appends a member's key as canonical JSON with its colon. */
  void key(int member, ByteBuilder out) {
    if (isKeyDecoded[member]) {
      out.append('"');
      JsonStrings.encode(decodedKeys.array(), keyStarts[member], keyEnds[member], out);
      out.append('"');
    } else {
      out.append(text, keyStarts[member] - 1, keyEnds[member] + 1);
    }
    out.append(':');
  }

  /** The member of an object with that name that counts; -1 if it has none, or is no object. */
  public int member(int object, String name) {
    if (types[object] == Type.OBJECT) {
      for (int child = object + 1; child < after[object]; child = after[child]) {
        if (!isOverridden[child] && names[child].equals(name)) {
          return child;
        }
      }
    }
    return -1;
  }

  int memberCount(int object) {
    return sortedCounts[object];
  }

  /** The members of an object that count, in the order of their keys. */
  int memberByKey(int object, int index) {
    return sorted[sortedStarts[object] + index];
  }

  private void readValue(int start, int end) throws UnreadableJsonException {
    try (JsonParser parser = JSON.createParser(text, start, end - start)) {
      do {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw new UnreadableJsonException(FailureCode.NO_JSON, "There is no JSON", null);
        }
        token(token, parser, start + (int) parser.currentTokenLocation().getByteOffset(), end);
        if (size > mostNodes) {
          throw new UnreadableJsonException(
              FailureCode.RECORD_TOO_LARGE, "The JSON has too many values", outermostName);
        }
      } while (depth > 0);
      parser.finishToken();
    } catch (JsonProcessingException e) {
      throw unreadable(e, text, start, end, outermostName);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
    }
  }

  private void token(JsonToken token, JsonParser parser, int at, int end) throws IOException {
    switch (token) {
      case FIELD_NAME -> readKey(parser.currentName(), at + 1, end);
      case START_OBJECT -> open(Type.OBJECT, at);
      case START_ARRAY -> open(Type.ARRAY, at);
      case END_OBJECT, END_ARRAY -> close(at + 1);
      case VALUE_STRING -> {
        int node = add(Type.STRING, at);
        ends[node] = closingQuote(at + 1, end) + 1;
        hasEscape[node] = sawEscape;
        hasOddEscape[node] = sawOddEscape;
      }
      case VALUE_TRUE, VALUE_FALSE -> scalar(Type.BOOLEAN, at, end);
      case VALUE_NULL -> scalar(Type.NULL, at, end);
      default -> scalar(isFinite(at) ? Type.NUMBER : Type.NON_FINITE, at, end);
    }
  }

  private boolean isFinite(int at) {
    int first = text[at] == '-' ? text[at + 1] : text[at];
    return first >= '0' && first <= '9';
  }

  /** Says why Jackson could not read on, without its words, which quote the text. */
  static UnreadableJsonException unreadable(
      JsonProcessingException e, byte[] text, int start, int end, String field) {
    if (e instanceof StreamConstraintsException) {
      return new UnreadableJsonException(
          FailureCode.NESTING_TOO_DEEP, "The JSON nests too deep", field);
    }
    if (e instanceof JsonEOFException || CutJson.couldGoOn(text, start, end)) {
      return new UnreadableJsonException(
          FailureCode.TRUNCATED_JSON, "The JSON ends before it is closed", field);
    }
    return new UnreadableJsonException(
        FailureCode.INVALID_JSON, "The JSON breaks the grammar", field);
  }

  static boolean isScalarByte(int value) {
    return (value >= '0' && value <= '9')
        || (value >= 'a' && value <= 'z')
        || (value >= 'A' && value <= 'Z')
        || value == '+'
        || value == '-'
        || value == '.';
  }

  private int add(Type type, int at) {
    if (size == types.length) {
      allocate(2 * size);
    }
    int node = size++;
    types[node] = type;
    starts[node] = at;
    after[node] = size;
    isOverridden[node] = false;
    isRewritten[node] = false;
    return node;
  }

  private void scalar(Type type, int at, int end) {
    int node = add(type, at);
    int last = at;
    while (last < end && isScalarByte(text[last])) {
      last++;
    }
    ends[node] = last;
    if (type == Type.NON_FINITE) {
      isRewritten[node] = true;
      rewriteOpen();
    }
  }

  private void open(Type type, int at) {
    open[depth] = add(type, at);
    depth++;
  }

  private void close(int end) {
    depth--;
    int node = open[depth];
    ends[node] = end;
    after[node] = size;
    if (types[node] == Type.OBJECT) {
      sortMembers(node);
    }
  }

  private void rewriteOpen() {
    for (int i = 0; i < depth; i++) {
      isRewritten[open[i]] = true;
    }
  }

  /** The quote that closes the string, or the end; notes what escapes stand before it. */
  private int closingQuote(int at, int end) {
    sawEscape = false;
    sawOddEscape = false;
    int plain = TextBytes.skipPlain(text, at, end);
    while (plain < end && text[plain] == '\\' && plain + 1 < end) {
      sawEscape = true;
      sawOddEscape |= text[plain + 1] == 'u' || text[plain + 1] == '/';
      plain = TextBytes.skipPlain(text, plain + 2, end);
    }
    return plain;
  }

  /** Keeps the key for the node that comes next. */
  private void readKey(String name, int at, int end) {
    if (size == types.length) {
      allocate(2 * size);
    }
    if (depth == 1) {
      outermostName = name;
    }
    names[size] = name;
    int quote = closingQuote(at, end);
    isKeyDecoded[size] = sawEscape;
    if (sawEscape) {
      keyStarts[size] = decodedKeys.length();
      JsonStrings.decode(text, at, quote, decodedKeys);
      keyEnds[size] = decodedKeys.length();
    } else {
      keyStarts[size] = at;
      keyEnds[size] = quote;
    }
    keyPrefixes[size] = TextBytes.prefix(keyBytes(size), keyStarts[size], keyEnds[size]);
  }

  private byte[] keyBytes(int member) {
    return isKeyDecoded[member] ? decodedKeys.array() : text;
  }

  private int compareKeys(int left, int right) {
    return keyPrefixes[left] != keyPrefixes[right]
        ? Long.compare(keyPrefixes[left], keyPrefixes[right])
        : Arrays.compareUnsigned(
            keyBytes(left),
            keyStarts[left],
            keyEnds[left],
            keyBytes(right),
            keyStarts[right],
            keyEnds[right]);
  }

  private void sortMembers(int object) {
    int from = sortedSize;
    for (int child = object + 1; child < size; child = after[child]) {
      sorted[sortedSize++] = child;
    }
    if (sortedSize - from <= FEW_KEYS) {
      insertionSort(from, sortedSize);
    } else {
      Integer[] members = new Integer[sortedSize - from];
      Arrays.setAll(members, i -> sorted[from + i]);
      Arrays.sort(members, this::compareKeys);
      for (int i = 0; i < members.length; i++) {
        sorted[from + i] = members[i];
      }
    }
    override(from, sortedSize);
    sortedStarts[object] = from;
    sortedCounts[object] = sortedSize - from;
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int member = sorted[i];
      int hole = i;
      while (hole > from && compareKeys(sorted[hole - 1], member) > 0) {
        sorted[hole] = sorted[hole - 1];
        hole--;
      }
      sorted[hole] = member;
    }
  }

  /** Of equal keys, which stand in the order of appearance now, keeps the last. */
  private void override(int from, int to) {
    int kept = from;
    for (int i = from; i < to; i++) {
      if (i + 1 < to && compareKeys(sorted[i], sorted[i + 1]) == 0) {
        isOverridden[sorted[i]] = true;
      } else {
        sorted[kept++] = sorted[i];
      }
    }
    if (kept < to) {
      sortedSize = kept;
      int object = open[depth];
      isRewritten[object] = true;
      rewriteOpen();
    }
  }

  private void allocate(int capacity) {
    boolean isFresh = types == null || capacity < types.length;
    types = isFresh ? new Type[capacity] : Arrays.copyOf(types, capacity);
    names = isFresh ? new String[capacity] : Arrays.copyOf(names, capacity);
    starts = grown(starts, isFresh, capacity);
    ends = grown(ends, isFresh, capacity);
    after = grown(after, isFresh, capacity);
    keyStarts = grown(keyStarts, isFresh, capacity);
    keyEnds = grown(keyEnds, isFresh, capacity);
    sorted = grown(sorted, isFresh, capacity);
    sortedStarts = grown(sortedStarts, isFresh, capacity);
    sortedCounts = grown(sortedCounts, isFresh, capacity);
    keyPrefixes = isFresh ? new long[capacity] : Arrays.copyOf(keyPrefixes, capacity);
    hasEscape = grown(hasEscape, isFresh, capacity);
    hasOddEscape = grown(hasOddEscape, isFresh, capacity);
    isOverridden = grown(isOverridden, isFresh, capacity);
    isRewritten = grown(isRewritten, isFresh, capacity);
    isKeyDecoded = grown(isKeyDecoded, isFresh, capacity);
  }

  private static int[] grown(int[] array, boolean isFresh, int capacity) {
    return isFresh ? new int[capacity] : Arrays.copyOf(array, capacity);
  }

  private static boolean[] grown(boolean[] array, boolean isFresh, int capacity) {
    return isFresh ? new boolean[capacity] : Arrays.copyOf(array, capacity);
  }
}
