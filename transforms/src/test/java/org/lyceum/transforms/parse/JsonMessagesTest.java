package org.lyceum.transforms.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.catalog.Contract;
import org.lyceum.catalog.Contracts;
import org.lyceum.catalog.Row;

class JsonMessagesTest {
  private static final Verdict NOT_GOOD = Verdict.failed(FailureCode.BAD_VALUE, "It is not good.");

  /** What the parser of objects was given, as canonical JSON. */
  private final List<String> objects = new ArrayList<>();

  private final JsonMessages messages =
      new JsonMessages(
          Contracts.of("events.kinesinlms_event"),
          Set.of("good"),
          (object, message, index, row) -> {
            ByteBuilder json = new ByteBuilder();
            CanonicalJson.append(object, 0, json);
            objects.add(new String(json.array(), 0, json.length(), StandardCharsets.UTF_8));
            return objects.get(objects.size() - 1).contains("bad") ? NOT_GOOD : Verdict.PARSED;
          });

  @Test
  void anObjectIsARecord() {
    assertEquals(List.of("-1 parsed"), tell(" \ufeff\n{\"good\": 1}\r\n "));
    assertEquals(List.of("{\"good\":1}"), objects);
  }

  @Test
  void elementsStandOrFailAlone() {
    assertEquals(
        List.of(
            "0 parsed",
            "1 bad_value {\"bad\" : [1, {}]}",
            "2 bad_value null",
            "3 bad_value -1.5e3",
            "4 bad_value \"a]\\\",[\"",
            "5 bad_value [{\"good\": 1}]",
            "6 bad_value true",
            "7 bad_value NaN",
            "8 parsed"),
        tell(
            "[{\"good\":1} , {\"bad\" : [1, {}]},null,-1.5e3 ,\"a]\\\",[\",[{\"good\": 1}],true,NaN"
                + "\n, {\"good\":2}\n] "));
    assertEquals(List.of("{\"good\":1}", "{\"bad\":[1,{}]}", "{\"good\":2}"), objects);
  }

  @Test
  void oneBadElementOfFiveHundredFailsAlone() {
    String array =
        IntStream.range(0, 500)
            .mapToObj(i -> i == 250 ? "{\"é\":\"bad\"}" : "{\"é\":" + i + "}")
            .collect(Collectors.joining(", ", "[", "]"));
    List<String> told = tell(array);
    assertEquals(500, told.size());
    assertEquals("250 bad_value {\"é\":\"bad\"}", told.remove(250));
    assertEquals(499, told.stream().filter(one -> one.endsWith(" parsed")).count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n ", "\ufeff", "[]", " [ \n] "})
  void nothingIsSkipped(String value) {
    assertEquals(List.of("-1 skipped"), tell(value));
  }

  @Test
  void nullIsSkipped() {
    assertEquals(List.of("-1 skipped"), tell((byte[]) null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"a\":1},{\"a\":2}|truncated_json",
        "[{\"a\":1},|truncated_json",
        "[|truncated_json",
        "[{\"a\":1},{\"a\":tr|truncated_json",
        "[{\"a\":1},]|invalid_json",
        "[{\"a\":1} {\"a\":2}]|invalid_json",
        "[{\"a\":1},{\"a\":None}]|invalid_json",
        "[{\"a\":1}] [{\"a\":1}]|invalid_json",
        "[] []|invalid_json",
        "[]]|invalid_json",
        "{\"a\":1}{\"a\":2}|invalid_json",
        "{\"a\":1|truncated_json",
        "{'a':1}|invalid_json",
        "hello {\"a\":1}|invalid_json",
        "hello|no_json",
        "null|no_json",
        "42|no_json",
        "\"{}\"|no_json",
      })
  void whatCannotBeUnpackedIsOneFailedRecord(String value, String code) {
    assertEquals(List.of("-1 " + code + " " + value), tell(value));
    assertEquals(List.of(), objects);
  }

  @Test
  void notUtf8FailsAsAWhole() {
    byte[] value = "[{\"a\":\"x\"}]".getBytes(StandardCharsets.UTF_8);
    value[7] = (byte) 0xFF;
    assertEquals(List.of("-1 not_utf8 " + latin1(value, 0, value.length)), tell(value));
  }

  @Test
  void nestingIsCountedFromTheMessage() {
    String deepest = "[{\"a\":" + "[".repeat(510) + "]".repeat(510) + "}]";
    assertEquals(List.of("0 parsed"), tell(deepest));
    String deeper = "[{\"a\":" + "[".repeat(511) + "]".repeat(511) + "}]";
    assertEquals(List.of("-1 nesting_too_deep " + deeper), tell(deeper));
  }

  @Test
  void anObjectThatAWorkerCannotHoldFails() {
    String crowded = "{\"a\":[" + "1,".repeat(JsonMessages.MOST_VALUES) + "1]}";
    assertEquals(List.of("-1 record_too_large " + crowded), tell(crowded));
  }

  @Test
  void messagesNameOnlyKnownFields() {
    List<String> said = new ArrayList<>();
    for (String value :
        List.of("{\"good\":{]}", "{\"ada@lyceum.example\":{]}", "[{\"good\":{]}]")) {
      messages.parse(MessageCases.message(value), new Recorder(new ArrayList<>(), said));
    }
    assertEquals(
        List.of(
            "The JSON breaks the grammar, in or after the field good.",
            "The JSON breaks the grammar, in or after a field without a column.",
            "The JSON breaks the grammar."),
        said);
  }

  /** An array of any objects gives the same as each of them alone, wherever it is cut open. */
  @Property(seed = "31", tries = 300)
  void anArrayIsItsElements(@ForAll long seed) {
    Random random = new Random(seed);
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(6) + 1; i > 0; i--) {
      values.add(JsonModels.value(random, 3));
    }
    objects.clear();
    List<String> told = tell(JsonModels.spell(values, random));
    assertEquals(values.size(), told.size());
    int next = 0;
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof Map) {
        assertEquals(values.get(i), JsonModels.read(objects.get(next++)));
      } else {
        String element = told.get(i).substring((i + " bad_value ").length());
        assertEquals(values.get(i), JsonModels.read(element));
      }
    }
    assertFalse(next < objects.size());
  }

  private List<String> tell(String value) {
    return tell(value.getBytes(StandardCharsets.UTF_8)).stream()
        .map(one -> new String(one.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private List<String> tell(byte[] value) {
    List<String> told = new ArrayList<>();
    messages.parse(MessageCases.message(value), new Recorder(told, new ArrayList<>()));
    return told;
  }

  private static String latin1(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  /** Writes down what it hears. */
  private record Recorder(List<String> told, List<String> said) implements MessageParser.Verdicts {
    @Override
    public void parsed(int index, Contract contract, Row row) {
      told.add(index + " parsed");
    }

    @Override
    public void skipped(int index) {
      told.add(index + " skipped");
    }

    @Override
    public void failed(int index, Verdict verdict, byte[] buffer, int offset, int length) {
      told.add(index + " " + verdict.code().code() + " " + latin1(buffer, offset, length));
      said.add(verdict.message());
    }
  }
}
