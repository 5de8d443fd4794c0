package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static final Map<String, Object> RECORD = new LinkedHashMap<>();

  static {
    RECORD.put("a\"b", null);
    RECORD.put("list", Arrays.asList(1, 2L, 0.5, true, null, Double.NaN));
    RECORD.put("é", new Utf8("\t學"));
    RECORD.put("uuid", new byte[16]);
    RECORD.put("bytes", new byte[] {1, 2, 3});
    RECORD.put("decimal", new BigDecimal("1.50"));
    RECORD.put("other", java.time.LocalDate.of(2024, 2, 5));
  }

  private static final String REST =
      "\"list\":[1,2,0.5,true,null,\"NaN\"],\"é\":\"\\t學\","
          + "\"uuid\":\"00000000-0000-0000-0000-000000000000\",\"bytes\":\"data:;base64,AQID\","
          + "\"decimal\":1.50,\"other\":\"2024-02-05\"}";

  private final ByteBuilder out = new ByteBuilder();

  @Test
  void writesWhatRecordsHold() throws NotUtf8Exception {
    JsonText.append(RECORD, out);
    assertEquals("{\"a\\\"b\":null," + REST, text());
  }

  @Test
  void leavesNullMembersOut() throws NotUtf8Exception {
    JsonText.appendWithoutNulls(RECORD, out);
    assertEquals("{" + REST, text());
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    assertThrows(
        NotUtf8Exception.class,
        () -> JsonText.append(List.of(new Utf8(new byte[] {(byte) 0xE9})), out));
    assertThrows(NotUtf8Exception.class, () -> JsonText.append(Map.of("\ud83d", 1), out));
  }

  private String text() {
    return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }
}
