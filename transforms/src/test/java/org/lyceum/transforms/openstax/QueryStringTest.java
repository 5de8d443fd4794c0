package org.lyceum.transforms.openstax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryStringTest {
  @ParameterizedTest
  @CsvSource({
    "words=me&words=and&words=my%20shadow, '{words=[me, and, my shadow]}'",
    "'', {}",
    "flag, {flag=[]}",
    "flag=, {flag=[]}, ",
    "a=1;b=2&&c, '{a=[1], b=[2], c=[]}'",
    "a=1=2+3, {a=[1=2 3]}",
    "n=%ff&%C3%BC=%C3%BC, '{n=[%ff], ü=[ü]}'",
    "p=100%&q=%4, '{p=[100%], q=[%4]}'"
  })
  void isReadAsTheServerReadsIt(String query, String parameters) {
    assertEquals(parameters, QueryString.parse(query).toString());
  }

  @Test
  void aNameWithoutEqualsHasNoValue() {
    assertEquals(Map.of("flag", List.of()), QueryString.parse("flag"));
    assertEquals(Map.of("flag", List.of("")), QueryString.parse("flag="));
  }

  @Test
  void pairsStandInTheOrderOfTheMap() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    parameters.put("z", List.of());
    parameters.put("a b", List.of("1&2", "~ü"));
    assertEquals("z&a%20b=1%262&a%20b=~%C3%BC", QueryString.build(parameters));
  }

  @Property(tries = 100, seed = "51")
  void whatIsBuiltReadsAsItWas(@ForAll Map<@NotEmpty String, List<String>> parameters) {
    boolean isText = parameters.toString().codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    if (isText) {
      assertEquals(parameters, QueryString.parse(QueryString.build(parameters)));
    }
  }
}
