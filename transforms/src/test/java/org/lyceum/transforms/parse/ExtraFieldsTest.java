package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExtraFieldsTest {
  private final ExtraFields extra = new ExtraFields();
  private final JsonTape tape = new JsonTape();

  @Test
  void isNullWhenThereIsNothing() {
    assertNull(extra.column());
  }

  @Test
  void valuesStayAsWritten() throws UnreadableJsonException {
    put(
        "",
        "{\"/a\":{ \"x\" : 1.00, \"y\":\"\\u00e9\\/\" }}",
        "{\"a\":{ \"x\" : 1.00, \"y\":\"\\u00e9\\/\" }}");
  }

  @Test
  void namesBecomePointers() throws UnreadableJsonException {
    put("", "{\"/a~1b~0c\\\"\":1}", "{\"a\\/b~c\\\"\":1}");
    put("/properties", "{\"/properties/\":1}", "{\"\":1}");
    put("", "{\"/é\":1}", "{\"\\u00e9\":1}");
    put("", "{\"/\\ud83d\":1}", "{\"\\uD83D\":1}");
  }

  @Test
  void whatIsNotJsonIsRewritten() throws UnreadableJsonException {
    put("", "{\"/a\":[\"NaN\",{\"k\":2}]}", "{\"a\":[NaN, {\"k\":1, \"k\":2}]}");
  }

  @Test
  void textBeforeTheJsonComesFirst() throws UnreadableJsonException {
    byte[] before = "at \"10:00\"\t".getBytes(StandardCharsets.UTF_8);
    extra.before(before, 0, before.length);
    put("", "{\"#before\":\"at \\\"10:00\\\"\\t\",\"/a\":1}", "{\"a\":1}");
  }

  private void put(String parent, String expected, String json) throws UnreadableJsonException {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    tape.read(text, 0, text.length);
    extra.put(parent, tape, 1);
    assertEquals(expected, extra.column().toString());
    extra.clear();
  }
}
