package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lyceum.transforms.parse.JsonModels;

class XapiStatementParserTest {
  private static final List<String> NAMES =
      List.of("actor", "verb", "object", "result", "context", "timestamp", "stored", "version");
  private final XapiStatementParser parser = new XapiStatementParser();

  static List<Fixtures.Case> fixtures() throws IOException {
    return Fixtures.in("xapi_statement");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void provesWhatItsNameSays(Fixtures.Case fixture) throws IOException {
    OpenStaxRequestParserTest.expects(
        fixture, parser, Outcomes.of(parser, fixture.bytes(), Map.of()));
  }

  @Property(seed = "31", tries = 2000)
  void anyStatementCanBeRebuilt(
      @ForAll("statements") Map<String, Object> statement, @ForAll long spelling) {
    Outcomes.Outcome outcome = parse(statement, spelling);
    Map<String, Object> rebuilt = OriginalEvent.statement(parser.contracts().get(0), outcome.row());
    rebuilt.remove("occurred_at");
    assertEquals(statement, rebuilt);
  }

  @Test
  void theIdIsTheKey() {
    assertEquals(key("s1", 1), key("s1", 2));
    assertNotEquals(key("s1", 1), key("s2", 1));
  }

  private Object key(String id, long spelling) {
    Map<String, Object> statement = Map.of("id", id, "version", "v" + spelling);
    return parse(statement, spelling).row().get(parser.contracts().get(0).ordinal("event_id"));
  }

  private Outcomes.Outcome parse(Map<String, Object> statement, long spelling) {
    String json = JsonModels.spell(statement, new Random(spelling));
    return Outcomes.of(parser, json.getBytes(StandardCharsets.UTF_8), Map.of()).get(0);
  }

  @Provide
  Arbitrary<Map<String, Object>> statements() {
    return Arbitraries.randomValue(
        random -> {
          Map<String, Object> statement = new HashMap<>();
          for (int i = random.nextInt(6); i > 0; i--) {
            boolean isNamed = random.nextInt(4) > 0;
            statement.put(
                isNamed ? NAMES.get(random.nextInt(NAMES.size())) : JsonModels.text(random),
                JsonModels.value(random, 3));
          }
          statement.put("id", "57a7");
          return statement;
        });
  }
}
