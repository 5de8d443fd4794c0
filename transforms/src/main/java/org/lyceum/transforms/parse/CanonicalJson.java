package org.lyceum.transforms.parse;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * A JSON value in, the one spelling out that all its spellings share: keys sorted by code point, of
 * repeated keys the last, no white space, numbers by exact decimal value (a whole number without
 * trailing zeros, and {@code e} with a power of ten: 1.50 is 15e-1, -0 is 0), strings with the
 * fewest escapes, NaN and its like as strings of that name.
 */
public final class CanonicalJson {
  /** Exponents up to here, and what digits add to them, fit a long. */
  private static final int SHORT_EXPONENT = 17;

  private CanonicalJson() {}

  /** Appends the canonical form of a value. */
  public static void append(JsonTape json, int node, ByteBuilder out) {
    byte[] text = json.text();
    switch (json.type(node)) {
      case OBJECT -> object(json, node, out);
      case ARRAY -> array(json, node, out);
      case STRING -> string(json, node, out);
      case NUMBER -> number(text, json.start(node), json.end(node), out);
      case NON_FINITE -> json.json(node, out);
      case BOOLEAN, NULL -> out.append(text, json.start(node), json.end(node));
    }
  }

  private static void object(JsonTape json, int node, ByteBuilder out) {
    out.append('{');
    int count = json.memberCount(node);
    for (int i = 0; i < count; i++) {
      int member = json.memberByKey(node, i);
      if (i > 0) {
        out.append(',');
      }
      json.key(member, out);
      append(json, member, out);
    }
    out.append('}');
  }

  private static void array(JsonTape json, int node, ByteBuilder out) {
    out.append('[');
    for (int child = node + 1; child < json.after(node); child = json.after(child)) {
      if (child > node + 1) {
        out.append(',');
      }
      append(json, child, out);
    }
    out.append(']');
  }

  private static void string(JsonTape json, int node, ByteBuilder out) {
    if (!json.hasOddEscape(node)) {
      out.append(json.text(), json.start(node), json.end(node));
      return;
    }
    ByteBuilder decoded = new ByteBuilder();
    json.decode(node, decoded);
    out.append('"');
    JsonStrings.encode(decoded.array(), 0, decoded.length(), out);
    out.append('"');
  }

  /** The number's digits without leading and trailing zeros, and the power of ten they lack. */
  static void number(byte[] text, int start, int end, ByteBuilder out) {
    int digitsStart = text[start] == '-' ? start + 1 : start;
    int exponentMark = exponentMark(text, digitsStart, end);
    int point = TextBytes.indexOf(text, digitsStart, exponentMark, '.');
    int first = digitsStart;
    while (first < exponentMark && (text[first] == '0' || text[first] == '.')) {
      first++;
    }
    if (first == exponentMark) {
      out.append('0');
      return;
    }
    int last = exponentMark;
    while (text[last - 1] == '0' || text[last - 1] == '.') {
      last--;
    }
    if (digitsStart > start) {
      out.append('-');
    }
    if (point < first || point >= last) {
      out.append(text, first, last);
    } else {
      out.append(text, first, point);
      out.append(text, point + 1, last);
    }
    int unitsEnd = point < 0 ? exponentMark : point;
    int shift = last <= unitsEnd ? unitsEnd - last : unitsEnd + 1 - last;
    exponent(text, exponentMark, end, shift, out);
  }

  private static int exponentMark(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] == 'e' || text[i] == 'E') {
        return i;
      }
    }
    return end;
  }

  private static void exponent(byte[] text, int mark, int end, int shift, ByteBuilder out) {
    if (end - mark <= SHORT_EXPONENT) {
      long exponent = shift + shortExponent(text, mark, end);
      if (exponent != 0) {
        out.append('e');
        out.ascii(Long.toString(exponent));
      }
      return;
    }
    int sign = text[mark + 1] == '+' ? mark + 2 : mark + 1;
    String digits = new String(text, sign, end - sign, StandardCharsets.ISO_8859_1);
    BigInteger exponent = new BigInteger(digits).add(BigInteger.valueOf(shift));
    if (exponent.signum() != 0) {
      out.append('e');
      out.ascii(exponent.toString());
    }
  }

  private static long shortExponent(byte[] text, int mark, int end) {
    long exponent = 0;
    for (int i = mark + 1; i < end; i++) {
      if (text[i] != '+' && text[i] != '-') {
        exponent = 10 * exponent + text[i] - '0';
      }
    }
    return mark + 1 < end && text[mark + 1] == '-' ? -exponent : exponent;
  }
}
