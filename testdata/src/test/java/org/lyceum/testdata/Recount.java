package org.lyceum.testdata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Generated logs in, what is in them out: found by reading them, slowly and by other means than the
 * generator's, line by line and as JSON trees.
 */
final class Recount {
  private static final int DEEPEST = 512;
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)(Z|[+-]\\d\\d:?\\d\\d)?");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  long lines;
  long bytes;
  long skipped;
  long parsed;
  final SortedMap<String, Long> failed = new TreeMap<>();
  final SortedMap<String, Long> eventsByName = new TreeMap<>();
  final Set<String> events = new HashSet<>();

  static Recount of(Path folder, EdxLogTruth truth) throws IOException {
    Recount recount = new Recount();
    for (EdxLogTruth.Log log : truth.logs()) {
      for (byte[] line : recount.read(folder.resolve(log.name()))) {
        recount.line(line);
      }
    }
    return recount;
  }

  private List<byte[]> read(Path file) throws IOException {
    byte[] all;
    try (InputStream in = Files.newInputStream(file)) {
      all = (file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
    }
    bytes += all.length;
    List<byte[]> found = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        found.add(java.util.Arrays.copyOfRange(all, start, i));
        start = i + 1;
      }
    }
    if (start != all.length) {
      throw new IllegalStateException("the last line has no end");
    }
    return found;
  }

  private void line(byte[] line) {
    lines++;
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      failed.merge("not_utf8", 1L, Long::sum);
      return;
    }
    if (text.isBlank() || text.startsWith("#")) {
      skipped++;
      return;
    }
    String code = text.indexOf('{') < 0 ? "no_json" : object(text.substring(text.indexOf('{')));
    if (code == null) {
      parsed++;
    } else {
      failed.merge(code, 1L, Long::sum);
    }
  }

  /** The failure code of the object, or null. */
  private String object(String text) {
    int deepest = 0;
    int depth = 0;
    boolean isClosed = false;
    boolean isText = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isText) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          isText = false;
        }
      } else if (c == '"') {
        isText = true;
      } else if (c == '{' || c == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        isClosed |= --depth == 0;
      }
    }
    if (deepest > DEEPEST) {
      return "nesting_too_deep";
    }
    if (!isClosed) {
      return "truncated_json";
    }
    JsonNode event;
    try {
      event = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return "invalid_json";
    }
    boolean hasTime = false;
    boolean isTime = false;
    for (String name : List.of("time", "timestamp", "originalTimestamp")) {
      hasTime |= event.has(name);
      isTime |= event.path(name).isTextual() && isTime(event.path(name).textValue());
    }
    if (!isTime) {
      return hasTime ? "bad_time" : "no_time";
    }
    if (events.add(canonical(event))) {
      String name = event.path("name").asText("");
      eventsByName.merge(
          name.isEmpty() ? event.path("event_type").asText("") : name, 1L, Long::sum);
    }
    return null;
  }

  private static boolean isTime(String text) {
    Matcher matcher = TIME.matcher(text);
    try {
      return matcher.matches()
          && LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2)).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static String canonical(JsonNode node) {
    StringBuilder out = new StringBuilder();
    if (node.isObject()) {
      SortedMap<String, String> members = new TreeMap<>();
      node.properties()
          .forEach(member -> members.put(member.getKey(), canonical(member.getValue())));
      return out.append(members).toString();
    }
    if (node.isArray()) {
      out.append('[');
      node.forEach(element -> out.append(canonical(element)).append(','));
      return out.append(']').toString();
    }
    if (node.isNumber() && !node.asText().equals("NaN")) {
      return new BigDecimal(node.asText()).stripTrailingZeros().toPlainString();
    }
    return node.toString();
  }
}
