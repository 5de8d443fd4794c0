package org.lyceum.transforms.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.base.ParserBase;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.Arrays;

/**
 * One JSON text in, a tree over its bytes out: nodes in primitive arrays that are reused from text
 * to text. Jackson checks the grammar and finds the tokens; a node is where a value begins and ends
 * in the bytes, so nothing is decoded before it is asked for. Numbers NaN, Infinity and -Infinity,
 * which Python writes, are accepted.
 */
public final class JsonTape {
  /** Levels of nesting that are read; deeper texts are refused. */
  public static final int MAX_DEPTH = 512;

  /** No node. */
  public static final int NONE = -1;

  /** What a value is. */
  public enum Type {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    /** NaN, Infinity, -Infinity. */
    NON_FINITE,
    TRUE,
    FALSE,
    NULL
  }

  /** How a string is written. */
  enum Escapes {
    /** Its bytes are its text. */
    NONE,
    /** Only short ones, as canonical JSON writes them. */
    CANONICAL,
    OTHER
  }

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private byte[] bytes;
  private Type[] type = new Type[64];
  private Escapes[] escapes = new Escapes[64];
  private String[] key = new String[64];
  private int[] start = new int[64];
  private int[] end = new int[64];
  private int[] next = new int[64];
  private int[] first = new int[64];
  private final int[] open = new int[MAX_DEPTH + 1];
  private final int[] lastChild = new int[MAX_DEPTH + 1];
  private int count;
  private boolean hasNonFinite;

  /** Reads one JSON text of any type; only white space may follow it. Its root is node 0. */
  public void read(byte[] source, int offset, int length) throws JsonTextException {
    bytes = source;
    count = 0;
    hasNonFinite = false;
    if (length > 1 && (source[offset] == 0 || source[offset + 1] == 0)) {
      throw new JsonTextException(FailureCode.INVALID_JSON); // Jackson would take it for UTF-16
    }
    try (JsonParser parser = FACTORY.createParser(source, offset, length)) {
      try {
        read(parser, offset, offset + length);
        if (parser.nextToken() != null) {
          throw new JsonTextException(FailureCode.INVALID_JSON);
        }
      } catch (JsonEOFException e) {
        throw new JsonTextException(FailureCode.TRUNCATED_JSON);
      } catch (StreamConstraintsException e) {
        throw new JsonTextException(FailureCode.NESTING_TOO_DEEP);
      } catch (JsonParseException e) {
        boolean isAtEnd =
            parser.currentLocation().getByteOffset() >= length; // as in a literal that was cut
        throw new JsonTextException(
            isAtEnd && count > 1 ? FailureCode.TRUNCATED_JSON : FailureCode.INVALID_JSON);
      }
    } catch (IOException e) {
      throw new IllegalStateException("no input or output here", e);
    }
  }

  private void read(JsonParser parser, int offset, int limit)
      throws IOException, JsonTextException {
    ParserBase tokens = (ParserBase) parser;
    int depth = 0;
    String name = null;
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new JsonTextException(FailureCode.TRUNCATED_JSON);
      }
      if (token == JsonToken.FIELD_NAME) {
        name = parser.currentName();
        continue;
      }
      int at = offset + (int) tokens.getTokenCharacterOffset() - 1;
      if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
        depth--;
        end[open[depth]] = at + 1;
      } else {
        int node = add(at, name);
        name = null;
        if (depth > 0) {
          link(depth - 1, node);
        }
        switch (token) {
          case START_OBJECT, START_ARRAY -> {
            type[node] = token == JsonToken.START_OBJECT ? Type.OBJECT : Type.ARRAY;
            open[depth] = node;
            lastChild[depth] = NONE;
            depth++;
          }
          case VALUE_STRING -> string(node, limit);
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(node, limit);
          case VALUE_TRUE -> literal(node, Type.TRUE, 4);
          case VALUE_FALSE -> literal(node, Type.FALSE, 5);
          case VALUE_NULL -> literal(node, Type.NULL, 4);
          default -> throw new IllegalStateException("token " + token);
        }
      }
      if (depth == 0) {
        return;
      }
    }
  }

  private int add(int at, String name) {
    if (count == start.length) {
      int larger = count * 2;
      type = Arrays.copyOf(type, larger);
      escapes = Arrays.copyOf(escapes, larger);
      key = Arrays.copyOf(key, larger);
      start = Arrays.copyOf(start, larger);
      end = Arrays.copyOf(end, larger);
      next = Arrays.copyOf(next, larger);
      first = Arrays.copyOf(first, larger);
    }
    start[count] = at;
    key[count] = name;
    next[count] = NONE;
    first[count] = NONE;
    return count++;
  }

  private void link(int depth, int node) {
    if (lastChild[depth] == NONE) {
      first[open[depth]] = node;
    } else {
      next[lastChild[depth]] = node;
    }
    lastChild[depth] = node;
  }

  private void literal(int node, Type what, int length) {
    type[node] = what;
    end[node] = start[node] + length;
  }

  /**
   * Finds the closing quote; that there is one, and that escapes are right, Jackson checks with the
   * next token.
   */
  private void string(int node, int limit) {
    type[node] = Type.STRING;
    Escapes found = Escapes.NONE;
    int i = start[node] + 1;
    while (i < limit && bytes[i] != '"') {
      if (bytes[i] == '\\' && i + 1 < limit) {
        i++;
        boolean isCanonical = bytes[i] != 'u' && bytes[i] != '/';
        if (!isCanonical) {
          found = Escapes.OTHER;
        } else if (found == Escapes.NONE) {
          found = Escapes.CANONICAL;
        }
      }
      i++;
    }
    escapes[node] = found;
    end[node] = i + 1;
  }

  private void number(int node, int limit) {
    int i = start[node];
    byte begins = bytes[i] == '-' || bytes[i] == '+' ? bytes[Math.min(i + 1, limit - 1)] : bytes[i];
    boolean isFinite = begins >= '0' && begins <= '9';
    while (i < limit && isPartOfNumber(bytes[i])) {
      i++;
    }
    type[node] = isFinite ? Type.NUMBER : Type.NON_FINITE;
    hasNonFinite |= !isFinite;
    end[node] = i;
  }

  private static boolean isPartOfNumber(byte b) {
    return (b >= '0' && b <= '9')
        || b == '-'
        || b == '+'
        || b == '.'
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z');
  }

  /** The bytes that nodes point into. */
  public byte[] bytes() {
    return bytes;
  }

  public Type type(int node) {
    return type[node];
  }

  /** First byte of the value, its quote or brace included. */
  public int start(int node) {
    return start[node];
  }

  /** Behind the last byte of the value. */
  public int end(int node) {
    return end[node];
  }

  /** Name of a member, decoded; null in arrays and of the root. */
  public String key(int node) {
    return key[node];
  }

  /** First member or element; {@link #NONE} when there is none. */
  public int firstChild(int node) {
    return first[node];
  }

  /** Next member or element of the same parent. */
  public int next(int node) {
    return next[node];
  }

  Escapes escapes(int node) {
    return escapes[node];
  }

  /** Whether a string's text stands in the bytes as it is, without its quotes. */
  public boolean isPlain(int node) {
    return escapes[node] == Escapes.NONE;
  }

  /** Whether any number of the text is NaN or infinite. */
  public boolean hasNonFinite() {
    return hasNonFinite;
  }

  /** The member of a name, of repeated ones the last; {@link #NONE} when there is none. */
  public int member(int object, String name) {
    int found = NONE;
    for (int child = first[object]; child != NONE; child = next[child]) {
      if (key[child].equals(name)) {
        found = child;
      }
    }
    return found;
  }

  /** Whether the node is an object; {@link #NONE} is not. */
  public boolean isObject(int node) {
    return node != NONE && type[node] == Type.OBJECT;
  }
}
