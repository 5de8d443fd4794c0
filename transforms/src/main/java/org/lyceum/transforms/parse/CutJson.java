package org.lyceum.transforms.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Tells JSON that was cut off from JSON that is wrong; shippers cut lines at fixed lengths. */
final class CutJson {
  private static final List<String> LITERALS =
      List.of("true", "false", "null", "NaN", "Infinity", "-Infinity");
  private static final Pattern CUT_NUMBER =
      Pattern.compile("-|-?(0|[1-9]\\d*)(\\.|(\\.\\d+)?[eE][+-]?)");

  private CutJson() {}

  /**
   * Whether the text could go on as JSON, where Jackson calls it wrong rather than short: it ends
   * within a number or literal, or after a comma.
   */
  static boolean couldGoOn(byte[] text, int start, int end) {
    int cut = end;
    while (cut > start && JsonTape.isScalarByte(text[cut - 1])) {
      cut--;
    }
    String scalar = new String(text, cut, end - cut, StandardCharsets.ISO_8859_1);
    boolean isCut =
        scalar.isEmpty()
            || LITERALS.stream().anyMatch(literal -> literal.startsWith(scalar))
            || CUT_NUMBER.matcher(scalar).matches();
    return isCut && (endsEarly(text, start, cut, "0") || endsEarly(text, start, cut, "\"\":0"));
  }

  /** Whether nothing is wrong with the text, going on like this, but that it ends. */
  private static boolean endsEarly(byte[] text, int start, int end, String goingOn) {
    byte[] longer = Arrays.copyOfRange(text, start, end + goingOn.length());
    byte[] ascii = goingOn.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(ascii, 0, longer, end - start, ascii.length);
    try (JsonParser parser = JsonTape.JSON.createParser(longer)) {
      while (parser.nextToken() != null) {
        // until it ends
      }
      return false;
    } catch (JsonEOFException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
