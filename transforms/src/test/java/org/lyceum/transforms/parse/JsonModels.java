package org.lyceum.transforms.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * JSON values as plain Java (maps, lists, strings, decimals, booleans, null), so that equal means
 * what the laws mean: key order aside, numbers by value, of repeated keys the last, NaN as "NaN".
 * And texts that spell them, each time in another way.
 */
public final class JsonModels {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .build();

  private static final List<String> PARTS =
      List.of(
          "a",
          "b",
          "id",
          "name",
          " ",
          "\n",
          "\t",
          "\u0000",
          "\"",
          "\\",
          "/",
          "~",
          "{",
          "=",
          "é",
          "学",
          "\ud83d\ude00",
          "\ud83d",
          "\ude00",
          "\ufffd",
          "\uffff",
          "%",
          "1",
          "0");

  private JsonModels() {}

  /** The value that a text spells. */
  public static Object read(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one value");
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield elements;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          parser.getText().endsWith("N") || parser.getText().endsWith("y")
              ? parser.getText()
              : number(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  static BigDecimal number(String text) {
    BigDecimal number = new BigDecimal(text);
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  /** Any value, nested up to so many levels. */
  public static Arbitrary<Object> values(int levels) {
    return Arbitraries.randomValue(random -> value(random, levels));
  }

  public static Object value(Random random, int levels) {
    return switch (random.nextInt(levels == 0 ? 7 : 12)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2, 3 -> number(random);
      case 4 -> "NaN";
      case 5, 6 -> text(random);
      case 7, 8 ->
          Stream.generate(() -> value(random, levels - 1)).limit(random.nextInt(4)).toList();
      default -> object(random, levels - 1);
    };
  }

  private static Map<String, Object> object(Random random, int levels) {
    Map<String, Object> members = new HashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      members.put(text(random), value(random, levels));
    }
    return members;
  }

  /**
   * Text of what hurts: escapes, quotes, white space, signs that take two units, or half of one.
   */
  public static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  static BigDecimal number(Random random) {
    BigDecimal number =
        switch (random.nextInt(4)) {
          case 0 -> BigDecimal.valueOf(random.nextInt(20) - 10);
          case 1 -> BigDecimal.valueOf(random.nextLong());
          case 2 -> BigDecimal.valueOf(random.nextInt(), random.nextInt(80) - 40);
          default -> new BigDecimal(random.nextDouble());
        };
    return number(number.toString());
  }

  /** One of the texts that spell a value. */
  public static String spell(Object value, Random random) {
    if (value instanceof Map<?, ?> members) {
      return object(members, random);
    }
    if (value instanceof List<?> elements) {
      return elements.stream()
          .map(element -> space(random) + spell(element, random) + space(random))
          .collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof String text) {
      return text.equals("NaN") && random.nextBoolean() ? "NaN" : string(text, random);
    }
    return value instanceof BigDecimal number ? decimal(number, random) : String.valueOf(value);
  }

  private static String object(Map<?, ?> members, Random random) {
    List<String> texts = new ArrayList<>();
    List<Object> names = new ArrayList<>(members.keySet());
    Collections.shuffle(names, random);
    for (Object name : names) {
      if (random.nextInt(10) == 0) {
        texts.add(random.nextInt(texts.size() + 1), member(name, "overridden", random));
      }
      texts.add(member(name, members.get(name), random));
    }
    return texts.stream().collect(Collectors.joining(",", "{", "}"));
  }

  private static String member(Object name, Object value, Random random) {
    return space(random)
        + string((String) name, random)
        + space(random)
        + ":"
        + space(random)
        + spell(value, random)
        + space(random);
  }

  private static String space(Random random) {
    return random.nextInt(4) == 0 ? " ".repeat(random.nextInt(3)) : "";
  }

  private static String string(String text, Random random) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
      if (isPair && random.nextBoolean()) {
        json.append(unit).append(text.charAt(++i));
      } else if (Character.isSurrogate(unit) || unit < ' ' || random.nextInt(8) == 0) {
        String escape = String.format("\\u%04x", (int) unit);
        json.append(unit == '\n' && random.nextBoolean() ? "\\n" : escape);
        if (isPair) {
          json.append(String.format("\\u%04X", (int) text.charAt(++i)));
        }
      } else if (unit == '"' || unit == '\\' || (unit == '/' && random.nextBoolean())) {
        json.append('\\').append(unit);
      } else {
        json.append(unit);
      }
    }
    return json.append('"').toString();
  }

  private static String decimal(BigDecimal number, Random random) {
    if (number.signum() == 0) {
      return List.of("0", "-0", "0.00", "0e5", "-0.0E-7").get(random.nextInt(5));
    }
    int exponent = random.nextInt(13) - 6;
    String digits = number.scaleByPowerOfTen(-exponent).toPlainString();
    if (random.nextBoolean()) {
      digits += digits.contains(".") ? "00" : ".0";
    }
    String mark = random.nextBoolean() ? "e" : "E";
    String sign = exponent >= 0 && random.nextBoolean() ? "+" : "";
    return exponent == 0 && random.nextBoolean() ? digits : digits + mark + sign + exponent;
  }
}
