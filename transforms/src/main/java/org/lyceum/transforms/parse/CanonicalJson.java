package org.lyceum.transforms.parse;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A JSON value in, its canonical text out: equal texts if and only if the values are equal. Keys
 * are sorted by code point, of repeated keys the last counts; numbers go by exact decimal value,
 * whatever their notation; strings by their characters, whatever their escapes; NaN and the
 * infinities are the strings of that name.
 */
public final class CanonicalJson {
  private static final int CACHED_KEYS = 4096;

  private final Map<String, byte[]> encodedKeys = new HashMap<>();
  private final ByteText scratch = new ByteText();
  private int[] members = new int[64];
  private int top;
  private boolean hasRepeatedKeys;

  /** Appends the canonical text of a node. */
  public void write(JsonTape tape, int node, ByteText into) {
    hasRepeatedKeys = false;
    top = 0;
    value(tape, node, into);
  }

  /** Whether an object of the value written last had a key twice. */
  public boolean hasRepeatedKeys() {
    return hasRepeatedKeys;
  }

  private void value(JsonTape tape, int node, ByteText into) {
    switch (tape.type(node)) {
      case OBJECT -> object(tape, node, into);
      case ARRAY -> {
        into.add('[');
        for (int child = tape.firstChild(node); child != JsonTape.NONE; child = tape.next(child)) {
          value(tape, child, into);
          if (tape.next(child) != JsonTape.NONE) {
            into.add(',');
          }
        }
        into.add(']');
      }
      case STRING -> {
        if (tape.escapes(node) == JsonTape.Escapes.OTHER) {
          into.add('"');
          JsonStrings.canonical(tape.bytes(), tape.start(node) + 1, tape.end(node) - 1, into);
          into.add('"');
        } else {
          into.add(tape.bytes(), tape.start(node), tape.end(node));
        }
      }
      case NUMBER -> number(tape.bytes(), tape.start(node), tape.end(node), into);
      case NON_FINITE -> into.add('"').add(tape.bytes(), tape.start(node), tape.end(node)).add('"');
      case TRUE -> into.add("true");
      case FALSE -> into.add("false");
      case NULL -> into.add("null");
    }
  }

  private void object(JsonTape tape, int node, ByteText into) {
    int from = top;
    for (int child = tape.firstChild(node); child != JsonTape.NONE; child = tape.next(child)) {
      insert(tape, from, child);
    }
    int to = top;
    into.add('{');
    boolean isFirst = true;
    for (int i = from; i < to; i++) {
      int child = members[i];
      String key = tape.key(child);
      if (i + 1 < to && tape.key(members[i + 1]).equals(key)) {
        hasRepeatedKeys = true;
        continue;
      }
      if (!isFirst) {
        into.add(',');
      }
      isFirst = false;
      byte[] encoded = encoded(key);
      into.add(encoded, 0, encoded.length);
      value(tape, child, into);
    }
    into.add('}');
    top = from;
  }

  /**
   * Insertion sort, stable: objects are small, and come in much the same order. Large ones are
   * found by halving.
   */
  private void insert(JsonTape tape, int from, int child) {
    if (top == members.length) {
      members = java.util.Arrays.copyOf(members, top * 2);
    }
    String key = tape.key(child);
    int low = from;
    int high = top;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(tape.key(members[middle]), key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    System.arraycopy(members, low, members, low + 1, top - low);
    members[low] = child;
    top++;
  }

  /** By code point: UTF-16 units above the surrogates would sort before them. */
  static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean aIsPart = Character.isSurrogate(a);
        boolean bIsPart = Character.isSurrogate(b);
        return aIsPart == bIsPart ? a - b : aIsPart ? 1 : -1;
      }
    }
    return one.length() - other.length();
  }

  /** A key with its quotes and colon. */
  private byte[] encoded(String key) {
    byte[] encoded = encodedKeys.get(key);
    if (encoded == null) {
      scratch.clear();
      scratch.add('"');
      JsonStrings.encode(key, scratch);
      encoded = scratch.add('"').add(':').toBytes();
      if (encodedKeys.size() < CACHED_KEYS) {
        encodedKeys.put(key, encoded);
      }
    }
    return encoded;
  }

  /**
   * Digits without zeros at either end, and the power of ten of the last: 120, 1.2e2 and 12E+1 are
   * 12e1.
   */
  static void number(byte[] bytes, int start, int end, ByteText into) {
    if (isPlainInteger(bytes, start, end)) {
      into.add(bytes, start, end);
      return;
    }
    String text = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
    boolean isNegative = text.startsWith("-");
    String unsigned = isNegative || text.startsWith("+") ? text.substring(1) : text;
    int e = Math.max(unsigned.indexOf('e'), unsigned.indexOf('E'));
    String mantissa = e < 0 ? unsigned : unsigned.substring(0, e);
    BigInteger exponent =
        e < 0
            ? BigInteger.ZERO
            : new BigInteger(unsigned.substring(e + 1).replaceFirst("^\\+", ""));
    int point = mantissa.indexOf('.');
    String digits =
        point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1);
    int fraction = point < 0 ? 0 : mantissa.length() - point - 1;
    int last = digits.length();
    while (last > 0 && digits.charAt(last - 1) == '0') {
      last--;
    }
    int first = 0;
    while (first < last && digits.charAt(first) == '0') {
      first++;
    }
    if (first == last) {
      into.add('0');
      return;
    }
    exponent =
        exponent
            .subtract(BigInteger.valueOf(fraction))
            .add(BigInteger.valueOf(digits.length() - last));
    if (isNegative) {
      into.add('-');
    }
    into.add(digits.substring(first, last));
    if (exponent.signum() != 0) {
      into.add('e').add(exponent.toString());
    }
  }

  /** An integer that ends in no zero (or is 0) is canonical as it stands. */
  private static boolean isPlainInteger(byte[] bytes, int start, int end) {
    int i = bytes[start] == '-' ? start + 1 : start;
    if (end - i == 1 && bytes[i] == '0') {
      return i == start;
    }
    for (int k = i; k < end; k++) {
      if (bytes[k] < '0' || bytes[k] > '9') {
        return false;
      }
    }
    return bytes[end - 1] != '0';
  }
}
